import { UserError } from '../errors/user-error.js';
import { barTicks, type TimeSignature } from '../music/meter.js';
import { statedTempo } from '../music/ticks.js';
import type { Key } from '../music/theory/key.js';
import { scalePitchClasses } from '../music/theory/scale.js';
import { roles, type Role } from '../music/track.js';
import { oneOf, weighted, type Chance } from './chance.js';
import { drawDensity } from './density.js';
import { drawForm, plannedSections, type FormPart, type FormSection } from './form.js';
import { instruments, type LeftOut, type Seat } from './instruments.js';
import {
  drawProgression,
  keyOfChords,
  pitchClassesOf,
  tonicChord,
  type BarChords,
  type Cadence,
  type ChordSource,
} from './progressions.js';
import {
  barsOf,
  beatOf,
  instrumentClasses,
  positionsPerQuarter,
  type PlanBar,
  type PlannedChord,
  type PlannedPart,
  type PlannedSection,
  type SectionLetter,
  type SongPlan,
  type TaughtGenre,
  type TaughtStyle,
} from './song-plan.js';

/** The settings of a style. */
export interface StyleFacts {
  readonly name: string;
  readonly taught: TaughtStyle;
  readonly genre?: TaughtGenre;
  /** The first is the default. */
  readonly meters: readonly TimeSignature[];
  /** Quarter notes per minute. */
  readonly bpm: readonly [slowest: number, fastest: number];
  /** The share of songs in a major key, 0–1. */
  readonly majorShare: number;
  readonly seats: readonly Seat[];
  /** Whether all parts play throughout; otherwise they enter one after another. */
  readonly isTogether: boolean;
  /** Roles that the book of patterns plays when a network plays the others. */
  readonly patterned: readonly Role[];
  /** Bars of a section, an intro and an outro. */
  readonly form: { readonly section: number; readonly intro: number; readonly outro: number };
  readonly chordSource: ChordSource;
  /** Whether chords may change within a bar. */
  readonly hasHalfBars: boolean;
  /** The style's typical chords in a key; empty if chords are drawn from counts. */
  readonly progressions: (key: Key) => readonly StyleProgression[];
}

/** A typical chord progression of a style. */
export interface StyleProgression {
  readonly bars: readonly BarChords[];
  /** The only sections that it is for; unset: those that have no progressions of their own. */
  readonly letter?: SectionLetter;
}

/** What is requested of a song; missing fields are drawn. */
export interface SongWishes {
  readonly style: StyleFacts;
  readonly seats?: readonly Seat[];
  /** Parts to leave out. */
  readonly without?: readonly LeftOut[];
  /** All tones belong to this key's scale, unless chords are given. */
  readonly key?: Key;
  readonly mode?: 'major' | 'minor';
  /** Quarter notes per minute; in 6/8, dotted ones. */
  readonly bpm?: number;
  /** 0 is the style's slowest, 1 its fastest. */
  readonly speed?: number;
  /** Factor on the tempo. */
  readonly tempo?: number;
  readonly meter?: TimeSignature;
  readonly bars?: number;
  readonly seconds?: number;
  readonly form?: readonly FormPart[];
  readonly chords?: readonly BarChords[];
  /** 0 is the sparsest of the style, 1 the busiest. */
  readonly density?: number;
}

/** Default length of a song, in seconds. */
const usualSeconds = 66;
/** Maximum number of bars of a song. */
export const mostBars = 256;

/**
 * Decides everything about a song except its notes: form, tempo, meter, key, chords, and when each part
 * plays.
 * @throws UserError `song.no-parts` when there is no part left to play
 */
export function makePlan(wishes: SongWishes, chance: Chance): SongPlan {
  const { style, chords: given } = wishes;
  const meter = wishes.meter ?? style.meters[0]!;
  const barQuarters = barTicks(meter, 1);
  const beatQuarters = beatOf(meter) / positionsPerQuarter;
  const drawnBpm = drawTempo(wishes, chance, beatQuarters);
  const cycle = given?.length;
  const barsOfSeconds = (seconds: number): number =>
    Math.max(2, Math.round((seconds * drawnBpm) / 60 / barQuarters));
  const wishedBars =
    wishes.bars ?? (wishes.seconds === undefined ? undefined : barsOfSeconds(wishes.seconds));
  const sections = drawForm(chance, {
    ...(wishedBars !== undefined && { bars: Math.min(mostBars, wishedBars) }),
    ...(wishes.form !== undefined && { form: wishes.form }),
    ...(cycle !== undefined && { cycle }),
    usual: style.form,
    about: Math.max(16, Math.min(48, barsOfSeconds(usualSeconds))),
  });
  const barCount = sections.reduce((sum, { bars }) => sum + bars, 0);
  // Adjusts the tempo so that the piece has the requested length, to the last tick.
  const fitted =
    wishes.seconds === undefined || wishes.bpm !== undefined
      ? drawnBpm
      : (barCount * barQuarters * 60) / wishes.seconds;
  const key = wishes.key ?? (given === undefined ? drawKey(wishes, chance) : keyOfChords(given));
  const bars =
    given === undefined ? drawChords(wishes, key, meter, sections, chance) : repeated(given, barCount);
  const meters = [{ bar: 0, ...meter }];
  const grid = barsOf({ barCount, meters });
  const parts = drawParts(wishes, plannedSections(sections), barCount, chance);
  return {
    style: style.name,
    taught: style.taught,
    ...(style.genre !== undefined && { genre: style.genre }),
    bpm: statedTempo(fitted),
    key,
    barCount,
    meters,
    chords: placed(bars, grid),
    chordsGiven: given !== undefined,
    sections: plannedSections(sections),
    parts,
    density: wishes.density ?? drawDensity(chance),
  };
}

