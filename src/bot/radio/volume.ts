/** The volume of a server that set none, in percent. */
export const usualVolume = 100;
export const leastVolume = 10;
/** No more: what is too loud is the most frequent complaint about music in voice channels. */
export const mostVolume = 200;

/** Loudness at the usual volume, in LUFS: quieter than music elsewhere, since people talk over it. */
const usualLufs = -23;

/** The loudness of a volume in percent, which counts amplitudes. */
export function lufsOf(volume: number): number {
  return usualLufs + 20 * Math.log10(volume / usualVolume);
}
