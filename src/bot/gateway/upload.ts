import { setImmediate } from 'node:timers/promises';
import { DefaultRestOptions, type RESTOptions } from 'discord.js';

/**
 * A request as discord.js makes it, except that a multipart form is assembled first, yielding to the event
 * loop after each part. Otherwise, files of some megabytes are copied in small pieces in a single turn,
 * garbage collection included, which blocks the event loop for up to 60 ms.
 */
export const makeRequest: RESTOptions['makeRequest'] = async (url, init) => {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const form = new Response(init.body);
  const parts: Uint8Array[] = [];
  for await (const part of form.body as ReadableStream<Uint8Array>) {
    parts.push(part);
    await setImmediate();
  }
  const headers = {
    ...(init.headers as Record<string, string>),
    'content-type': form.headers.get('content-type')!,
  };
  return DefaultRestOptions.makeRequest(url, { ...init, headers, body: Buffer.concat(parts) });
};
