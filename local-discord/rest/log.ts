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
  /** Absent when the connection was cut instead of answered. */
  readonly status?: number;
  /** The JSON that was answered; absent for files and empty answers. */
  readonly answer?: unknown;
  /** The planned fault that it suffered. */
  readonly fault?: Fault;
  readonly tookMs: number;
}
