import {
  beatOf,
  playsIn,
  type PlanBar,
  type PlannedChord,
  type PlannedPart,
  type SongPlan,
} from '../../plan/song-plan.js';
import { hasRole } from '../../plan/density.js';
import { tonesOf } from '../../music/theory/chord.js';
import { tonics, type Key } from '../../music/theory/key.js';
import { scalePitchClasses } from '../../music/theory/scale.js';
import { barAt, frameOf, metricalLevelOf, type SongFrame } from './frame.js';
import { byNetworkOrder, type NetworkNote } from './sequence.js';
import { partNumber } from './vocabulary.js';

/** A part, as the rules see it. */
export interface DraftPart extends PlannedPart {
  /** Its number in the network's vocabulary. */
  readonly number: number;
  /** Its index in the plan. */
  readonly index: number;
  /** Whether the network is given its notes: not if it is patterned and the style never had its role in training. */
  readonly isHeard: boolean;
}

/** A possible onset. */
export interface Moment {
  /** Position from the start of the piece. */
  readonly onset: number;
  readonly bar: number;
  /** Number of its metrical level, 0 is the strongest: `metricalLevels` in `frame.ts`. */
  readonly level: number;
}

/** Which of the twelve pitch classes; index 0 is C. */
type PitchClasses = readonly boolean[];

/** The pitch classes allowed by a chord. */
export interface Harmony {
  readonly chord: PlannedChord;
  /** Pitch class of the lowest tone. */
  readonly bass: number;
  readonly tones: PitchClasses;
  /** The chord's tones, and scale tones that do not clash with them. */
  readonly passing: PitchClasses;
}

/** Silence, in a line of pitches. */
const silent = -1;

/**
 * A song in progress: its plan, and its notes so far, given and composed. Indexed for the queries of the
 * rules.
 */
export class Draft {
  readonly frame: SongFrame;
  readonly bars: readonly PlanBar[];
  /** In the network's order: from the melody to the bass and the drums. */
  readonly parts: readonly DraftPart[];
  /** The position after the last bar. */
  readonly end: number;
  readonly #byNumber = new Map<number, DraftPart>();
  /** By position. */
  readonly #harmonies: readonly Harmony[];
  /** All notes, in the network's order. */
  readonly #notes: NetworkNote[] = [];
  /** By part: the pitch that sounds at each position, the latest struck one; {@link silent} if none. */
  readonly #lines = new Map<number, Int16Array>();
  /** Cache of the last query: pitches that a part strikes at an onset, ascending. */
  #strokes:
    { readonly part: number; readonly onset: number; readonly pitches: readonly number[] } | undefined;
  /** Notes by part, in order. */
  readonly #byPart = new Map<number, NetworkNote[]>();
  /** By part and pitch, in onset order. */
  readonly #struck = new Map<number, NetworkNote[]>();

  constructor(readonly plan: SongPlan) {
    this.frame = frameOf(plan);
    this.bars = this.frame.bars;
    const last = this.bars.at(-1)!;
    this.end = last.start + last.length;
    this.parts = plan.parts
      .map((part, index) => ({
        ...part,
        index,
        number: partNumber(part),
        isHeard: !part.isPatterned || hasRole(plan.taught, part.role),
      }))
      .sort((a, b) => a.number - b.number);
    for (const part of this.parts) {
      this.#byNumber.set(part.number, part);
      this.#lines.set(part.number, new Int16Array(this.end).fill(silent));
      this.#byPart.set(part.number, []);
    }
    this.#harmonies = harmoniesOf(plan, this.end);
  }

  get notes(): readonly NetworkNote[] {
    return this.#notes;
  }

  /** @param number of a part in the plan */
  part(number: number): DraftPart {
    return this.#byNumber.get(number)!;
  }

  find(number: number): DraftPart | undefined {
    return this.#byNumber.get(number);
  }

