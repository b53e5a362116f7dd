import { mean } from '../music/numbers.js';
import { tonics } from '../music/theory/key.js';
import { tonesOf, type WrittenChord } from '../music/theory/chord.js';

/** Maximum number of chord tones struck at once. */
const mostTones = 4;

/** The characteristic tones of a chord: without the fifth, then without the root, if there are too many. */
export function tellingTones(chord: WrittenChord): readonly number[] {
  const tones = [...tonesOf(chord)];
  for (const droppable of [7, 0]) {
    if (tones.length <= mostTones) break;
    const at = tones.indexOf(droppable);
    if (at >= 0) tones.splice(at, 1);
  }
  const root = tonics.indexOf(chord.root);
  return tones.slice(0, mostTones).map((tone) => (root + tone) % 12);
}

/**
 * Pitches for a chord in close position, ascending, as near as possible to the previous ones.
 * @param range lowest and highest pitch
 * @param before the previous pitches; if empty, pitches near the middle of the range
 */
export function voicing(
  chord: WrittenChord,
  [low, high]: readonly [number, number],
  before: readonly number[] = [],
): readonly number[] {
  const tones = tellingTones(chord);
  const middle = before.length === 0 ? Math.min(62, (low + high) / 2) : mean(before);
  const candidates = tones.flatMap((first) => {
    const out: number[][] = [];
    for (let bottom = low + ((((first - low) % 12) + 12) % 12); bottom <= high; bottom += 12) {
      const stack = tones.map((tone) => bottom + ((((tone - bottom) % 12) + 12) % 12)).sort((a, b) => a - b);
      if (stack.at(-1)! <= high) out.push(stack);
    }
    return out;
  });
  const first = candidates[0];
  // A range of less than an octave has only the tones that fit.
  if (first === undefined)
    return tones.map((tone) => nearestPitch(tone, middle, [low, high])).sort((a, b) => a - b);
  const cost = (pitches: readonly number[]): number =>
    Math.abs(mean(pitches) - middle) + Math.abs(mean(pitches) - (low + high) / 2) / 6;
  return candidates.reduce((best, each) => (cost(each) < cost(best) ? each : best), first);
}

/** The pitch of a pitch class nearest to another pitch, within a range of at least an octave. */
export function nearestPitch(pitchClass: number, to: number, [low, high]: readonly [number, number]): number {
  let best = low + ((((pitchClass - low) % 12) + 12) % 12);
  for (let pitch = best; pitch <= high; pitch += 12) {
    if (Math.abs(pitch - to) < Math.abs(best - to)) best = pitch;
  }
  return Math.min(best, 127);
}
