import type { Fault } from '../faults.js';
import type { RouteName } from './routes.js';

/** One HTTP call, to the REST API or to the CDN. */
export interface LoggedRequest {
  /** Arrival, milliseconds since 1970. */
  readonly at: number;
  readonly method: string;
  /** Path and query as sent. */
  readonly path: string;
  /** Absent when the local Discord has no such route. */
  readonly route?: RouteName;
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
