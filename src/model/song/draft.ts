import {
  beatOf,
  playsIn,
  type PlanBar,
  type PlannedChord,
  type PlannedPart,
  type SongPlan,
} from '../../plan/song-plan.js';
import { tonesOf } from '../../music/theory/chord.js';
import { tonics, type Key } from '../../music/theory/key.js';
import { scalePitchClasses } from '../../music/theory/scale.js';
import { barAt, frameOf, metricalLevelOf, type SongFrame } from './frame.js';
import { byNetworkOrder, type NetworkNote } from './sequence.js';
import { partNumber } from './vocabulary.js';

/** A part as the rules know it. */
export interface DraftPart extends PlannedPart {
  /** In the network's numbers. */
  readonly number: number;
  /** In the plan's list. */
  readonly index: number;
}

/** A moment at which notes may be struck. */
export interface Moment {
  /** Position from the start of the piece. */
  readonly onset: number;
  readonly bar: number;
  /** Number of its metrical level, 0 the strongest: `metricalLevels` of `frame.ts`. */
  readonly level: number;
}

/** Which of the twelve pitch classes; index 0 is C. */
type PitchClasses = readonly boolean[];

/** What a chord makes of the pitch classes. */
export interface Harmony {
  readonly chord: PlannedChord;
  /** Pitch class of its lowest tone. */
  readonly bass: number;
  readonly tones: PitchClasses;
  /** Its tones and those of the scale that do not contradict them. */
  readonly passing: PitchClasses;
}

/** Silence, in a line of pitches. */
const silent = -1;

/**
 * A song while it is composed: its plan, and the notes that are there already, given and composed, each part's
 * by time. What the rules ask for is kept ready.
 */
export class Draft {
  readonly frame: SongFrame;
  readonly bars: readonly PlanBar[];
  /** In the network's order: from the melody down to the bass and the drums. */
  readonly parts: readonly DraftPart[];
  /** Position after the last bar. */
  readonly end: number;
  readonly #byNumber = new Map<number, DraftPart>();
  /** Of each position. */
  readonly #harmonies: readonly Harmony[];
  /** All notes, in the network's order. */
  readonly #notes: NetworkNote[] = [];
  /** By part: what sounds at each position, the latest struck; {@link silent} nothing. */
  readonly #lines = new Map<number, Int16Array>();
  /** Pitches that a part strikes at an onset, ascending: of the latest that was asked for. */
  #strokes:
    { readonly part: number; readonly onset: number; readonly pitches: readonly number[] } | undefined;
  /** By part, in order. */
  readonly #byPart = new Map<number, NetworkNote[]>();
  /** By part and pitch, in order of onset. */
  readonly #struck = new Map<number, NetworkNote[]>();

  constructor(readonly plan: SongPlan) {
    this.frame = frameOf(plan);
    this.bars = this.frame.bars;
    const last = this.bars.at(-1)!;
    this.end = last.start + last.length;
    this.parts = plan.parts
      .map((part, index) => ({ ...part, index, number: partNumber(part) }))
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

  /** @param number of a part that the plan has */
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

  /** What a part sounds at a position, of several notes the latest struck; undefined when it is silent. */
  soundingAt(part: number, position: number): number | undefined {
    const pitch = this.#lines.get(part)![position]!;
    return pitch === silent ? undefined : pitch;
  }

  /** The first position from `from` on at which a part sounds, before `before`; undefined if there is none. */
  nextSound(part: number, from: number, before: number): number | undefined {
    const line = this.#lines.get(part)!;
    for (let position = from; position < before; position++) if (line[position] !== silent) return position;
    return undefined;
  }

  /** The latest note of a part and a pitch that is struck at a position or before. */
  lastOf(part: number, pitch: number, position: number): NetworkNote | undefined {
    return this.#struck.get(part * 128 + pitch)?.findLast(({ onset }) => onset <= position);
  }

  /** The first note of a part and a pitch that is struck after a position. */
  nextOf(part: number, pitch: number, position: number): NetworkNote | undefined {
    return this.#struck.get(part * 128 + pitch)?.find(({ onset }) => onset > position);
  }

  /** The notes of a part up to an onset, in order. */
  partBefore(part: number, onset: number): readonly NetworkNote[] {
    const notes = this.#byPart.get(part)!;
    return notes.slice(0, notes.findLastIndex((note) => note.onset <= onset) + 1);
  }

  /** The latest notes that are struck before a position, the latest first. */
  *before(position: number): Generator<NetworkNote> {
    for (let i = this.#firstFrom(position) - 1; i >= 0; i--) yield this.#notes[i]!;
  }

  /** The notes that are struck in [from, to), in order. */
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

  /** Of a bar, in positions. */
  beat(bar: number): number {
    return beatOf(this.bars[bar]!);
  }

  /** Number of the first note that is struck at a position or after it. */
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

/** The harmony of each position; before the first chord it is that chord's. */
function harmoniesOf({ chords, key }: SongPlan, end: number): readonly Harmony[] {
  const harmonies: Harmony[] = [];
  chords.forEach((chord, i) => {
    const harmony = harmonyOf(chord, key);
    const next = chords[i + 1]?.onset ?? end;
    while (harmonies.length < next) harmonies.push(harmony);
  });
  return harmonies;
}

/** Semitones above a root, and the other form of the same step that they contradict. */
const contradicts: Readonly<Record<number, number>> = { 3: 4, 4: 3, 6: 7, 7: 6, 8: 7, 10: 11, 11: 10 };

/**
 * A chord's tones; those of the scale pass between them, but not the other form of a step that the chord
 * has raised or lowered, such as C over A7 in D minor. In the blues they may meet.
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

/** Keeps a list in order; new items mostly come last. */
function insert<T>(list: T[], value: T, order: (a: T, b: T) => number): void {
  let at = list.length;
  while (at > 0 && order(list[at - 1]!, value) > 0) at--;
  list.splice(at, 0, value);
}