  add(note: NetworkNote): void {
    this.#strokes = undefined;
    insert(this.#notes, note, byNetworkOrder);
    insert(this.#byPart.get(note.part)!, note, byNetworkOrder);
    const line = this.#lines.get(note.part)!;
    line.fill(note.pitch, note.onset, Math.min(note.onset + note.duration, this.end));
    const key = note.part * 128 + note.pitch;
    const same = this.#struck.get(key);
    if (same === undefined) this.#struck.set(key, [note]);
    else insert(same, note, byNetworkOrder);
  }

  /**
   * The pitch of a part that sounds at a position, the latest struck of several; undefined if it is silent.
   */
  soundingAt(part: number, position: number): number | undefined {
    const pitch = this.#lines.get(part)![position]!;
    return pitch === silent ? undefined : pitch;
  }

  /** The first position in [`from`, `before`) at which a part sounds; undefined if there is none. */
  nextSound(part: number, from: number, before: number): number | undefined {
    const line = this.#lines.get(part)!;
    for (let position = from; position < before; position++) if (line[position] !== silent) return position;
    return undefined;
  }

  /** The latest note of a part and pitch with an onset at or before a position. */
  lastOf(part: number, pitch: number, position: number): NetworkNote | undefined {
    return this.#struck.get(part * 128 + pitch)?.findLast(({ onset }) => onset <= position);
  }

  /** The first note of a part and pitch with an onset after a position. */
  nextOf(part: number, pitch: number, position: number): NetworkNote | undefined {
    return this.#struck.get(part * 128 + pitch)?.find(({ onset }) => onset > position);
  }

  /** The notes of a part up to and including an onset, in order. */
  partBefore(part: number, onset: number): readonly NetworkNote[] {
    const notes = this.#byPart.get(part)!;
    return notes.slice(0, notes.findLastIndex((note) => note.onset <= onset) + 1);
  }

  /** The notes with an onset before a position, the latest first. */
  *before(position: number): Generator<NetworkNote> {
    for (let i = this.#firstFrom(position) - 1; i >= 0; i--) yield this.#notes[i]!;
  }

  /** The notes with an onset in [from, to), in order. */
  between(from: number, to: number): readonly NetworkNote[] {
    return this.#notes.slice(this.#firstFrom(from), this.#firstFrom(to));
  }

  /** The pitches that a part strikes at an onset, ascending. */
  struckBy(part: number, onset: number): readonly number[] {
    const known = this.#strokes;
    if (known?.part === part && known.onset === onset) return known.pitches;
    const pitches = this.between(onset, onset + 1)
      .filter((note) => note.part === part)
      .map(({ pitch }) => pitch);
    this.#strokes = { part, onset, pitches };
    return pitches;
  }

  moment(onset: number): Moment {
    const bar = barAt(this.bars, onset);
    return { onset, bar, level: metricalLevelOf(onset - this.bars[bar]!.start, this.bars[bar]!) };
  }

  harmonyAt(position: number): Harmony {
    return this.#harmonies[position]!;
  }

  /** The parts that play in a bar. */
  playing(bar: number): readonly DraftPart[] {
    return this.parts.filter((part) => playsIn(part, bar));
  }

  /** Length of a beat in a bar, in positions. */
  beat(bar: number): number {
    return beatOf(this.bars[bar]!);
  }

  /** Index of the first note with an onset at or after a position. */
  #firstFrom(position: number): number {
    let low = 0;
    let high = this.#notes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#notes[middle]!.onset < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** The harmony at each position; before the first chord, that chord applies. */
function harmoniesOf({ chords, key }: SongPlan, end: number): readonly Harmony[] {
  const harmonies: Harmony[] = [];
  chords.forEach((chord, i) => {
    const harmony = harmonyOf(chord, key);
    const next = chords[i + 1]?.onset ?? end;
    while (harmonies.length < next) harmonies.push(harmony);
  });
  return harmonies;
}

/** For semitones above a root: the alteration of the same step, which clashes. */
const contradicts: Readonly<Record<number, number>> = { 3: 4, 4: 3, 6: 7, 7: 6, 8: 7, 10: 11, 11: 10 };

/**
 * A chord's tones, and scale tones as passing tones, except the other form of a step that the chord has
 * raised or lowered, such as C over A7 in D minor. In the blues both are allowed.
 */
function harmonyOf(chord: PlannedChord, key: Key): Harmony {
  const root = tonics.indexOf(chord.root);
  const above = tonesOf(chord).map((tone) => tone % 12);
  const gone = key.scale === 'blues' ? [] : above.map((tone) => contradicts[tone]);
  const scale = scalePitchClasses(key);
  const has = (list: readonly (number | undefined)[], pitchClass: number): boolean =>
    list.includes((pitchClass - root + 12) % 12);
  const tones = scale.map((_, pitchClass) => has(above, pitchClass));
  const passing = scale.map(
    (inScale, pitchClass) => tones[pitchClass]! || (inScale && !has(gone, pitchClass)),
  );
  return { chord, bass: chord.bass === undefined ? root : tonics.indexOf(chord.bass), tones, passing };
}

/** Inserts into a sorted list; new items are mostly last. */
function insert<T>(list: T[], value: T, order: (a: T, b: T) => number): void {
  let at = list.length;
  while (at > 0 && order(list[at - 1]!, value) > 0) at--;
  list.splice(at, 0, value);
}