/** Quarter notes per minute. */
function drawTempo(
  { style, bpm, speed, tempo = 1 }: SongWishes,
  chance: Chance,
  beatQuarters: number,
): number {
  if (bpm !== undefined) return bpm * beatQuarters * tempo;
  const [slowest, fastest] = style.bpm;
  // Near the middle more often than near the ends.
  const place = speed ?? (chance.uniform() + chance.uniform()) / 2;
  return Math.round(slowest + place * (fastest - slowest)) * tempo;
}

/** Common keys for instruments, by their tonics. */
const usualTonics = ['C', 'D', 'Eb', 'E', 'F', 'G', 'A', 'Bb'] as const;

function drawKey({ style, mode }: SongWishes, chance: Chance): Key {
  const isMajor = mode === undefined ? chance.uniform() < style.majorShare : mode === 'major';
  return { tonic: oneOf(chance, usualTonics), scale: isMajor ? 'major' : 'natural-minor' };
}

/** Chords for every bar: a returning section has the same chords, and the last one ends with a cadence. */
function drawChords(
  { style, key: wished }: SongWishes,
  key: Key,
  meter: TimeSignature,
  sections: readonly FormSection[],
  chance: Chance,
): readonly BarChords[] {
  const known = new Map<string, readonly BarChords[]>();
  const allowed = scalePitchClasses(key);
  const inScale = wished !== undefined;
  const own = style
    .progressions(key)
    .filter(
      ({ bars }) =>
        !inScale || bars.flat().every((chord) => pitchClassesOf(chord).every((each) => allowed[each])),
    );
  const typicalOf = (letter: FormSection['letter']): readonly StyleProgression[] => {
    const ofLetter = own.filter((each) => each.letter === letter);
    return ofLetter.length > 0 ? ofLetter : own.filter((each) => each.letter === undefined);
  };
  const left = new Set(own);
  const beats = Math.round((barTicks(meter, 1) * positionsPerQuarter) / beatOf(meter));
  const draw = (letter: FormSection['letter'], bars: number, cadence: Cadence): readonly BarChords[] => {
    const typical = typicalOf(letter);
    if (typical.length > 0) {
      // Each section gets a different progression while there are some left.
      const unused = typical.filter((each) => left.has(each));
      const chosen = oneOf(chance, unused.length > 0 ? unused : typical);
      left.delete(chosen);
      return cycled(chosen.bars, bars);
    }
    const mayChange = style.hasHalfBars && beats % 2 === 0;
    return drawProgression(chance, {
      source: style.chordSource,
      key,
      bars,
      beats,
      cadence,
      mayChange,
      inScale,
    });
  };
  const longest = (letter: FormSection['letter']): number =>
    Math.max(...sections.filter((section) => section.letter === letter).map(({ bars }) => bars));
  const of = (letter: FormSection['letter']): readonly BarChords[] => {
    const drawn =
      known.get(letter) ?? draw(letter, longest(letter), chance.uniform() < 0.35 ? 'half' : 'full');
    known.set(letter, drawn);
    return drawn;
  };
  const main = sections.find(({ letter }) => letter !== 'intro' && letter !== 'outro')?.letter ?? 'A';
  const all = sections.flatMap(({ letter, bars }) => {
    switch (letter) {
      case 'intro':
      case 'interlude':
        return cycled(of(main), bars);
      case 'outro':
        return bars === 1 ? [[tonicChord(key)]] : ending(key, bars, of(main), inScale, chance);
      default:
        return cycled(of(letter), bars);
    }
  });
  return [...all.slice(0, -1), [tonicChord(key)]];
}

function cycled(progression: readonly BarChords[], bars: number): readonly BarChords[] {
  return Array.from({ length: bars }, (_, bar) => progression[bar % progression.length]!);
}

/** The beginning of the main section again, and a cadence. */
function ending(
  key: Key,
  bars: number,
  main: readonly BarChords[],
  inScale: boolean,
  chance: Chance,
): readonly BarChords[] {
  const cadence = drawProgression(chance, {
    source: 'pop',
    key,
    bars: 2,
    beats: 1,
    cadence: 'full',
    mayChange: false,
    inScale,
  });
  return [...cycled(main, bars - 2), ...cadence];
}

/** Cycles through the given chords from the first bar on; the last bar has the last of them. */
function repeated(given: readonly BarChords[], barCount: number): readonly BarChords[] {
  const bars = cycled(given, barCount);
  return [...bars.slice(0, -1), given.at(-1)!];
}

