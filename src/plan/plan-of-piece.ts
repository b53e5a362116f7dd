import { barTicks, type TimeSignature } from '../music/meter.js';
import { heardNotes, settingsAtStart, type Piece } from '../music/piece.js';
import { estimateKey } from '../music/theory/key-estimate.js';
import type { Key } from '../music/theory/key.js';
import { chordOfNumber, recogniseChords } from '../music/theory/recognise-chords.js';
import type { Role, Track } from '../music/track.js';
import { onGrid } from './grid.js';
import { instruments } from './instruments.js';
import { tonicChord } from './progressions.js';
import {
  barsOf,
  beatOf,
  bySongOrder,
  instrumentClasses,
  positionsPerQuarter,
  songMeters,
  type InstrumentClass,
  type PlannedChord,
  type PlannedPart,
  type SongNote,
  type SongPlan,
} from './song-plan.js';

/** Existing music for several instruments: its parts, bars and chords, and its notes on the grid. */
export interface PlannedPiece {
  readonly plan: SongPlan;
  /** In song order. */
  readonly notes: readonly SongNote[];
}

/** Number of bars of a file that a new piece begins with. */
const openingBars = 8;

/**
 * Infers a plan from a piece: its tracks are the parts, with their names and programs, and its chords are
 * recognised. Notes are rounded to 24 positions per quarter note; the tempo is that of the beginning.
 * @param onlyBeginning drops everything after the first bars that sound
 * @returns undefined for music for one kind of instrument, without a beat, or in a meter that songs do not
 *   support
 */
export function planOfPiece(piece: Piece, onlyBeginning = false): PlannedPiece | undefined {
  const tracks = playing(piece.tracks);
  const kinds = new Set(tracks.map(({ isDrums, program }) => (isDrums ? 'drums' : program)));
  const meter = onlyMeter(piece);
  if (kinds.size < 2 || meter === undefined || !piece.hasBars || tracks.length > mostParts) return undefined;
  const bar = barTicks(meter, positionsPerQuarter);
  const all = notesOf(tracks, piece.ticksPerQuarter);
  const first = Math.floor(all[0]!.onset / bar);
  const skipped = onlyBeginning ? first * bar : 0;
  const end = onlyBeginning ? openingBars * bar : Infinity;
  const notes = all
    .map((note) => ({ ...note, onset: note.onset - skipped }))
    .filter(({ onset }) => onset < end);
  const barCount = Math.floor(notes.at(-1)!.onset / bar) + 1;
  const { tempoBpm } = settingsAtStart(piece);
  const hasDrums = tracks.some(({ isDrums }) => isDrums);
  const meters = [{ bar: 0, ...meter }];
  return {
    plan: {
      // The style of training with the most similar instruments: that of pop has no drums.
      ...(hasDrums
        ? ({ style: 'pop', taught: 'band' } as const)
        : ({ style: 'chamber', taught: 'quartet' } as const)),
      bpm: tempoBpm,
      key: keyOf(piece),
      barCount,
      meters,
      chords: chordsOf(notes, tracks, meter, barCount),
      chordsGiven: false,
      sections: [{ bar: 0, letter: 'A', timesBefore: 0 }],
      parts: partsOf(tracks, barCount),
    },
    notes,
  };
}

/** Extends a plan by some bars, over the chords of its last ones, and ends on its tonic. */
export function continuedPlan(plan: SongPlan, added: number): SongPlan {
  const { barCount, chords } = plan;
  const whole = { ...plan, barCount: barCount + added };
  const bars = barsOf(whole);
  const cycle = Math.min(barCount, added);
  const later = Array.from({ length: added - 1 }, (_, i) => i).flatMap((i): readonly PlannedChord[] => {
    const [from, to] = [bars[barCount - cycle + (i % cycle)]!, bars[barCount + i]!];
    const before = chords.findLast(({ onset }) => onset <= from.start) ?? chords[0]!;
    const within = chords.filter(({ onset }) => onset > from.start && onset < from.start + from.length);
    return [{ ...before, onset: from.start }, ...within].map((chord) => ({
      ...chord,
      onset: chord.onset - from.start + to.start,
    }));
  });
  const last = { ...tonicChord(plan.key), onset: bars.at(-1)!.start };
  return {
    ...whole,
    chords: [...chords, ...later, last],
    sections: [...plan.sections, { bar: barCount, letter: 'B', timesBefore: 0 }],
    parts: plan.parts.map((part) => ({ ...part, plays: [{ first: 0, end: barCount + added }] })),
  };
}

