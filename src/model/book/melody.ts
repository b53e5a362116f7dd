import { barTicks } from '../../music/meter.js';
import { tonics } from '../../music/theory/key.js';
import { tonesOf } from '../../music/theory/chord.js';
import { scalePitchClasses } from '../../music/theory/scale.js';
import { sectionLoudness } from '../../patterns/play.js';
import type { Style } from '../../patterns/style-file.js';
import { oneOf, type Chance } from '../../plan/chance.js';
import {
  barsOf,
  beatOf,
  chordAt,
  playsIn,
  positionsPerQuarter,
  sectionAt,
  type PlanBar,
  type PlannedSection,
  type SongNote,
  type SongPlan,
} from '../../plan/song-plan.js';

/** A note of a melody before its pitch is chosen. */
interface Slot {
  readonly onset: number;
  readonly duration: number;
  /** The motif's interval from the previous note, in scale steps; undefined at its start. */
  readonly step?: number;
  /** Target pitch of the line, in MIDI pitches. */
  readonly about: number;
  /** Allowed pitch classes, if restricted. */
  readonly must?: readonly number[];
}

/** A bar of a theme: its rhythm and its contour. */
interface Motif {
  readonly rhythm: string;
  /** Scale steps between consecutive notes. */
  readonly steps: readonly number[];
}

/**
 * A melody by rules: each kind of section has a theme of two motifs, which are repeated, transposed with the
 * chords and ended by a cadence; a returning section repeats its theme. Pitches minimise the cost of a path
 * through chord tones on beats and steps between them.
 * @param temperature how far randomness can override the rules; the default is 1
 * @returns in onset order
 */
export function composeMelody(
  plan: SongPlan,
  part: number,
  style: Style,
  chance: Chance,
  temperature = 1,
): readonly SongNote[] {
  const planned = plan.parts[part]!;
  const bars = barsOf(plan);
  const tessitura = tessituraOf(planned.range);
  const themes = new Map<string, Theme>();
  return plan.sections.flatMap((section, i): readonly SongNote[] => {
    const end = plan.sections[i + 1]?.bar ?? plan.barCount;
    if (!playsIn(planned, section.bar)) return [];
    const length = end - section.bar;
    const name = section.letter === 'outro' || section.letter === 'interlude' ? 'A' : section.letter;
    const theme = themes.get(name) ?? drawTheme(style, chance, themes.size);
    themes.set(name, theme);
    const isLast = i === plan.sections.length - 1;
    const slots = slotsOf(theme, plan, section, length, bars, tessitura, style, isLast);
    const pitches = cheapestPath(
      slots,
      plan,
      tessitura,
      theme.noise.map((noise) => noise * temperature),
    );
    return slots.map(({ onset, duration }, n) => ({
      onset,
      part,
      pitch: pitches[n]!,
      duration,
      velocity: velocityAt(onset, bars, section, style, chance),
    }));
  });
}

interface Theme {
  readonly motifs: readonly [Motif, Motif, Motif];
  /** Height relative to other themes, in semitones. */
  readonly lift: number;
  /** Random cost of each pitch, by pitch class and slot, so that themes differ. */
  readonly noise: readonly number[];
}

function drawTheme(style: Style, chance: Chance, number: number): Theme {
  const rhythms = style.blocks
    .filter(({ name }) => name === 'melody')
    .flatMap(({ lines }) => lines.map(({ grid }) => grid[0]!));
  const known = rhythms.length > 0 ? rhythms : ['x-x-x-x-'];
  const motif = (): Motif => {
    const rhythm = oneOf(chance, known);
    const direction = chance.uniform() < 0.5 ? 1 : -1;
    const steps = Array.from({ length: strokes(rhythm) }, () =>
      oneOf(chance, [direction, direction, direction, -direction, 0, 2 * direction, -2 * direction]),
    );
    return { rhythm, steps };
  };
  return {
    motifs: [motif(), motif(), motif()],
    lift: number === 0 ? 0 : 2 + chance.below(4),
    noise: Array.from({ length: 64 }, () => chance.uniform()),
  };
}

