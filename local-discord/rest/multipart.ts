/** One part of a `multipart/form-data` body. */
export interface Part {
  readonly name: string;
  /** Set when the part is a file. */
  readonly fileName?: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

const headersEnd = '\r\n\r\n';

/**
 * Parses a `multipart/form-data` body. Source: RFC 7578, as written by fetch clients (quoted names, quotes in
 * them as `%22`).
 * @param contentType the request's header, which contains the boundary
 */
export function parseMultipart(body: Buffer, contentType: string): readonly Part[] {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  if (boundary === undefined) return [];
  const delimiter = `--${boundary}`;
  const parts: Part[] = [];
  let start = body.indexOf(delimiter);
  while (start >= 0) {
    const end = body.indexOf(`\r\n${delimiter}`, start);
    const from = start + delimiter.length + 2;
    const part = end < 0 ? undefined : parsePart(body.subarray(from, end));
    if (part) parts.push(part);
    start = end < 0 ? -1 : end + 2;
  }
  return parts;
}

function parsePart(part: Buffer): Part | undefined {
  const end = part.indexOf(headersEnd);
  const headers = part.subarray(0, end).toString();
  const name = /\bname="([^"]*)"/i.exec(headers)?.[1];
  const fileName = /\bfilename="([^"]*)"/i.exec(headers)?.[1];
  if (end < 0 || name === undefined) return undefined;
  return {
    name,
    ...(fileName === undefined ? {} : { fileName: fileName.replaceAll('%22', '"') }),
    contentType: /^content-type:\s*(.+)$/im.exec(headers)?.[1]?.trim() ?? 'text/plain',
    bytes: part.subarray(end + headersEnd.length),
  };
}
