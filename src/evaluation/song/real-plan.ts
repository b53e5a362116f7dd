import { tonics, type Key } from '../../music/theory/key.js';
import { roles } from '../../music/track.js';
import { barAt, type SongFrame } from '../../model/song/frame.js';
import type { NetworkNote } from '../../model/song/sequence.js';
import { chordOf, drumsPart } from '../../model/song/vocabulary.js';
import {
  instrumentClasses,
  positionsPerQuarter,
  type PlannedChord,
  type PlannedPart,
  type PlannedSection,
  type SectionLetter,
  type SongPlan,
} from '../../plan/song-plan.js';
import type { MeasuredPiece } from './measures.js';
import { letterOf, type PackedSong } from './packed.js';

/** Number of bars of a song that are used. */
export const countedBars = 32;
/** Songs with fewer bars do not show a form. */
const fewestBars = 16;
const usualBpm = 100;

/** The first bars of a real song, or of a part of one: its notes, and a plan that fits them. */
export interface RealPassage {
  readonly song: PackedSong;
  /** Of these bars. */
  readonly notes: readonly NetworkNote[];
  readonly plan: SongPlan;
}

/**
 * Passages of songs, each with its plan: the beginnings first, since many songs differ more than many passages of a
 * few; then what follows `countedBars` later in each, and so on.
 * @param limit maximum number of passages
 */
export function passagesOf(songs: readonly PackedSong[], limit: number): readonly RealPassage[] {
  const found: RealPassage[] = [];
  let rest = songs;
  while (rest.length > 0 && found.length < limit) {
    found.push(...rest.flatMap((song) => beginningOf(song) ?? []));
    rest = rest
      .filter(({ frame }) => frame.bars.length >= countedBars + fewestBars)
      .map((song) => from(song, countedBars));
  }
  return found.slice(0, limit);
}

/** A song from one of its bars on, as a song of its own. */
function from(song: PackedSong, first: number): PackedSong {
  const { bars, keys, chords, sections } = song.frame;
  const { start } = bars[first]!;
  /** What holds at the bar begins with it. */
  const later = <Change extends { readonly onset: number }>(
    changes: readonly Change[],
  ): readonly Change[] => {
    const current = changes.findLastIndex(({ onset }) => onset <= start);
    return changes
      .slice(Math.max(0, current))
      .map((change) => ({ ...change, onset: Math.max(0, change.onset - start) }));
  };
  const fromHere = <Section extends { readonly bar: number }>(
    all: readonly Section[],
  ): readonly Section[] => {
    const current = all.findLastIndex(({ bar }) => bar <= first);
    return all.slice(Math.max(0, current)).map((each) => ({ ...each, bar: Math.max(0, each.bar - first) }));
  };
  return {
    ...song,
    frame: {
      bars: bars.slice(first).map((bar) => ({ ...bar, start: bar.start - start })),
      keys: later(keys),
      chords: later(chords),
      sections: fromHere(sections),
    },
    sections: fromHere(song.sections),
    notes: song.notes
      .filter(({ onset }) => onset >= start)
      .map((note) => ({ ...note, onset: note.onset - start })),
  };
}

/** Undefined for a song that is too short, has no key or chords, or changes meter. */
export function beginningOf(song: PackedSong): RealPassage | undefined {
  const { frame } = song;
  const bars = frame.bars.slice(0, countedBars);
  const first = bars[0];
  if (
    first === undefined ||
    bars.length < fewestBars ||
    frame.keys.length === 0 ||
    frame.chords.length === 0
  ) {
    return undefined;
  }
  const { numerator, denominator } = first;
  const length = (4 * positionsPerQuarter * numerator) / denominator;
  const isEven = bars.every(
    (bar) => bar.length === length && bar.numerator === numerator && bar.denominator === denominator,
  );
  if (!isEven) return undefined;
  const end = bars.length * length;
  const notes = song.notes
    .filter(({ onset }) => onset < end)
    .map((note) => ({ ...note, duration: Math.min(note.duration, end - note.onset) }));
  const parts = [...new Set(notes.map(({ part }) => part))].sort((a, b) => a - b);
  const chords = frame.chords
    .filter(({ onset, chord }) => onset < end && chord > 0)
    .map(({ onset, chord }): PlannedChord => ({ onset, ...chordOf(chord) }));
  if (chords.length === 0 || parts.length === 0) return undefined;
  const plan: SongPlan = {
    style: song.style,
    taught: song.style,
    bpm: song.bpm > 0 ? song.bpm : usualBpm,
    key: mainKeyOf(frame.keys, end),
    barCount: bars.length,
    meters: [{ bar: 0, numerator, denominator }],
    chords: [{ ...chords[0]!, onset: 0 }, ...chords.slice(1)],
    chordsGiven: false,
    sections: sectionsOf(song, bars.length),
    parts: parts.map((part) => partOf(part, notes, song, bars.length)),
  };
  return { song, notes, plan };
}