function strokes(rhythm: string): number {
  return rhythm.replace(/[^xX]/g, '').length;
}

/** Motifs of a four-bar phrase: a, b, a again, and another one before the cadence. */
const phrase = [0, 1, 0, 2] as const;

function slotsOf(
  theme: Theme,
  plan: SongPlan,
  section: PlannedSection,
  length: number,
  bars: readonly PlanBar[],
  [low, high]: readonly [number, number],
  style: Style,
  isLast: boolean,
): readonly Slot[] {
  const middle = (low + high) / 2 + theme.lift;
  return Array.from({ length }, (_, i) => i).flatMap((i): readonly Slot[] => {
    const bar = bars[section.bar + i]!;
    const inPhrase = i % 4;
    // An arch over each four-bar phrase; the second one is higher.
    const about = middle + 3 * Math.sin((Math.PI * (inPhrase + 0.5)) / 4) + (Math.floor(i / 4) % 2) * 1.5;
    if (isLast && i === length - 1) {
      const tonic = plan.chordsGiven ? chordAt(plan, bar.start).root : plan.key.tonic;
      return [{ onset: bar.start, duration: bar.length, about: middle, must: [tonics.indexOf(tonic)] }];
    }
    const closes =
      i === length - 1 || (inPhrase === 3 && length - i > 2 && theme.motifs[2].rhythm.includes('---'));
    if (closes) {
      // A long note, then a rest.
      const beat = beatOf(bar);
      const duration = Math.max(beat, bar.length - beat);
      const chord = chordAt(plan, bar.start);
      const root = tonics.indexOf(chord.root);
      const must = tonesOf(chord).map((tone) => (root + tone) % 12);
      return [
        { onset: bar.start, duration, about: about - 2, must: i === length - 1 ? must.slice(0, 2) : must },
      ];
    }
    const motif = theme.motifs[phrase[inPhrase]!];
    return cellsOf(motif.rhythm, bar, style).map(({ onset, duration }, n) => ({
      onset,
      duration,
      about,
      ...(n > 0 && { step: motif.steps[n]! }),
    }));
  });
}

/** In a meter other than the style's, cells keep their length, and the rhythm is truncated or repeated. */
function cellsOf(rhythm: string, bar: PlanBar, style: Style): readonly { onset: number; duration: number }[] {
  const cell = barTicks(style.meters[0]!, positionsPerQuarter) / rhythm.length;
  const count = Math.max(1, Math.floor(bar.length / cell));
  const cells = rhythm.repeat(Math.ceil(count / rhythm.length)).slice(0, count);
  const found = Array.from(cells).flatMap((sign, i) => {
    if (sign !== 'x' && sign !== 'X') return [];
    const held = /^-*/.exec(cells.slice(i + 1))![0].length + 1;
    return [{ onset: bar.start + i * cell, duration: held * cell }];
  });
  return found.length > 0 ? found : [{ onset: bar.start, duration: bar.length }];
}

/** The best range for a melody: an octave and a half in the upper middle of the instrument's range. */
function tessituraOf([low, high]: readonly [number, number]): readonly [number, number] {
  const middle = Math.max(
    low + 8,
    Math.min(high - 8, Math.max(69, (low + high) / 2 - 2), (low + high * 2) / 3),
  );
  return [Math.max(low, Math.round(middle - 9)), Math.min(high, Math.round(middle + 10))];
}

/** Costs of violating rules, tuned by ear and by the share of chord tones in real melodies. */
const costs = {
  foreignOnBeat: 3,
  foreignOffBeat: 0.7,
  foreignLong: 2.5,
  /** A non-chord tone that is not approached and left by step. */
  unresolved: 4,
  leaptInto: 1.6,
  repeated: 0.5,
  leap: 0.35,
  wideLeap: 3,
  motif: 0.55,
  register: 0.12,
  noise: 0.5,
} as const;

