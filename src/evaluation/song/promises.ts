import midi from '@tonejs/midi';
import { tonesOf } from '../../music/theory/chord.js';
import { tonics, type Tonic } from '../../music/theory/key.js';
import { scalePitchClasses } from '../../music/theory/scale.js';
import {
  barsOf,
  beatOf,
  chordAt,
  playsIn,
  type PlannedPart,
  type SongPlan,
  type TaughtStyle,
} from '../../plan/song-plan.js';

/** What every song file guarantees. */
export const promises = [
  'bars',
  'grid',
  'harmony',
  'range',
  'voice',
  'drums',
  'order',
  'heard',
  'ending',
] as const;
export type SongPromise = (typeof promises)[number];

export interface BrokenPromise {
  readonly promise: SongPromise;
  /** Description, for debugging. */
  readonly what: string;
}

interface FileNote {
  readonly pitch: number;
  readonly start: number;
  readonly end: number;
}

/** Styles whose voices are ordered from the highest to the lowest. */
const popular: readonly TaughtStyle[] = ['pop', 'band', 'drums'];
const inOrder: readonly TaughtStyle[] = ['quartet', 'chorale', 'hymn', 'choir'];
/** Grid lines on which notes can start: 16ths and eighth triplets, in quarter notes. */
const usualLines = [1 / 4, 1 / 3];
/** Minimum time between two strokes of one hand or foot, in seconds. */
const strokeSeconds = 0.08;

/**
 * The guarantees of its plan that a file breaks. Reads the file with an independent parser, and knows nothing
 * of how the song was composed.
 * @param bytes of a Standard MIDI File
 * @param lines spacings of the grid, in quarter notes
 */
export function brokenPromises(
  bytes: Uint8Array,
  plan: SongPlan,
  lines: readonly number[] = usualLines,
): readonly BrokenPromise[] {
  const file = new midi.Midi(bytes);
  const quarter = file.header.ppq;
  const broken: BrokenPromise[] = [];
  const breaks = (promise: SongPromise, what: string): void => {
    broken.push({ promise, what });
  };
  const bars = barsOf(plan).map((bar) => ({
    ...bar,
    start: (bar.start * quarter) / 24,
    length: (bar.length * quarter) / 24,
    beat: (beatOf(bar) * quarter) / 24,
  }));
  const last = bars.at(-1)!;
  const end = last.start + last.length;
  const barOf = (tick: number): number => bars.findLastIndex(({ start }) => start <= tick);

  const meters = file.header.timeSignatures.map(
    ({ ticks, timeSignature }) => `${ticks} ${timeSignature.join('/')}`,
  );
  const askedMeters = plan.meters.map(
    ({ bar, numerator, denominator }) => `${bars[bar]!.start} ${numerator}/${denominator}`,
  );
  if (meters.join() !== askedMeters.join())
    breaks('bars', `meters ${meters.join()} for ${askedMeters.join()}`);
  if (Math.abs(file.header.tempos[0]!.bpm - plan.bpm) > 0.01)
    breaks('bars', `${file.header.tempos[0]!.bpm} bpm`);

  const tracks = file.tracks.map((track) => ({
    isDrums: track.channel === 9,
    program: track.instrument.number,
    notes: track.notes.map(({ midi: pitch, ticks: start, durationTicks }): FileNote => ({
      pitch,
      start,
      end: start + durationTicks,
    })),
  }));
  // The first tracks contain only metadata.
  const music = tracks.slice(tracks.length - plan.parts.length);
  const scale = scalePitchClasses(plan.key);
  const classOf = (tonic: Tonic): number => tonics.indexOf(tonic);

  // On every beat, or in classical music whose chords nobody requested, where a chord or a bar begins.
  const isFree = !plan.chordsGiven && !popular.includes(plan.taught);
  const isBoundAt = (tick: number): boolean => {
    const bar = bars[barOf(tick)]!;
    return isFree
      ? tick === bar.start || plan.chords.some(({ onset }) => (onset * quarter) / 24 === tick)
      : isWhole((tick - bar.start) / bar.beat);
  };
  plan.parts.forEach((part, i) => {
    const { notes, isDrums, program } = music[i]!;
    const name = part.name;
    if (isDrums !== (part.role === 'drums')) breaks('heard', `${name} is not what it should be`);
    if (!isDrums && program !== part.program) breaks('heard', `${name} has program ${program}`);
    for (const { first, end: after } of part.plays) {
      const from = bars[first]!.start;
      const to = bars[after]?.start ?? end;
      if (!notes.some(({ start }) => from <= start && start < to))
        breaks('heard', `${name} from bar ${first}`);
    }
    for (const { pitch, start, end: until } of notes) {
      const bar = barOf(start);
      const position = (start - bars[bar]!.start) / quarter;
      const where = `${name}, bar ${bar}, quarter ${position}: ${pitch}`;
      if (until > end) breaks('bars', `${where} lasts beyond the end`);
      if (!playsIn(part, bar)) breaks('heard', `${where} where the part is silent`);
      if (!lines.some((line) => isWhole(position / line))) breaks('grid', where);
      if (isDrums) continue;
      if (pitch < part.range[0] || pitch > part.range[1]) breaks('range', where);
      const chord = chordAt(plan, (start * 24) / quarter);
      const inChord = tonesOf(chord).some((tone) => (classOf(chord.root) + tone) % 12 === pitch % 12);
      // Patterns may approach a chord on the beat before it, by a tone of the key.
      const isBound =
        !part.isPatterned && isBoundAt(start) && (part.role === 'harmony' || part.role === 'bass');
      if (!inChord && (isBound || !scale[pitch % 12]!))
        breaks('harmony', `${where} over ${chord.root} ${chord.kind}`);
    }
    if (part.isMonophonic) {
      for (const [a, b] of pairs(notes)) if (b.start < a.end) breaks('voice', `${name} at tick ${b.start}`);
    }
    if (isDrums)
      checkDrums(notes, (quarter * plan.bpm * strokeSeconds) / 60, (what) => breaks('drums', what));
  });

  if (inOrder.includes(plan.taught)) {
    const voices = plan.parts.flatMap((part, i) =>
      part.isMonophonic && part.role !== 'drums' ? [{ part, notes: music[i]!.notes }] : [],
    );
    // An instrument that reaches above an earlier one, like a piccolo below a trumpet, is free.
    const bound = voices.filter(({ part }, i) =>
      voices.slice(0, i).every((above) => above.part.range[1] >= part.range[1]),
    );
    for (const [upper, lower] of pairs(bound)) {
      for (const [high, low] of sounding(upper.notes, lower.notes)) {
        if (high.pitch < low.pitch)
          breaks('order', `${lower.part.name} over ${upper.part.name} at ${low.start}`);
      }
    }
  }
  checkEnding(plan, music, quarter, bars, (what) => breaks('ending', what));
  return broken;
}