/** The key of most of the bars up to a position: a plan has one key, where real music modulates. */
function mainKeyOf(keys: SongFrame['keys'], end: number): Key {
  const lengths = new Map<number, number>();
  keys.forEach(({ onset, key }, i) => {
    const until = Math.min(keys[i + 1]?.onset ?? end, end);
    lengths.set(key, (lengths.get(key) ?? 0) + Math.max(0, until - onset));
  });
  const [[key]] = [...lengths].sort(([, a], [, b]) => b - a) as [[number, number]];
  return { tonic: tonics[key >> 1]!, scale: key % 2 === 0 ? 'major' : 'natural-minor' };
}

/** Names that come again and have no letter in a plan take those that are free. */
function sectionsOf({ sections }: PackedSong, barCount: number): readonly PlannedSection[] {
  const inside = sections.filter(({ bar }) => bar < barCount);
  const names = inside.map(({ name }) => name);
  const again = new Set(names.filter((name, i) => letterOf(name) === 'other' && names.indexOf(name) < i));
  const free = (['A', 'B', 'C', 'D'] as const).filter((letter) => !names.includes(letter));
  const lent = new Map([...again].map((name, i): [string, SectionLetter] => [name, free[i] ?? 'other']));
  const counts = new Map<string, number>();
  const planned = inside.map(({ bar, name }): PlannedSection => {
    const letter = lent.get(name) ?? letterOf(name);
    const timesBefore = letter === 'other' ? 0 : (counts.get(name) ?? 0);
    counts.set(name, timesBefore + 1);
    return { bar, letter, timesBefore };
  });
  return planned[0]?.bar === 0 ? planned : [{ bar: 0, letter: 'A', timesBefore: 0 }, ...planned];
}

function partOf(
  part: number,
  all: readonly NetworkNote[],
  { frame }: PackedSong,
  barCount: number,
): PlannedPart {
  const notes = all.filter((note) => note.part === part);
  const isDrums = part === drumsPart;
  const classes = instrumentClasses.length - 1;
  const pitches = notes.map(({ pitch }) => pitch);
  const [first, last] = [notes[0]!, notes.at(-1)!].map(({ onset }) => barAt(frame.bars, onset));
  const overlapping = notes.filter(
    (note, i) => i > 0 && note.onset < notes[i - 1]!.onset + notes[i - 1]!.duration,
  );
  return {
    instrument: isDrums ? 'drums' : instrumentClasses[part % classes]!,
    role: isDrums ? 'drums' : roles[Math.floor(part / classes)]!,
    program: 0,
    name: String(part),
    range: [Math.min(...pitches), Math.max(...pitches)],
    // A voice that divides for a moment remains a single one.
    isMonophonic: !isDrums && overlapping.length * 50 <= notes.length,
    isPatterned: false,
    // A part whose last bar is near the end counts as playing to the end.
    plays: [{ first: first!, end: last! >= barCount - 4 ? barCount : last! + 1 }],
  };
}

/** Prepares notes composed with the plan of a real piece for measuring. */
export function measured(notes: readonly NetworkNote[], { plan, song }: RealPassage): MeasuredPiece {
  return {
    notes,
    bars: song.frame.bars.slice(0, plan.barCount),
    key: plan.key,
    tonic: tonics.indexOf(plan.key.tonic),
    chords: song.frame.chords,
  };
}
