import type { APIUser, Locale } from 'discord-api-types/v10';

/** A user's permissions and settings. */
export interface Profile {
  readonly user: APIUser;
  /** Permission bits in guild channels. */
  readonly permissions: bigint;
  /** The language of their client. */
  readonly locale: Locale;
  /** Whether they installed the application for themselves. */
  readonly hasInstalledApp: boolean;
}
