import {
  sectionLetters,
  barsOf,
  beatOf,
  positionsPerQuarter,
  type PlanBar,
  type SongPlan,
} from '../../plan/song-plan.js';
import { chordFrom, chordNumber, keyNumber, toldSizes, tolds, untold, type Told } from './vocabulary.js';

/** The fixed plan of a song, in the network's numbers: the source of the plan fields at each place. */
export interface SongFrame {
  /** Contiguous from 0. */
  readonly bars: readonly PlanBar[];
  /** In order, the first at 0; 2 tonic + 1 if minor. Empty if the key is not told. */
  readonly keys: readonly { readonly onset: number; readonly key: number }[];
  /** In order; 0 is no chord. Empty if chords are not told. */
  readonly chords: readonly { readonly onset: number; readonly chord: number }[];
  /** In order; the number of the letter, and whether it occurred before. Empty if sections are not told. */
  readonly sections: readonly { readonly bar: number; readonly letter: number; readonly returns: boolean }[];
}

export function frameOf(plan: SongPlan): SongFrame {
  return {
    bars: barsOf(plan),
    keys: [{ onset: 0, key: keyNumber(plan.key) }],
    chords: plan.chords.map((chord) => ({ onset: chord.onset, chord: chordNumber(chord) })),
    sections: plan.sections.map(({ bar, letter, timesBefore }) => ({
      bar,
      letter: sectionLetters.indexOf(letter),
      returns: timesBefore > 0,
    })),
  };
}

/** Maximum value of the field; more bars count as this. */
const mostLeftInSection = toldSizes.left_in_section - 2;
const mostLeft = toldSizes.left_in_piece - 2;
const oldest = toldSizes.age - 2;
const farthestChord = toldSizes.distance - 1;

/**
 * The plan fields at a place, as in `training/song/windows.py`.
 * @param bar that contains the onset
 * @param passageEnd the bar after the composed passage, if it has an end
 */
export function toldAt(frame: SongFrame, onset: number, bar: number, passageEnd?: number): number[] {
  const { bars, keys, chords, sections } = frame;
  const told: Record<Told, number> = {
    key: untold('key'),
    chord: untold('chord'),
    degree: untold('degree'),
    next: untold('next'),
    distance: untold('distance'),
    section: untold('section'),
    return: untold('return'),
    left_in_section: untold('left_in_section'),
    left_in_piece: Math.min(bars.length - 1 - bar, mostLeft),
    left_in_passage: untold('left_in_passage'),
    age: Math.min(bar, oldest),
    place: metricalLevelOf(onset - bars[bar]!.start, bars[bar]!),
  };
  const key = (lastAt(keys, (each) => each.onset <= onset) ?? keys[0])?.key;
  if (key !== undefined) told.key = key;
  if (chords.length > 0) {
    const index = lastIndexAt(chords, (each) => each.onset <= onset);
    told.chord = index < 0 ? 0 : chords[index]!.chord;
    if (key !== undefined) {
      told.degree = chordFrom(key >> 1, told.chord);
      const next = chords[index + 1];
      if (next !== undefined) {
        const quarters = Math.ceil((next.onset - onset) / positionsPerQuarter);
        told.next = chordFrom(key >> 1, next.chord);
        told.distance = Math.min(Math.max(quarters, 1), farthestChord) - 1;
      }
    }
  }
  const sectionIndex = lastIndexAt(sections, (each) => each.bar <= bar);
  if (sectionIndex >= 0) {
    const { letter, returns } = sections[sectionIndex]!;
    const end = sections[sectionIndex + 1]?.bar ?? bars.length;
    told.section = letter;
    told.return = returns ? 1 : 0;
    told.left_in_section = Math.min(end - 1 - bar, mostLeftInSection);
  }
  if (passageEnd !== undefined && bar < passageEnd) {
    told.left_in_passage = Math.min(passageEnd - 1 - bar, mostLeft);
  }
  return tolds.map((name) => told[name]);
}

/** Metrical levels of a bar, the strongest first. */
export const metricalLevels = ['first', 'middle', 'beat', 'half', 'quarter', 'elsewhere'] as const;

/**
 * The level of a position in its bar, as an index in {@link metricalLevels}: the first position; the middle,
 * if on a beat; another beat; half a beat; a quarter of one. A dotted beat is divided into eighths.
 */
export function metricalLevelOf(position: number, bar: PlanBar): number {
  const beat = beatOf(bar);
  const half = beat === 1.5 * positionsPerQuarter ? positionsPerQuarter / 2 : beat / 2;
  if (position === 0) return 0;
  if (position % beat === 0) return 2 * position === bar.length ? 1 : 2;
  if (position % half === 0) return 3;
  return position % (half / 2) === 0 ? 4 : 5;
}

/** The bar that contains an onset; the last one for later onsets. */
export function barAt(bars: readonly PlanBar[], onset: number): number {
  return Math.max(
    0,
    lastIndexAt(bars, ({ start }) => start <= onset),
  );
}

/** Binary search for the last value that fulfils a condition; those that do precede those that do not. */
function lastIndexAt<T>(values: readonly T[], fulfils: (value: T) => boolean): number {
  let low = -1;
  let high = values.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fulfils(values[middle]!)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lastAt<T>(values: readonly T[], fulfils: (value: T) => boolean): T | undefined {
  return values[lastIndexAt(values, fulfils)];
}
