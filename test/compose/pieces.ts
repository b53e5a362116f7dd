import fc from 'fast-check';
import type { Piece } from '../../src/music/piece.js';
import { chordKinds } from '../../src/music/theory/chord.js';
import { scaleNames, tonics } from '../../src/music/theory/key.js';
import { roles, type Track, type TrackNote } from '../../src/music/track.js';

const value = fc.nat(127);
const velocity = fc.integer({ min: 1, max: 127 });

/** Chords, very short notes, adjacent repeated notes, but no overlapping notes of the same pitch. */
const notes: fc.Arbitrary<TrackNote[]> = fc
  .array(
    fc.record({
      pitch: value,
      /** Relative to the previous note of that pitch. */
      gapTicks: fc.oneof(fc.constant(0), fc.nat(10), fc.nat(2000)),
      lengthTicks: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 2000 })),
      velocity,
      given: fc.option(fc.constant(true as const), { nil: undefined }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .map((line) => {
    const freeFrom = new Map<number, number>();
    const struck = line.map(({ gapTicks, given, ...note }) => {
      const startTick = (freeFrom.get(note.pitch) ?? 0) + gapTicks;
      freeFrom.set(note.pitch, startTick + note.lengthTicks);
      return { ...note, startTick, ...(given && { given }) };
    });
    return struck.sort((a, b) => a.startTick - b.startTick);
  });

const tracks: fc.Arbitrary<Track[]> = fc
  .array(
    fc.record(
      {
        name: fc.constantFrom('', 'Piano', 'Erste Geige', 'さくら'),
        program: value,
        isDrums: fc.constant(false),
        volume: value,
        pan: value,
        role: fc.constantFrom(...roles),
        notes,
      },
      { requiredKeys: ['name', 'program', 'isDrums', 'notes'] },
    ),
    { minLength: 1, maxLength: 5 },
  )
  .chain((pitched) =>
    fc.record({ drums: fc.boolean(), at: fc.nat(pitched.length - 1) }).map(({ drums, at }) =>
      // Drums can be at any position among the tracks.
      pitched.map((track, i) => (drums && i === at ? { ...track, isDrums: true } : track)),
    ),
  );

function changes<T>(change: fc.Arbitrary<T>, first: number): fc.Arbitrary<(T & { tick: number })[]> {
  return fc
    .uniqueArray(fc.nat(20), { minLength: first, maxLength: 4 })
    .chain((bars) =>
      fc.tuple(
        ...bars
          .sort((a, b) => a - b)
          .map((bar, i) => change.map((what) => ({ ...what, tick: i < first ? 0 : bar * 1920 + 1920 }))),
      ),
    );
}

const keys = fc
  .record({ tonic: fc.constantFrom(...tonics), scale: fc.constantFrom(...scaleNames) })
  .map((key) => ({ key }));

const chords = fc.record(
  { chord: fc.record({ root: fc.constantFrom(...tonics), kind: fc.constantFrom(...chordKinds) }) },
  { requiredKeys: [] },
);

/** Any piece, with any number of tracks, and changes of tempo, meter and key. */
export const pieces: fc.Arbitrary<Piece> = fc
  .record({
    title: fc.string({ unit: 'grapheme', maxLength: 30 }),
    ticksPerQuarter: fc.constantFrom(480, 96, 960),
    tempos: changes(fc.record({ microsecondsPerQuarter: fc.integer({ min: 10_000, max: 0xffffff }) }), 1),
    meters: changes(
      fc.record({ numerator: fc.integer({ min: 1, max: 16 }), denominator: fc.constantFrom(1, 2, 4, 8, 16) }),
      1,
    ),
    keys: changes(keys, 0),
    chords: fc.option(changes(chords, 0), { nil: undefined }),
    sections: fc.option(changes(fc.record({ name: fc.constantFrom('A', 'B', 'Verse 2', 'サビ') }), 0), {
      nil: undefined,
    }),
    hasBars: fc.boolean(),
    tracks,
  })
  .map(({ chords: told, sections, ...piece }) => ({
    ...piece,
    ...(told && told.length > 0 && { chords: told }),
    ...(sections && sections.length > 0 && { sections }),
  }));
