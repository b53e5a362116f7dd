import { readFileSync } from 'node:fs';
import type { NetworkNote } from '../../../src/model/song/sequence.js';
import type { SongFrame } from '../../../src/model/song/frame.js';
import { sectionLetters } from '../../../src/plan/song-plan.js';
import type { Field, SongTags } from '../../../src/model/song/vocabulary.js';
import { tensorsOf, type SongModel } from '../../../src/model/song/weights.js';
import type { Shape } from '../../../src/model/transformer/layers.js';

/** Computed by `training/song/export.py --fixture`. */
export const expected = JSON.parse(readFileSync(new URL('fixture.json', import.meta.url), 'utf8')) as {
  readonly song: {
    /** Start, length, numerator, denominator. */
    readonly bars: readonly (readonly [number, number, number, number])[];
    readonly keys: readonly (readonly [onset: number, key: number])[];
    readonly chords: readonly (readonly [onset: number, chord: number])[];
    readonly sections: readonly (readonly [bar: number, letter: string, timesBefore: number])[];
    /** Onset, part, pitch, duration, velocity. */
    readonly notes: readonly (readonly [number, number, number, number, number])[];
  };
  readonly composed: readonly boolean[];
  readonly passage: readonly [first: number, end: number];
  readonly tags: SongTags;
  readonly tagPlaces: readonly number[];
  readonly kind: readonly number[];
  readonly fields: readonly (readonly number[])[];
  readonly onset: readonly number[];
  readonly plan: readonly (readonly number[])[];
  readonly closed: boolean;
  readonly start: number;
  readonly logits: Readonly<Record<Field, readonly number[]>>;
  readonly nats: Readonly<Record<Field, number>>;
};

const { song } = expected;
/** Names of sections, by the fixture's letters. */
const letters: Readonly<Record<string, (typeof sectionLetters)[number]>> = { i: 'intro' };

export const frame: SongFrame = {
  bars: song.bars.map(([start, length, numerator, denominator]) => ({
    start,
    length,
    numerator,
    denominator,
  })),
  keys: song.keys.map(([onset, key]) => ({ onset, key })),
  chords: song.chords.map(([onset, chord]) => ({ onset, chord })),
  sections: song.sections.map(([bar, letter, timesBefore]) => ({
    bar,
    letter: sectionLetters.findIndex((name) => name === (letters[letter] ?? letter)),
    returns: timesBefore > 0,
  })),
};

export const notes: readonly NetworkNote[] = song.notes.map(([onset, part, pitch, duration, velocity]) => ({
  onset,
  part,
  pitch,
  duration,
  velocity,
}));

const shape: Shape = { width: 64, layers: 2, heads: 1, mlp: 64, chain: 32, context: 64 };

/** As in `training/song/vocabulary.json`. */
const stretches = [
  [1, 96, 1],
  [102, 192, 6],
  [204, 288, 12],
  [312, 576, 24],
] as const;

/** The small network with made-up weights of `training/song/export.py`. */
export function madeUpModel(): SongModel {
  const seeds = new Map(tensorsOf(shape).map(([name], i) => [name, i + 1]));
  return {
    shape,
    clocks: {
      number: Array.from({ length: 12 }, (_, i) => (2 * Math.PI) / (6 * (2000 / 6) ** (i / 11))),
      onset: [12, 24, 48, 72, 96, 144, 192, 384, 768, 1536, 3072, 12288].map(
        (period) => (2 * Math.PI) / period,
      ),
      pitch: [12, 6, 4, 3, 2.4, 2, 48, 128].map((period) => (2 * Math.PI) / period),
      startPitch: 60,
    },
    vocabulary: {
      durations: stretches.flatMap(([first, last, step]) =>
        Array.from({ length: (last - first) / step + 1 }, (_, i) => first + i * step),
      ),
      velocitiesPerBin: 4,
      tempoLimits: [60, 72, 84, 96, 108, 120, 138, 160],
      densityLimits: [4, 7, 10, 14, 19, 26, 36],
      polyphonyLimits: [1.3, 2, 2.8, 3.6, 4.5, 6, 8],
    },
    typicalNats: 10,
    weights: { read: (name, to) => to.set(madeUpValues(to.length, seeds.get(name)!)) },
  };
}

/** Numbers between −0.3 and 0.3: a linear congruential generator. */
function madeUpValues(count: number, seed: number): Float32Array {
  let x = seed;
  return Float32Array.from({ length: count }, () => {
    x = (Math.imul(x, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.fround(x / 2 ** 30 - 1) * Math.fround(0.3);
  });
}
