import { isPianoAlone, endSeconds, type Piece } from '../../music/piece.js';
import { integratedLoudness } from './loudness.js';
import { mix } from './mix.js';
import { partLoudnesses } from './part-loudness.js';

/** Volume of a part for which the file states none. */
const usualVolume = 100;

/**
 * Predicts the integrated loudness of a piece in LUFS from its notes, within 1 dB for pieces of a minute. −Infinity for
 * silence.
 */
export function foretoldLoudness(piece: Piece): number {
  const parts = partLoudnesses(piece, endSeconds(piece));
  const volumes = isPianoAlone(piece) ? [usualVolume] : mix(piece).map(({ volume }) => volume);
  const steps = parts[0]?.energies.length ?? 0;
  const energies = new Float64Array(steps);
  for (const [i, part] of parts.entries()) {
    // MIDI volume is 40 dB per decade.
    const share = (volumes[i]! / 127) ** 4;
    for (let step = 0; step < steps; step++) energies[step]! += share * part.energies[step]!;
  }
  return integratedLoudness(energies);
}
