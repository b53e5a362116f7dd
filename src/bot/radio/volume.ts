/** Default volume, in percent. */
export const usualVolume = 100;
export const leastVolume = 10;
/** Capped, because excessive volume is the most frequent complaint about music in voice channels. */
export const mostVolume = 200;

/** Loudness at the default volume, in LUFS: quieter than music elsewhere, because people talk over it. */
const usualLufs = -23;

/** The loudness in LUFS for a volume in percent of the amplitude. */
export function lufsOf(volume: number): number {
  return usualLufs + 20 * Math.log10(volume / usualVolume);
}