/** The number of combinations of instrument classes and roles, plus drums. */
const mostParts = 32;

/** The tracks with notes; all drum tracks are merged. */
function playing(tracks: readonly Track[]): readonly Track[] {
  const heard = tracks.filter(({ notes }) => notes.length > 0);
  const first = heard.findIndex(({ isDrums }) => isDrums);
  if (first < 0) return heard;
  const notes = heard.flatMap((track) => (track.isDrums ? track.notes : []));
  const drums = { ...heard[first]!, notes: notes.toSorted((a, b) => a.startTick - b.startTick) };
  return heard.flatMap((track, i) => (i === first ? [drums] : track.isDrums ? [] : [track]));
}

function onlyMeter({ meters, ticksPerQuarter }: Piece): TimeSignature | undefined {
  const names = new Set(meters.map(({ numerator, denominator }) => `${numerator}/${denominator}`));
  const [name = '4/4'] = names;
  const known = songMeters.find((each) => each === name);
  if (names.size > 1 || known === undefined) return undefined;
  const [numerator = 4, denominator = 4] = known.split('/').map(Number);
  const bar = barTicks({ numerator, denominator }, ticksPerQuarter);
  return meters.every(({ tick }) => tick % bar === 0) ? { numerator, denominator } : undefined;
}

function notesOf(tracks: readonly Track[], ticksPerQuarter: number): readonly SongNote[] {
  return tracks
    .flatMap(({ notes }, part) => notes.map((note) => onGrid(note, part, ticksPerQuarter)))
    .sort(bySongOrder);
}

/**
 * The key that the piece states, unless it is the default of many programs; otherwise estimated from the
 * notes.
 */
function keyOf(piece: Piece): Key {
  const { key: stated } = settingsAtStart(piece);
  const isTold = stated !== undefined && !(stated.tonic === 'C' && stated.scale === 'major');
  return isTold ? stated : (estimateKey(heardNotes(piece))?.key ?? { tonic: 'C', scale: 'major' });
}

/** The chord of each beat where it changes. */
function chordsOf(
  notes: readonly SongNote[],
  tracks: readonly Track[],
  meter: TimeSignature,
  barCount: number,
): readonly PlannedChord[] {
  const beat = beatOf(meter);
  const beatsInBar = barTicks(meter, positionsPerQuarter) / beat;
  const count = barCount * beatsInBar;
  const numbers = recogniseChords(
    notes.filter(({ part }) => !tracks[part]!.isDrums),
    {
      limits: Array.from({ length: count + 1 }, (_, i) => i * beat),
      strong: Array.from({ length: count }, (_, i) => i % beatsInBar === 0),
    },
  );
  const chords = numbers.flatMap((number, i): readonly PlannedChord[] => {
    const chord = number === numbers[i - 1] ? undefined : chordOfNumber(number);
    return chord === undefined ? [] : [{ ...chord, onset: i * beat }];
  });
  const [first, ...others] = chords;
  return first === undefined ? [{ root: 'C', kind: 'maj', onset: 0 }] : [{ ...first, onset: 0 }, ...others];
}

/** Parts of the tracks, in the same order; no two have the same instrument class and role. */
function partsOf(tracks: readonly Track[], barCount: number): readonly PlannedPart[] {
  const wished = rolesOf(tracks);
  const taken = new Set<string>();
  const names = new Set<string>();
  return tracks.map((track, i) => {
    const [instrument, role] = seatOf(track, wished[i]!, taken);
    const pitches = track.notes.map(({ pitch }) => pitch);
    const [low, high] = [pitches.reduce((a, b) => Math.min(a, b)), pitches.reduce((a, b) => Math.max(a, b))];
    return {
      instrument,
      role,
      program: track.program,
      name: nameOf(track, names),
      range: track.isDrums
        ? instruments.drums.range
        : [Math.max(0, low - 3), Math.min(127, Math.max(high + 3, low + 9))],
      isMonophonic: !track.isDrums && isMonophonic(track),
      isPatterned: false,
      plays: [{ first: 0, end: barCount }],
    };
  });
}

