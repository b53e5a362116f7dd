import type { IncomingMessage } from 'node:http';
import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { ApiError } from '../api-error.js';
import { parseMultipart } from './multipart.js';

/** A file of a multipart body. */
export interface ReceivedFile {
  /** The n of `files[n]`. */
  readonly index: number;
  readonly name: string;
  /** The content type sent by the client. */
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface Body {
  /** The JSON body, or the JSON in `payload_json`; undefined when there is none. */
  readonly json: unknown;
  readonly files: readonly ReceivedFile[];
}

/**
 * Reads a complete request.
 * @throws ApiError 50109 for invalid JSON
 */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const contentType = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { json: undefined, files: [] };
  if (!contentType.startsWith('multipart/form-data')) return { json: parse(bytes.toString()), files: [] };

  const parts = parseMultipart(bytes, contentType);
  const files = parts.flatMap(({ name, fileName, contentType: type, bytes: content }) => {
    const index = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (index === undefined || fileName === undefined) return [];
    // Copied, so that a stored file does not keep the whole request in memory.
    return [{ index: Number(index), name: fileName, contentType: type, bytes: new Uint8Array(content) }];
  });
  const payload = parts.find(({ name }) => name === 'payload_json');
  return { json: payload && parse(payload.bytes.toString()), files };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ApiError(
      400,
      RESTJSONErrorCodes.RequestBodyContainsInvalidJSON,
      'The request body contains invalid JSON.',
    );
  }
}