/**
 * Places chords on beats or, if a bar has more chords than beats, on eighths; a chord that is held is a
 * single entry.
 */
function placed(chords: readonly BarChords[], grid: readonly PlanBar[]): readonly PlannedChord[] {
  const all = chords.flatMap((inBar, bar): readonly PlannedChord[] => {
    const { start, length, ...meter } = grid[bar]!;
    const beat = inBar.length * beatOf(meter) <= length ? beatOf(meter) : positionsPerQuarter / 2;
    const beats = Math.floor(length / beat);
    return inBar.map((chord, i) => ({
      ...chord,
      onset: start + Math.ceil((i * beats) / inBar.length) * beat,
    }));
  });
  return all.filter((chord, i) => {
    const before = all[i - 1];
    if (before === undefined) return true;
    const [{ onset: _a, ...a }, { onset: _b, ...b }] = [chord, before];
    return JSON.stringify(a) !== JSON.stringify(b);
  });
}

function drawParts(
  { style, seats = style.seats, without = [] }: SongWishes,
  sections: readonly PlannedSection[],
  barCount: number,
  chance: Chance,
): readonly PlannedPart[] {
  const left = distinct(
    seats.filter(({ instrument, role }) => !without.includes(role) && !without.includes(instrument)),
  );
  if (left.length === 0) throw new UserError('song.no-parts');
  const sorted = left.toSorted((a, b) => rank(a) - rank(b));
  const spans = sections.map(({ bar }, i) => ({ first: bar, end: sections[i + 1]?.bar ?? barCount }));
  const entries = style.isTogether
    ? sorted.map(() => sections.map(() => true))
    : drawEntries(sorted, sections, chance);
  return sorted.map((seat, i) => {
    const { instrument, program, name, range, isMonophonic } = instruments[seat.instrument];
    return {
      instrument,
      role: seat.role,
      program,
      name: seat.name ?? name,
      range: seat.range ?? range,
      isMonophonic,
      isPatterned: style.patterned.includes(seat.role),
      plays: joined(spans.filter((_, section) => entries[i]![section])),
    };
  });
}

/** Parts are ordered by role, then by instrument class, as in the network's vocabulary. */
function rank({ role, instrument }: Seat): number {
  return (
    roles.indexOf(role) * instrumentClasses.length +
    instrumentClasses.indexOf(instruments[instrument].instrument)
  );
}

/**
 * Ensures that no two parts have the same class and role: the later one takes a free role, or is left out.
 */
function distinct(seats: readonly Seat[]): readonly Seat[] {
  const out: Seat[] = [];
  for (const seat of seats) {
    const isFree = (role: Role): boolean =>
      !out.some(
        (other) =>
          other.role === role &&
          instruments[other.instrument].instrument === instruments[seat.instrument].instrument,
      );
    const role = [seat.role, 'harmony' as const, 'counter-melody' as const].find(isFree);
    if (role !== undefined) out.push({ ...seat, role });
  }
  return out;
}

/** Decides which parts play in which section: they enter one after the other, and all play at the end. */
function drawEntries(
  seats: readonly Seat[],
  sections: readonly PlannedSection[],
  chance: Chance,
): readonly (readonly boolean[])[] {
  const isInner = ({ letter }: PlannedSection): boolean => letter === 'intro' || letter === 'interlude';
  const first = sections.findIndex((section) => !isInner(section));
  const last = sections.findLastIndex(({ letter }) => letter !== 'outro');
  const firstHarmony = seats.findIndex(({ role }) => role === 'harmony');
  const drumsWait = weighted(chance, [
    [true, sections.length > 5 ? 2 : 0],
    [false, 3],
  ]);
  const rows = seats.map(({ role }, i) => {
    const early = chance.uniform();
    return sections.map((section, at) => {
      if (at >= last && at > first) return true;
      switch (role) {
        case 'melody':
          return !isInner(section);
        case 'counter-melody':
          return section.letter !== 'intro' && (at > first || early < 0.3);
        case 'drums':
          return section.letter === 'intro' ? early < 0.35 : !(drumsWait && at === first);
        case 'bass':
          return section.letter !== 'intro' || early < 0.5;
        case 'harmony':
          return i === firstHarmony || section.letter !== 'intro' || early < 0.4;
      }
    });
  });
  // At least one part plays in every section, and every part plays somewhere.
  return rows.map((row, i) => {
    const isSilent = (at: number): boolean => rows.every((other) => !other[at]);
    const leads = i === 0;
    const whole = row.map((plays, at) => plays || (leads && isSilent(at)));
    return whole.some(Boolean) ? whole : whole.map(() => true);
  });
}

function joined(spans: readonly { readonly first: number; readonly end: number }[]): PlannedPart['plays'] {
  const out: { first: number; end: number }[] = [];
  for (const { first, end } of spans) {
    const before = out.at(-1);
    if (before?.end === first) before.end = end;
    else out.push({ first, end });
  }
  return out;
}
