import { describe, expect, it } from 'vitest';
import { songPiece } from '../../../src/compose/song-piece.js';
import { brokenPromises, promises, type SongPromise } from '../../../src/evaluation/song/promises.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import type { PlannedPart, SongNote, SongPlan } from '../../../src/plan/song-plan.js';
import { bands } from '../../model/song/plans.js';

const plays = [{ first: 0, end: 2 }];
const planOf = (
  taught: 'quartet' | 'pop',
  parts: readonly Omit<PlannedPart, 'plays' | 'isPatterned'>[],
): SongPlan => ({
  style: taught,
  taught,
  bpm: 120,
  key: { tonic: 'C', scale: 'major' },
  barCount: 2,
  meters: [{ bar: 0, numerator: 4, denominator: 4 }],
  chords: [
    { onset: 0, root: 'G', kind: '7' },
    { onset: 96, root: 'C', kind: 'maj' },
  ],
  chordsGiven: false,
  sections: [{ bar: 0, letter: 'A', timesBefore: 0 }],
  parts: parts.map((part) => ({ ...part, isPatterned: false, plays })),
});
const note = (onset: number, part: number, pitch: number, duration: number): SongNote => ({
  onset,
  part,
  pitch,
  duration,
  velocity: 80,
});

const quartet = planOf('quartet', bands.quartet!);
const cadence = [71, 67, 62, 43].map((pitch, part) => note(0, part, pitch, 96));
const rest = [72, 67, 64, 36].map((pitch, part) => note(96, part, pitch, 96));
const good = [...cadence, ...rest];

const pop = planOf('pop', [bands.pop![0]!, bands.pop![4]!]);
const melody = [note(0, 0, 67, 96), note(96, 0, 72, 96)];
const beat = [36, 42].flatMap((pitch) => [0, 24, 48, 72, 96].map((onset) => note(onset, 1, pitch, 6)));

function brokenBy(plan: SongPlan, notes: readonly SongNote[], asked = plan): Set<SongPromise> {
  const bytes = writeMidi(songPiece(plan, notes, 'Song'));
  return new Set(brokenPromises(bytes, asked).map(({ promise }) => promise));
}

/** Changes one note, by index. */
const changed = (notes: readonly SongNote[], number: number, change: Partial<SongNote>): SongNote[] =>
  notes.map((each, i) => (i === number ? { ...each, ...change } : each));

describe('the checker of songs', () => {
  it('finds nothing in valid files', () => {
    expect(brokenBy(quartet, good)).toEqual(new Set());
    expect(brokenBy(pop, [...melody, ...beat])).toEqual(new Set());
  });

  const faults: readonly (readonly [string, SongPromise, () => Set<SongPromise>])[] = [
    [
      'another meter',
      'bars',
      () => brokenBy(quartet, good, { ...quartet, meters: [{ bar: 0, numerator: 2, denominator: 2 }] }),
    ],
    ['another tempo', 'bars', () => brokenBy(quartet, good, { ...quartet, bpm: 90 })],
    ['a note beyond the end', 'bars', () => brokenBy(quartet, changed(good, 7, { duration: 120 }))],
    ['a note beside the grid', 'grid', () => brokenBy(quartet, changed(good, 0, { onset: 5, duration: 80 }))],
    ['a tone outside the scale', 'harmony', () => brokenBy(quartet, changed(good, 0, { pitch: 73 }))],
    ['a bass outside the chord', 'harmony', () => brokenBy(quartet, changed(good, 3, { pitch: 45 }))],
    ['a pitch the instrument has not', 'range', () => brokenBy(quartet, changed(good, 4, { pitch: 96 }))],
    ['two notes of one voice', 'voice', () => brokenBy(quartet, [...good, note(48, 0, 74, 24)])],
    [
      'three sticks',
      'drums',
      () => brokenBy(pop, [...melody, ...beat, note(24, 1, 38, 6), note(24, 1, 49, 6)]),
    ],
    ['two hi-hats', 'drums', () => brokenBy(pop, [...melody, ...beat, note(24, 1, 46, 6)])],
    [
      'a foot too fast',
      'drums',
      () => brokenBy(pop, [...melody, ...beat, note(6, 1, 36, 6), note(8, 1, 36, 6)]),
    ],
    ['voices that cross', 'order', () => brokenBy(quartet, changed(good, 1, { pitch: 74 }))],
    [
      'a silent part',
      'heard',
      () =>
        brokenBy(
          quartet,
          good.filter(({ part }) => part !== 2),
        ),
    ],
    [
      'another instrument',
      'heard',
      () =>
        brokenBy(quartet, good, {
          ...quartet,
          parts: quartet.parts.map((part) => ({ ...part, program: 5 })),
        }),
    ],
    ['an end on the third', 'ending', () => brokenBy(quartet, changed(good, 7, { pitch: 40 }))],
    [
      'a tone that is not of the last chord',
      'ending',
      () => brokenBy(quartet, changed(good, 4, { pitch: 74 })),
    ],
    ['no last bar', 'ending', () => brokenBy(quartet, cadence)],
    [
      'an end that is not on the tonic',
      'ending',
      () => brokenBy(quartet, good, { ...quartet, key: { tonic: 'G', scale: 'major' } }),
    ],
  ];

  it.each(faults)('finds %s', (_, promise, broken) => {
    expect(broken()).toContain(promise);
  });

  it('lets an instrument that reaches above an earlier one cross it', () => {
    const [melody, second, ...others] = quartet.parts;
    const piccolo = { ...quartet, parts: [melody!, { ...second!, range: [50, 98] as const }, ...others] };
    expect(brokenBy(piccolo, changed(good, 1, { pitch: 74 }))).toEqual(new Set());
    expect(brokenBy(piccolo, changed(good, 2, { pitch: 74 }))).toContain('order');
  });

  it('has a fault for every guarantee', () => {
    expect(new Set(faults.map(([, promise]) => promise))).toEqual(new Set(promises));
  });
});
