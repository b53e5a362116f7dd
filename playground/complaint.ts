import type { LoggedRequest } from '../local-discord/rest/log.js';

/** A request of the bot that the local Discord rejected, as one line; undefined if it was accepted. */
export function complaintAbout({ method, path, route, status, answer }: LoggedRequest): string | undefined {
  if (status === undefined || status < 400) return undefined;
  const place = (route ?? `${method} ${path.split('?')[0]!}`).replace(/\{(\w+)\}/g, '…');
  const { message = '', code, errors } = (answer ?? {}) as Refusal;
  const details = problems(errors ?? {}).join(' ');
  const reason = [message, details].filter((text) => text !== '').join(' ') || 'No reason was given.';
  return `Discord refused ${place} with ${status}${code === undefined ? '' : ` (${code})`}: ${reason}`;
}

interface Refusal {
  readonly message?: string;
  readonly code?: number;
  readonly errors?: object;
}

/** Discord nests each problem under the path of its field, in `_errors`. */
function problems(errors: object, field = ''): readonly string[] {
  return Object.entries(errors).flatMap(([key, value]: [string, unknown]) => {
    if (key === '_errors') {
      return (value as readonly { readonly message: string }[]).map(({ message }) => `${field}: ${message}`);
    }
    if (typeof value !== 'object' || value === null) return [];
    return problems(value, field === '' ? key : `${field}.${key}`);
  });
}
