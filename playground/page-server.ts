import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseMultipart, type Part } from '../local-discord/rest/multipart.js';
import { ClientRefusal } from '../local-discord/refusal.js';
import type { Upload } from '../local-discord/slash-options.js';
import { readRange } from './byte-range.js';
import { Acts } from './acts.js';
import type { Playground } from './playground.js';
import { readAct } from './read-act.js';
import { Site } from './site.js';

/** Ten files of Discord's maximum size, with some margin. */
const maxBodyBytes = 128 * 2 ** 20;

/** Two seconds of audio. */
const maxSoundBytes = 2 * 48_000 * 4;

/** Serves the page on this machine only, sends it events, and performs its actions. */
export class PageServer {
  readonly #playground: Playground;
  readonly #acts: Acts;
  readonly #site = new Site();
  readonly #server: Server;

  private constructor(playground: Playground) {
    this.#playground = playground;
    this.#acts = new Acts(playground);
    this.#server = createServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        console.error(error);
        end(response, 500, 'Something went wrong; the terminal says what.');
      });
    });
  }

  /** @param port 0 for any free port */
  static async start(playground: Playground, port = 0): Promise<PageServer> {
    const server = new PageServer(playground);
    await new Promise<void>((resolve, reject) => {
      server.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return server;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get address(): string {
    return `http://127.0.0.1:${this.port}/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#isFromHere(request)) {
      end(response, 403, 'The playground is for this machine only.');
      return;
    }
    const url = new URL(request.url ?? '/', this.address);
    const call = `${request.method ?? 'GET'} ${url.pathname}`;
    if (call === 'GET /events') this.#tell(url, response);
    else if (call === 'POST /acts') await this.#act(url, request, response);
    else if (call === 'POST /sound') await this.#sendSound(url, response);
    else if (call.startsWith('GET /files/')) this.#sendFile(url, request, response);
    else if (call.startsWith('GET /')) this.#sendAsset(url, response);
    else end(response, 405, 'There is no such call.');
  }

  /**
   * Another site's page can call a loopback address, under its own name (DNS rebinding) or with a form:
   * `Host` and `Origin` reveal that.
   */
  #isFromHere({ headers: { host, origin } }: IncomingMessage): boolean {
    const hosts = [`127.0.0.1:${this.port}`, `localhost:${this.port}`];
    return (
      host !== undefined && hosts.includes(host) && (origin === undefined || origin === `http://${host}`)
    );
  }

  #sendAsset(url: URL, response: ServerResponse): void {
    const asset = this.#site.find(url.pathname);
    if (asset === undefined) {
      end(response, 404, 'There is no such page.');
      return;
    }
    response.writeHead(200, {
      'content-type': asset.contentType,
      'content-security-policy': this.#site.contentSecurityPolicy,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
    response.end(asset.body);
  }

  #sendFile(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const file = this.#playground.file(url.pathname.split('/')[2] ?? '');
    if (file === undefined) {
      end(response, 404, 'This file is no longer there.');
      return;
    }
    const { bytes, contentType } = file;
    const range = readRange(request.headers.range, bytes.length);
    if (range === 'unsatisfiable') {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    const { from, to } = range ?? { from: 0, to: bytes.length - 1 };
    response.writeHead(range === undefined ? 200 : 206, {
      'content-type': contentType ?? 'application/octet-stream',
      'content-length': to - from + 1,
      'accept-ranges': 'bytes',
      ...(range === undefined ? {} : { 'content-range': `bytes ${from}-${to}/${bytes.length}` }),
      // Prevents an attached file from acting as a page of this site.
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    response.end(bytes.subarray(from, to + 1));
  }

  /**
   * Streams 16-bit samples while a person listens in a voice channel, for as long as the response is open.
   */
  async #sendSound(url: URL, response: ServerResponse): Promise<void> {
    const member = this.#playground.member(url.searchParams.get('user'));
    const place = url.searchParams.get('place') ?? '';
    try {
      const leave = await this.#playground.voice.join(member, place, {
        hear: (pcm) => {
          // A page that cannot keep up skips audio.
          if (response.writableLength < maxSoundBytes) response.write(new Uint8Array(pcm.buffer));
        },
        end: () => response.end(),
      });
      response.on('close', leave);
      if (response.destroyed) leave();
      else response.writeHead(200, { 'content-type': 'application/octet-stream' }).flushHeaders();
    } catch (error) {
      if (!(error instanceof ClientRefusal)) throw error;
      end(response, 409, `${error.message}.`);
    }
  }

  /** Server-sent events: one JSON value each. */
  #tell(url: URL, response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    const member = this.#playground.member(url.searchParams.get('user'));
    const stop = this.#playground.follow(member, (news) => {
      response.write(`data: ${JSON.stringify(news)}\n\n`);
    });
    response.on('close', stop);
  }

  async #act(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const parts = parseMultipart(body ?? Buffer.alloc(0), request.headers['content-type'] ?? '');
    const act = readAct(String(parts.find(({ name }) => name === 'act')?.bytes ?? ''));
    if (act === undefined) {
      end(response, 400, 'This is nothing that one can do here.');
      return;
    }
    const member = this.#playground.member(url.searchParams.get('user'));
    const outcome = await this.#acts.perform(member, act, uploadsIn(parts));
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(outcome));
  }
}

/** @returns undefined if it is too large */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function uploadsIn(parts: readonly Part[]): ReadonlyMap<string, Upload> {
  return new Map(
    parts.flatMap(({ name, fileName, bytes }) =>
      fileName === undefined ? [] : [[name, { name: fileName, bytes: new Uint8Array(bytes) }] as const],
    ),
  );
}

function end(response: ServerResponse, status: number, text: string): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}
