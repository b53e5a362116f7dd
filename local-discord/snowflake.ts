/** Discord's IDs count milliseconds since the start of 2015. */
const epochMs = 1_420_070_400_000n;
let newest = 0n;

/** A new ID: 42 bits of milliseconds above 22 bits that keep IDs unique and ordered. */
export function snowflake(): string {
  const now = (BigInt(Date.now()) - epochMs) << 22n;
  newest = now > newest ? now : newest + 1n;
  return String(newest);
}

/** The creation time of an ID, as an ISO 8601 timestamp. */
export function timestampOf(id: string): string {
  return new Date(Number((BigInt(id) >> 22n) + epochMs)).toISOString();
}

/** The shard that receives a guild's events. */
export function shardOf(guildId: string, shards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shards));
}
