/** How many calls a bucket allows in a window. */
export interface RateLimit {
  readonly limit: number;
  readonly windowMs: number;
}

/** The numbers that rule the local Discord; they may be changed while it runs. */
export interface Settings {
  /** How long a bot may take to acknowledge an interaction. */
  acknowledgeWithinMs: number;
  /** How long an interaction's token can be used for edits and follow-ups. */
  tokenLifetimeMs: number;
  /** Bytes that one uploaded file may have, for users and for the bot. */
  attachmentSizeLimit: number;
  /** Each route has its own bucket for each channel, guild or interaction. */
  routeRateLimit: RateLimit;
  /** All calls that carry the bot's token; interactions are exempt. */
  globalRateLimit: RateLimit;
  /** Follow-ups of an interaction that only the user's own installation allows. */
  userInstallFollowUps: number;
}

/** Discord's own numbers; bucket sizes are not published, five calls in five seconds are typical. */
export const discordSettings: Settings = {
  acknowledgeWithinMs: 3000,
  tokenLifetimeMs: 15 * 60 * 1000,
  attachmentSizeLimit: 10 * 1024 * 1024,
  routeRateLimit: { limit: 5, windowMs: 5000 },
  globalRateLimit: { limit: 50, windowMs: 1000 },
  userInstallFollowUps: 5,
};