/** The pitches with the lowest total cost, by dynamic programming. */
function cheapestPath(
  slots: readonly Slot[],
  plan: SongPlan,
  [low, high]: readonly [number, number],
  noise: readonly number[],
): readonly number[] {
  const inScale = scalePitchClasses(plan.key);
  const bars = barsOf(plan);
  let paths: {
    readonly pitch: number;
    readonly isForeign: boolean;
    readonly cost: number;
    readonly path: readonly number[];
  }[] = [];
  slots.forEach((slot, n) => {
    const chord = chordAt(plan, slot.onset);
    const root = tonics.indexOf(chord.root);
    const tones = new Set(tonesOf(chord).map((tone) => (root + tone) % 12));
    const bar = bars.findLast(({ start }) => start <= slot.onset)!;
    const isOnBeat = (slot.onset - bar.start) % beatOf(bar) === 0;
    const clashes = clashing(plan, tones);
    const options = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter((pitch) => {
      const pitchClass = pitch % 12;
      if (slot.must !== undefined) return slot.must.includes(pitchClass);
      return tones.has(pitchClass) || (inScale[pitchClass]! && !clashes.has(pitchClass));
    });
    const next = options.map((pitch) => {
      const isForeign = !tones.has(pitch % 12);
      let own =
        costs.register * Math.abs(pitch - slot.about) + costs.noise * noise[(n * 7 + pitch) % noise.length]!;
      if (isForeign) {
        own += isOnBeat ? costs.foreignOnBeat : costs.foreignOffBeat;
        if (slot.duration > beatOf(bar)) own += costs.foreignLong;
      }
      if (paths.length === 0) return { pitch, isForeign, cost: own, path: [pitch] };
      const best = paths
        .map((before) => ({ before, cost: before.cost + moveCost(before, { pitch, isForeign }, slot.step) }))
        .reduce((a, b) => (b.cost < a.cost ? b : a));
      return { pitch, isForeign, cost: best.cost + own, path: [...best.before.path, pitch] };
    });
    if (next.length > 0) paths = next;
    else paths = paths.map((before) => ({ ...before, path: [...before.path, before.pitch] }));
  });
  return paths.length === 0 ? [] : paths.reduce((a, b) => (b.cost < a.cost ? b : a)).path;
}

/** Scale tones that clash with a chromatic neighbour in the chord: `F` if the chord has an F sharp. */
function clashing(plan: SongPlan, tones: ReadonlySet<number>): ReadonlySet<number> {
  const inScale = scalePitchClasses(plan.key);
  const altered = [...tones].filter((tone) => !inScale[tone]);
  return new Set(
    altered.flatMap((tone) => [(tone + 1) % 12, (tone + 11) % 12]).filter((each) => !tones.has(each)),
  );
}

function moveCost(
  before: { readonly pitch: number; readonly isForeign: boolean },
  { pitch, isForeign }: { readonly pitch: number; readonly isForeign: boolean },
  step: number | undefined,
): number {
  const moved = pitch - before.pitch;
  const distance = Math.abs(moved);
  let cost = distance === 0 ? costs.repeated : distance > 2 ? costs.leap * (distance - 2) : 0;
  if (distance > 9 || distance === 6) cost += costs.wideLeap;
  if (before.isForeign && (distance === 0 || distance > 2)) cost += costs.unresolved;
  if (isForeign && distance > 2) cost += costs.leaptInto;
  // A scale step is about 1.7 semitones.
  if (step !== undefined) cost += costs.motif * Math.abs(moved - 1.7 * step);
  return cost;
}

