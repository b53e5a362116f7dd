/** One HTTP call, to the REST API or to the CDN. */
export interface LoggedRequest {
  /** Arrival, milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  /** Method and path as Discord's OpenAPI document spells them; absent when the local Discord has no such route. */
  readonly route?: string;
  /** The JSON body, or `payload_json` of a multipart one. */
  readonly body: unknown;
  readonly files: readonly { readonly name: string; readonly contentType: string; readonly size: number }[];
  /** Absent if the connection was closed without a response. */
  readonly status?: number;
  /** The JSON of the response; absent for files and empty responses. */
  readonly answer?: unknown;
  /** The planned fault that was applied. */
  readonly fault?: Fault;
  readonly tookMs: number;
}

/** The fault of one call. */
export interface Fault {
  /** The call is only processed, or answered, after this delay. */
  readonly delayMs?: number;
  /** The connection is closed without a response, before or after the call is processed. */
  readonly hangUp?: 'before' | 'after';
  /** The call is not processed but answered with this status. */
  readonly status?: number;
  /** Body of that response: text is sent unchanged, anything else as JSON. */
  readonly body?: unknown;
  /** Added to the response's headers, replacing existing ones. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The response's body is sent at this speed. */
  readonly bytesPerSecond?: number;
  /** The response's body is followed by endless zeros. */
  readonly endless?: boolean;
}
