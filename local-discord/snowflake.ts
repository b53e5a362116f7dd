/** Discord's ids count milliseconds from the first moment of 2015. */
const epochMs = 1_420_070_400_000n;
let newest = 0n;

/** A new id: 42 bits of milliseconds above 22 bits that keep ids unique and in order. */
export function snowflake(): string {
  const now = (BigInt(Date.now()) - epochMs) << 22n;
  newest = now > newest ? now : newest + 1n;
  return String(newest);
}

/** When an id was made, as an ISO 8601 timestamp. */
export function timestampOf(id: string): string {
  return new Date(Number((BigInt(id) >> 22n) + epochMs)).toISOString();
}

/** The shard that hears of a guild. */
export function shardOf(guildId: string, shards: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(shards));
}