/** The class of a track's program with the wished role if free; otherwise the nearest free combination. */
function seatOf(track: Track, wished: Role, taken: Set<string>): readonly [InstrumentClass, Role] {
  if (track.isDrums) return ['drums', 'drums'];
  const own = classOf(track.program);
  const classes = [own, ...instrumentClasses.filter((each) => each !== own && each !== 'drums')];
  const roles: readonly Role[] = [wished, 'harmony', 'counter-melody', 'bass', 'melody'];
  const seats = classes.flatMap((instrument) => roles.map((role) => [instrument, role] as const));
  const seat = seats.find(([instrument, role]) => !taken.has(`${instrument} ${role}`))!;
  taken.add(seat.join(' '));
  return seat;
}

/** By General MIDI family; rare instruments by how they are played: plucked, blown or struck. */
function classOf(program: number): InstrumentClass {
  const own: Readonly<Record<number, InstrumentClass>> = {
    46: 'guitar',
    47: 'chromatic-percussion',
    109: 'reed',
    110: 'strings',
    111: 'reed',
  };
  const families: readonly InstrumentClass[] = [
    ...([
      'piano',
      'chromatic-percussion',
      'organ',
      'guitar',
      'bass',
      'strings',
      'ensemble',
      'brass',
    ] as const),
    ...(['reed', 'pipe', 'lead', 'pad', 'pad', 'guitar', 'chromatic-percussion', 'pad'] as const),
  ];
  return own[program] ?? families[program >> 3]!;
}

const singers =
  /melod|vo[ck]al|voice|lead|solo|gesang|stimme|chant|voix|canto|voz|вокал|голос|メロディ|ボーカル/iu;

/** Assigns melody and bass; the others accompany, single-voice ones as counter-melody. */
function rolesOf(tracks: readonly Track[]): readonly Role[] {
  const pitched = tracks.filter(({ isDrums }) => !isDrums);
  const height = ({ notes }: Track): number =>
    notes.reduce((sum, { pitch }) => sum + pitch, 0) / notes.length;
  const lowest = pitched.reduce<Track | undefined>(
    (a, b) => (a && height(a) <= height(b) ? a : b),
    undefined,
  );
  const bass =
    pitched.find(({ program }) => classOf(program) === 'bass') ??
    (pitched.length > 1 && lowest !== undefined && height(lowest) < 55 ? lowest : undefined);
  const others = pitched.filter((track) => track !== bass);
  const lines = others.filter(isMonophonic);
  const melody =
    others.find(({ name }) => singers.test(name)) ??
    (lines.length > 0 ? lines : others).reduce<Track | undefined>(
      (a, b) => (a && height(a) >= height(b) ? a : b),
      undefined,
    );
  return tracks.map((track) => {
    if (track.isDrums) return 'drums';
    if (track === bass) return 'bass';
    if (track === melody) return 'melody';
    return isMonophonic(track) ? 'counter-melody' : 'harmony';
  });
}

/** Whether there are hardly ever two notes at once; a legato player may let a note ring into the next. */
function isMonophonic({ notes }: Track): boolean {
  const together = notes.filter(({ startTick }, i) => i > 0 && notes[i - 1]!.startTick === startTick);
  return together.length * 50 <= notes.length;
}

/** A unique name, so that the tracks of the written file can be distinguished. */
function nameOf({ name, program, isDrums }: Track, taken: Set<string>): string {
  const known = Object.values(instruments).find(
    (each) => each.program === program && (each.instrument === 'drums') === isDrums,
  );
  const own = name.trim().slice(0, 60) || known?.name || instruments.piano.name;
  const numbered = [own, ...Array.from({ length: mostParts }, (_, i) => `${own} ${i + 2}`)];
  const free = numbered.find((each) => !taken.has(each))!;
  taken.add(free);
  return free;
}
