import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { monitor } from '../../i18n/en/operators.js';
import type { Metrics, Surroundings } from './metrics.js';

export interface MonitorOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly metrics: Metrics;
  readonly surroundings: () => Surroundings;
  /** Why requests are refused at the moment, in a few words; undefined while they are accepted. */
  readonly unready: () => string | undefined;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Health checks: `/healthz` answers while the process works, `/readyz` while it accepts requests, `/metrics`
 * has metrics for Prometheus.
 * @throws Error when it cannot listen there.
 */
export async function startMonitor(options: MonitorOptions): Promise<Server> {
  const pages: Readonly<Record<string, () => Answer | Promise<Answer>>> = {
    '/healthz': () => ({ status: 200, text: `${monitor.ok}\n` }),
    '/readyz'() {
      const reason = options.unready();
      return reason === undefined
        ? { status: 200, text: `${monitor.ok}\n` }
        : { status: 503, text: `${reason}\n` };
    },
    '/metrics': async () => ({ status: 200, text: await options.metrics.format(options.surroundings()) }),
  };
  async function answer({ method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = new Map(Object.entries(pages)).get(url?.split('?')[0] ?? '');
    const { status, text } =
      method !== 'GET' && method !== 'HEAD'
        ? { status: 405, text: `${monitor.onlyGet}\n` }
        : ((await page?.()) ?? { status: 404, text: `${monitor.noPage}\n` });
    response.writeHead(status, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
      'content-length': Buffer.byteLength(text),
      'cache-control': 'no-store',
      connection: 'close',
    });
    response.end(method === 'HEAD' ? undefined : text);
  }
  const server = createServer({ requestTimeout: 5000, headersTimeout: 5000 }, (request, response) => {
    void answer(request, response);
  });
  server.maxConnections = 20;
  server.listen(options.port, options.host).unref();
  await once(server, 'listening');
  return server;
}
