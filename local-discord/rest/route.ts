import type { StoredFile } from '../cdn.js';
import type { World } from '../world.js';
import type { ReceivedFile } from './body.js';

/** Names in braces in a route's path. */
type ParamsOf<Name extends string> = Name extends `${string}{${infer Param}}${infer Rest}`
  ? { readonly [Key in Param]: string } & ParamsOf<Rest>
  : unknown;

export interface Call<Params = Readonly<Record<string, string>>> {
  readonly url: URL;
  readonly params: Params;
  /** The JSON body, or `payload_json`. */
  readonly json: unknown;
  readonly files: readonly ReceivedFile[];
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** The response: JSON, text or a file; empty if all are absent. */
  readonly json?: unknown;
  readonly text?: string;
  readonly file?: StoredFile;
}

export interface Route<Name extends string = string> {
  /** Method and path as spelt in Discord's OpenAPI document. */
  readonly name: Name;
  readonly handle: (world: World, call: Call) => Answer;
}

/** @param name e.g. `GET /channels/{channel_id}`; the braces name the handler's params */
export function route<Name extends string>(
  name: Name,
  handle: (world: World, call: Call<ParamsOf<Name>>) => Answer,
): Route<Name> {
  // The params of a call are parsed from its path by the same name.
  return { name, handle: (world, call) => handle(world, call as Call<ParamsOf<Name>>) };
}

export const ok = (json: unknown): Answer => ({ status: 200, json });
export const created = (json: unknown): Answer => ({ status: 201, json });
export const noContent: Answer = { status: 204 };

/**
 * Finds the route of a path, and the values of its params. A literal segment takes precedence over a param.
 */
export function findRoute<R extends Route>(
  routes: readonly R[],
  method: string,
  path: string,
): { readonly route: R; readonly params: Readonly<Record<string, string>> } | undefined {
  const segments = path.split('/').map((segment) => decodeURIComponent(segment));
  const matches = routes.flatMap((candidate) => {
    const params = match(candidate.name, method, segments);
    return params === undefined ? [] : [{ route: candidate, params }];
  });
  return matches.sort((a, b) => Object.keys(a.params).length - Object.keys(b.params).length)[0];
}

function match(
  name: string,
  method: string,
  segments: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const [routeMethod, path = ''] = name.split(' ');
  const pattern = path.split('/');
  if (routeMethod !== method || pattern.length !== segments.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index]!;
    if (part.startsWith('{')) params[part.slice(1, -1)] = segment;
    else if (part !== segment) return undefined;
  }
  return params;
}