/** Two hands, two feet, one hi-hat, and time between strokes. */
function checkDrums(notes: readonly FileNote[], apart: number, breaks: (what: string) => void): void {
  const kick = [35, 36];
  const pedal = [44];
  const hat = [42, 44, 46];
  const foot = [...kick, ...pedal];
  for (const { start, pitch } of notes) {
    const soon = notes.filter((other) => other.start >= start && other.start < start + apart);
    const hands = soon.filter((other) => !foot.includes(other.pitch));
    if (hands.length > 2) breaks(`${hands.length} strokes of two hands at ${start}`);
    for (const limb of [kick, pedal]) {
      if (soon.filter((other) => limb.includes(other.pitch)).length > 1) breaks(`a foot twice at ${start}`);
    }
    const now = soon.filter((other) => other.start === start);
    if (hat.includes(pitch) && now.filter((other) => hat.includes(other.pitch)).length > 1) {
      breaks(`two hi-hats at ${start}`);
    }
    if (now.filter((other) => other.pitch === pitch).length > 1) breaks(`${pitch} twice at ${start}`);
  }
}

/**
 * The last bar sounds and ends on tones of the last chord, with its lowest tone in the bass; the chord before
 * it sounds, too.
 */
function checkEnding(
  plan: SongPlan,
  music: readonly { readonly notes: readonly FileNote[] }[],
  quarter: number,
  bars: readonly { readonly start: number; readonly length: number }[],
  breaks: (what: string) => void,
): void {
  const chord = plan.chords.at(-1)!;
  const lastBar = bars.length - 1;
  const start = Math.max(bars[lastBar]!.start, (chord.onset * quarter) / 24);
  const isPitched = ({ role }: PlannedPart): boolean => role !== 'drums';
  const pitched = plan.parts.flatMap((part, i) =>
    isPitched(part) ? [{ part, notes: music[i]!.notes }] : [],
  );
  const there = pitched.filter(({ part }) => playsIn(part, lastBar));
  if (there.length === 0) return;
  const sounding = there.flatMap(({ notes }) => notes.filter(({ end }) => end > start));
  if (!sounding.some((note) => note.start >= start)) breaks('nothing is struck in the last bar');
  const root = tonics.indexOf(chord.root);
  const tones = tonesOf(chord).map((tone) => (root + tone) % 12);
  for (const { pitch } of sounding) if (!tones.includes(pitch % 12)) breaks(`${pitch} in the last chord`);
  const lowest = Math.min(...sounding.map(({ pitch }) => pitch));
  const bass = chord.bass === undefined ? root : tonics.indexOf(chord.bass);
  if (lowest % 12 !== bass) breaks(`${lowest} is the lowest of the last chord`);
  if (!plan.chordsGiven) {
    const tonic = tonics.indexOf(plan.key.tonic);
    if (bass !== tonic) breaks('the last chord is not on the tonic');
  }
}

/** Pairs of neighbours. */
function pairs<T>(values: readonly T[]): readonly (readonly [T, T])[] {
  return values.slice(1).map((value, i) => [values[i]!, value]);
}

/** Notes that sound together. */
function sounding(
  upper: readonly FileNote[],
  lower: readonly FileNote[],
): readonly (readonly [FileNote, FileNote])[] {
  return lower.flatMap((low) =>
    upper.filter((high) => high.start < low.end && low.start < high.end).map((high) => [high, low] as const),
  );
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-6;
}
