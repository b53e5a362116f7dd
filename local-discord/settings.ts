/** Number of calls that a bucket allows per window. */
export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** The limits of the local Discord; they can be changed while it runs. */
export interface Settings {
  /** Deadline for acknowledging an interaction. */
  acknowledgeWithinMs: number;
  /** Validity of an interaction's token for edits and follow-ups. */
  tokenLifetimeMs: number;
  /** Maximum size of an uploaded file in bytes, for users and for the bot. */
  attachmentSizeLimit: number;
  /** Each route has its own bucket for each channel, guild or interaction. */
  routeRateLimit: RateLimit;
  /** For all calls with the bot's token; interactions are exempt. */
  globalRateLimit: RateLimit;
  /** Maximum number of follow-ups of an interaction that is only allowed by a user installation. */
  userInstallFollowUps: number;
}

/** Discord's own limits; bucket sizes are not published, five calls in five seconds are typical. */
export const discordSettings: Settings = {
  acknowledgeWithinMs: 3000,
  tokenLifetimeMs: 15 * 60 * 1000,
  attachmentSizeLimit: 10 * 1024 * 1024,
  routeRateLimit: { limit: 5, windowMs: 5000 },
  globalRateLimit: { limit: 50, windowMs: 1000 },
  userInstallFollowUps: 5,
};
