import type { LocalDiscord } from './local-discord.js';

export interface RawAnswer {
  readonly status: number;
  /** Discord's JSON error code. */
  readonly code: number | undefined;
  /** Dotted paths of the form errors. */
  readonly wrong: readonly string[];
  readonly headers: Headers;
  readonly body: unknown;
}

export interface RawFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType?: string;
}

/**
 * One REST call with the bot's token, bypassing discord.js, for bodies that it would not send.
 * @param route method and path below `/api/v10`
 */
export async function rawCall(
  discord: LocalDiscord,
  route: string,
  json?: unknown,
  files: readonly RawFile[] = [],
): Promise<RawAnswer> {
  const [method = 'GET', path = ''] = route.split(' ');
  const form = new FormData();
  form.append('payload_json', JSON.stringify(json));
  for (const [index, { name, bytes, contentType = '' }] of files.entries()) {
    form.append(`files[${index}]`, new Blob([bytes], { type: contentType }), name);
  }
  const response = await fetch(`${discord.apiUrl}/v10${path}`, {
    method,
    headers: {
      authorization: `Bot ${discord.token}`,
      ...(files.length === 0 ? { 'content-type': 'application/json' } : {}),
    },
    ...(json === undefined ? {} : { body: files.length === 0 ? JSON.stringify(json) : form }),
  });
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  const { code, errors } = (body ?? {}) as { code?: number; errors?: object };
  return { status: response.status, code, wrong: paths(errors ?? {}), headers: response.headers, body };
}

function paths(tree: object, path: readonly string[] = []): readonly string[] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) => {
    if (key === '_errors') return [path.join('.')];
    return typeof value === 'object' && value !== null ? paths(value, [...path, key]) : [];
  });
}
