import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, notFound, unauthorised } from '../api-error.js';
import type { Faults } from '../faults.js';
import type { World } from '../world.js';
import { readBody, type Body } from './body.js';
import type { Fault, LoggedRequest } from './log.js';
import { RateLimits, type Verdict } from './rate-limits.js';
import { findRoute, type Answer } from './route.js';
import { apiRoutes, cdnRoutes } from './routes.js';

const apiPath = /^\/api\/v10(\/.*)$/;
/** Calls under an interaction's own token carry no other credentials. */
const isOpen = (route: Target['route']): boolean => / \/(interactions|webhooks)\//.test(route.name);

/** The target of a path. */
interface Target {
  readonly route: (typeof apiRoutes)[number] | (typeof cdnRoutes)[number];
  readonly params: Readonly<Record<string, string>>;
  readonly isApi: boolean;
}

/** The HTTP side: finds the route of a call, applies its faults, responds, and writes the log. */
export class HttpServer {
  readonly #world: World;
  readonly #faults: Faults;
  readonly #limits: RateLimits;
  readonly #log: (request: LoggedRequest) => void;

  constructor(world: World, faults: Faults, log: (request: LoggedRequest) => void) {
    this.#world = world;
    this.#faults = faults;
    this.#limits = new RateLimits(world.settings);
    this.#log = log;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const at = Date.now();
    const started = performance.now();
    const { method = 'GET', url: path = '/' } = request;
    const url = new URL(path, `http://${this.#world.host}`);
    const target = findTarget(method, url.pathname);
    const fault = target && this.#faults.take(target.route.name);
    const body = await readBody(request).catch((error: unknown) => {
      if (error instanceof ApiError) return error;
      return undefined; // the client disconnected during the request
    });
    if (body === undefined) return;
    if (fault?.delayMs !== undefined) await sleep(fault.delayMs);

    const answer = fault?.hangUp === 'before' ? undefined : this.#answer(target, request, url, body, fault);
    const { json, files } = body instanceof ApiError ? { json: undefined, files: [] } : body;
    this.#log({
      at,
      method,
      path,
      ...(target ? { route: target.route.name } : {}),
      body: json,
      files: files.map(({ name, contentType, bytes }) => ({ name, contentType, size: bytes.length })),
      ...(answer && fault?.hangUp === undefined ? { status: answer.status } : {}),
      ...(answer?.json === undefined ? {} : { answer: answer.json }),
      ...(fault ? { fault } : {}),
      tookMs: performance.now() - started,
    });
    if (answer === undefined || fault?.hangUp !== undefined) request.socket.destroy();
    else if (!response.destroyed) await write(response, answer, fault ?? {});
  }

  #answer(
    target: Target | undefined,
    request: IncomingMessage,
    url: URL,
    body: Body | ApiError,
    fault: Fault | undefined,
  ): Answer {
    if (fault?.status !== undefined) return planned(fault.status, fault.body);
    const verdict: Verdict = this.#checkRate(target, request);
    if (verdict.refusal)
      return { ...verdict.refusal, headers: { ...verdict.headers, ...verdict.refusal.headers } };
    const answer = this.#carryOut(target, request, url, body);
    return { ...answer, headers: { ...verdict.headers, ...answer.headers } };
  }

  #checkRate(target: Target | undefined, request: IncomingMessage): Verdict {
    const isLimited = target?.isApi === true && !target.route.name.includes('/interactions/');
    if (!isLimited) return { headers: {} };
    const isGlobal = request.headers.authorization !== undefined && !isOpen(target.route);
    return this.#limits.pass(target.route.name, target.params, isGlobal);
  }

  #carryOut(target: Target | undefined, request: IncomingMessage, url: URL, body: Body | ApiError): Answer {
    try {
      if (target === undefined) throw notFound();
      const { route, params, isApi } = target;
      const isKnown = request.headers.authorization === `Bot ${this.#world.token}`;
      if (isApi && !isOpen(route) && !isKnown) throw unauthorised();
      if (body instanceof ApiError) throw body;
      return route.handle(this.#world, { url, params, ...body });
    } catch (error) {
      if (error instanceof ApiError) return { status: error.status, json: error.toJSON() };
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { status: 500, json: { message: `The local Discord failed: ${reason}`, code: 0 } };
    }
  }
}

function findTarget(method: string, pathname: string): Target | undefined {
  const path = apiPath.exec(pathname)?.[1];
  const found =
    path === undefined ? findRoute(cdnRoutes, method, pathname) : findRoute(apiRoutes, method, path);
  return found && { ...found, isApi: path !== undefined };
}

function planned(status: number, body: unknown): Answer {
  if (body === undefined) return { status };
  return typeof body === 'string' ? { status, text: body } : { status, json: body };
}

async function write(response: ServerResponse, answer: Answer, fault: Fault): Promise<void> {
  const [contentType, bytes] = encode(answer);
  const length = fault.endless || answer.status === 204 ? {} : { 'content-length': String(bytes.length) };
  // With a wrong content length, client and server would wait for each other on a kept-alive connection.
  const close = fault.headers === undefined ? {} : { connection: 'close' };
  response.writeHead(answer.status, {
    ...contentType,
    ...length,
    ...close,
    ...answer.headers,
    ...fault.headers,
  });
  if (fault.bytesPerSecond === undefined) response.write(bytes);
  else await trickle(response, bytes, fault.bytesPerSecond);
  if (fault.endless) await pourZeros(response);
  response.end();
}

function encode({ json, text, file }: Answer): [contentType: Record<string, string>, bytes: Uint8Array] {
  if (json !== undefined) return [{ 'content-type': 'application/json' }, Buffer.from(JSON.stringify(json))];
  if (text !== undefined) return [{ 'content-type': 'text/plain' }, Buffer.from(text)];
  return [{}, file?.bytes ?? new Uint8Array()];
}

/** Sends twenty chunks per second, until everything is sent or the client disconnects. */
async function trickle(response: ServerResponse, bytes: Uint8Array, bytesPerSecond: number): Promise<void> {
  const step = Math.max(1, Math.round(bytesPerSecond / 20));
  for (let sent = 0; sent < bytes.length && !response.destroyed; sent += step) {
    response.write(bytes.subarray(sent, sent + step));
    await sleep((1000 * step) / bytesPerSecond);
  }
}

async function pourZeros(response: ServerResponse): Promise<void> {
  const zeros = new Uint8Array(64 * 1024);
  while (!response.destroyed) {
    response.write(zeros);
    await sleep(1);
  }
}
