import { createHmac, randomBytes } from 'node:crypto';
import type { APIAttachment } from 'discord-api-types/v10';
import { contentTypeOf, storedName } from './file-types.js';
import { snowflake } from './snowflake.js';

/** A file stored on the CDN. */
export interface StoredFile {
  readonly id: string;
  readonly channelId: string;
  readonly name: string;
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array;
}

/** The response to a download. */
export type Download =
  { readonly status: 200; readonly file: StoredFile } | { readonly status: 404; readonly text: string };

const gone: Download = { status: 404, text: 'This content is no longer available.' };

/**
 * The content delivery network: stores every attachment byte for byte, and serves it under signed URLs that
 * expire.
 */
export class Cdn {
  /** Validity of a URL; rounded down to whole seconds; if negative, URLs never expire. */
  lifetimeMs: number;
  /** `http://host:port`, set once the server listens. */
  origin = '';
  #key = randomBytes(16);
  readonly #files = new Map<string, StoredFile>();

  constructor(lifetimeMs: number) {
    this.lifetimeMs = lifetimeMs;
  }

  store(channelId: string, name: string, bytes: Uint8Array, contentType = contentTypeOf(name)): StoredFile {
    const file = { id: snowflake(), channelId, name: storedName(name), contentType, bytes };
    this.#files.set(file.id, file);
    return file;
  }

  get(id: string): StoredFile | undefined {
    return this.#files.get(id);
  }

  /** @throws Error when the file was deleted */
  bytes(id: string): Uint8Array {
    const file = this.#files.get(id);
    if (file === undefined) throw new Error(`The CDN has no attachment ${id}`);
    return file.bytes;
  }

  /** Deletes a file permanently, as Discord does with uploads that nobody can see any more. */
  remove(id: string): void {
    this.#files.delete(id);
  }

  /** Deletes all files. */
  clear(): void {
    this.#files.clear();
  }

  /** Expires all existing URLs immediately; new ones are valid. */
  expireUrls(): void {
    this.#key = randomBytes(16);
  }

  /** A URL that is valid for {@link lifetimeMs} from now on. */
  url({ id, channelId, name }: Pick<StoredFile, 'id' | 'channelId' | 'name'>): string {
    const now = Date.now();
    const expires = Math.floor((now + this.lifetimeMs) / 1000).toString(16);
    const issued = Math.floor(now / 1000).toString(16);
    const path = `/attachments/${channelId}/${id}/${name}`;
    return `${this.origin}${path}?ex=${expires}&is=${issued}&hm=${this.#sign(path, expires, issued)}`;
  }

  /** The attachment object that describes a file. */
  describe(file: StoredFile): APIAttachment {
    const url = this.url(file);
    return {
      id: file.id,
      filename: file.name,
      size: file.bytes.length,
      url,
      proxy_url: url,
      ...(file.contentType === undefined ? {} : { content_type: file.contentType }),
    };
  }

  /** Handles a download. */
  open(url: URL): Download {
    const { ex, is, hm } = Object.fromEntries(url.searchParams);
    const path = decodeURIComponent(url.pathname);
    const file = this.#files.get(path.split('/')[3] ?? '');
    const isSigned = ex !== undefined && is !== undefined && hm === this.#sign(path, ex, is);
    if (!isSigned || Date.now() >= Number.parseInt(ex, 16) * 1000 || file?.name !== path.split('/')[4])
      return gone;
    return { status: 200, file: file! };
  }

  #sign(path: string, expires: string, issued: string): string {
    return createHmac('sha256', this.#key).update(`${path}?${expires}&${issued}`).digest('hex');
  }
}