function velocityAt(
  onset: number,
  bars: readonly PlanBar[],
  { letter, timesBefore, bar: first }: PlannedSection,
  style: Style,
  chance: Chance,
): number {
  const number = bars.findLastIndex(({ start }) => start <= onset);
  const bar = bars[number]!;
  const intoBar = onset - bar.start;
  const metre = intoBar === 0 ? 4 : intoBar % beatOf(bar) === 0 ? 1 : -3;
  // Phrases get louder up to their third bar.
  const swell = [0, 2, 4, 1][(number - first) % 4]!;
  const human = Math.round((chance.uniform() + chance.uniform() - 1) * 6);
  const velocity = style.velocity + 10 + sectionLoudness(letter, timesBefore) + metre + swell + human;
  return Math.max(12, Math.min(124, Math.round(velocity)));
}

/**
 * A voice below a melody: sustained chord tones that move where the melody rests.
 * @param melody in onset order; may be empty
 */
export function composeCounterMelody(
  plan: SongPlan,
  part: number,
  melody: readonly SongNote[],
  style: Style,
  chance: Chance,
): readonly SongNote[] {
  const planned = plan.parts[part]!;
  const bars = barsOf(plan);
  const [low, high] = planned.range;
  let before = Math.max(low, Math.min(high, 64 + (planned.instrument === 'pipe' ? 8 : 0)));
  const rhythms = style.blocks
    .filter(({ name }) => name === 'counter')
    .flatMap(({ lines }) => lines.map(({ grid }) => grid[0]!));
  return bars.flatMap((bar, number): readonly SongNote[] => {
    if (!playsIn(planned, number)) return [];
    const section = sectionAt(plan, number);
    const isLast = number === plan.barCount - 1;
    const own = melody.filter(({ onset }) => onset >= bar.start && onset < bar.start + bar.length);
    const beat = beatOf(bar);
    const half = bar.length % (2 * beat) === 0 ? bar.length / 2 : beat;
    const moving = own.length <= 2 && !isLast;
    const changes = plan.chords
      .map(({ onset }) => onset)
      .filter((onset) => onset > bar.start && onset < bar.start + bar.length);
    const rhythm = rhythms[number % Math.max(1, rhythms.length)];
    const starts = isLast
      ? [bar.start]
      : rhythm !== undefined
        ? cellsOf(rhythm, bar, style).map(({ onset }) => onset)
        : [
            ...new Set([
              bar.start,
              ...changes,
              ...(moving ? [bar.start + half, bar.start + bar.length - beat] : []),
            ]),
          ];
    const sorted = starts.toSorted((a, b) => a - b);
    return sorted.map((onset, i): SongNote => {
      const duration = (sorted[i + 1] ?? bar.start + bar.length) - onset;
      const chord = chordAt(plan, onset);
      const root = tonics.indexOf(chord.root);
      const sounding = melody.findLast((note) => note.onset <= onset && onset < note.onset + note.duration);
      const ceiling = Math.min(
        high,
        planned.instrument === 'pipe' || sounding === undefined
          ? high
          : Math.max(low + 12, sounding.pitch - 1),
      );
      const options = tonesOf(chord)
        .map((tone) => (root + tone) % 12)
        .flatMap((pitchClass) => pitchesOf(pitchClass, low, ceiling))
        .map((pitch) => {
          const doubles = sounding !== undefined && (sounding.pitch - pitch) % 12 === 0 ? 2.5 : 0;
          const far = sounding === undefined ? 0 : Math.max(0, Math.abs(sounding.pitch - pitch) - 12) * 0.3;
          const still = pitch === before && i > 0 ? 2 : 0;
          return { pitch, cost: Math.abs(pitch - before) + doubles + far + still + chance.uniform() };
        });
      before = options.length === 0 ? before : options.reduce((a, b) => (b.cost < a.cost ? b : a)).pitch;
      return {
        onset,
        part,
        pitch: before,
        duration,
        velocity: velocityAt(onset, bars, section, style, chance) - 8,
      };
    });
  });
}

function pitchesOf(pitchClass: number, low: number, high: number): readonly number[] {
  const first = low + ((((pitchClass - low) % 12) + 12) % 12);
  return first > high
    ? []
    : Array.from({ length: Math.floor((high - first) / 12) + 1 }, (_, i) => first + 12 * i);
}
