import { playPattern } from '../../patterns/play.js';
import type { Style } from '../../patterns/style-file.js';
import type { SongNote, SongPlan } from '../../plan/song-plan.js';
import { Random } from '../random.js';
import { composeCounterMelody, composeMelody } from './melody.js';

/**
 * Composes a song from the book of patterns, and its melody by rules, part by part.
 * @param temperature amount of variation: of patterns within sections, strokes, and the melody
 */
export function* composeByBook(
  plan: SongPlan,
  style: Style,
  seed: number,
  temperature = 1,
): Generator<readonly SongNote[], void> {
  const melody: SongNote[] = [];
  for (const [part, { role, instrument }] of plan.parts.entries()) {
    // Each part has its own random numbers, so that omitting one does not change the others.
    const chance = new Random((seed ^ numberOf(`${role} ${instrument}`)) >>> 0);
    switch (role) {
      case 'melody': {
        const notes = composeMelody(plan, part, style, chance, temperature);
        melody.push(...notes);
        yield notes;
        break;
      }
      case 'counter-melody':
        yield composeCounterMelody(plan, part, melody, style, chance);
        break;
      default:
        yield playPattern(plan, part, style, chance, temperature);
    }
  }
}

function numberOf(name: string): number {
  return Array.from(name).reduce((hash, sign) => Math.imul(hash, 31) + sign.charCodeAt(0), 7);
}
