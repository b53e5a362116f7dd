import tonejs from '@tonejs/midi';
import { median, rankCorrelation } from './statistics.js';

/** What a composition can be asked for, by the names of its options. */
export interface Wish {
  readonly tempo?: number;
  readonly pitch?: number;
  readonly velocity?: number;
  readonly key?: string;
  readonly scale?: string;
  readonly quantise?: string;
  readonly voices?: string;
}

/**
 * The product under test: takes a wish and returns the bytes of a MIDI file. The same seed gives the same
 * notes.
 */
export type ComposeMidi = (
  wish: Wish & { readonly notes: number; readonly seed: number },
) => Promise<Uint8Array>;

export interface ControlResult {
  /** The name of an option or of a tag; `all` options together. */
  readonly control: string;
  readonly isTag?: boolean;
  readonly requests: number;
  /** Number of wishes fulfilled in every note. */
  readonly obeyed: number;
  /** Spearman's correlation of requested and measured values, for controls that are amounts. */
  readonly correlation?: number;
}

const notes = 60;

/** Requested in turn; values between them are covered. */
const wishes = {
  tempo: [0.5, 0.8, 1.2, 1.6, 2].map((tempo) => ({ tempo })),
  pitch: [36, 48, 60, 72, 80].map((pitch) => ({ pitch })),
  velocity: [20, 45, 70, 90, 115].map((velocity) => ({ velocity })),
  key: [
    { key: 'C', scale: 'major' },
    { key: 'F#', scale: 'natural-minor' },
    { key: 'Bb', scale: 'harmonic-minor' },
    { key: 'D', scale: 'dorian' },
    { key: 'Ab', scale: 'major-pentatonic' },
    { key: 'A', scale: 'blues' },
  ],
  quantise: ['seed', 'straight', 'triplet'].map((quantise) => ({ quantise })),
  voices: Array.from({ length: 3 }, () => ({ voices: 'mono' })),
  all: [
    { tempo: 0.8, pitch: 60, velocity: 80, key: 'C', scale: 'major', quantise: 'straight', voices: 'poly' },
    {
      tempo: 1.5,
      pitch: 72,
      velocity: 50,
      key: 'G',
      scale: 'natural-minor',
      quantise: 'seed',
      voices: 'mono',
    },
    { tempo: 1.2, pitch: 50, velocity: 100, key: 'Eb', scale: 'lydian', quantise: 'triplet', voices: 'poly' },
    { tempo: 0.6, pitch: 65, velocity: 64, key: 'F#', scale: 'blues', quantise: 'triplet', voices: 'mono' },
  ],
} as const satisfies Record<string, readonly Wish[]>;

/** One more piece than there are wishes, to show what a tempo changes. */
export const requestsInAll = Object.values(wishes).flat().length + 1;

/**
 * Requests one wish after the other and checks the result in the MIDI file, with an independent reader and
 * independent tables.
 * @param onProgress called with the number of composed pieces
 */
export async function adherence(
  compose: ComposeMidi,
  onProgress?: (done: number) => void,
): Promise<readonly ControlResult[]> {
  let done = 0;
  const ask = async (wish: Wish, seed: number): Promise<Written> => {
    const bytes = await compose({ ...wish, notes, seed });
    onProgress?.(++done);
    return read(bytes);
  };
  const unhurried = await ask({}, 1);
  const results: ControlResult[] = [];
  for (const [control, asked] of Object.entries<readonly Wish[]>(wishes)) {
    let obeyed = 0;
    const got: number[] = [];
    for (const [i, wish] of asked.entries()) {
      // All tempos use the same seed, for comparison with the piece at its own tempo.
      const written = await ask(wish, control === 'tempo' ? 1 : i + 1);
      const tempo = unhurried.seconds / written.seconds;
      const amount = control === 'tempo' ? tempo : amountOf(control, written);
      if (amount !== undefined) got.push(amount);
      const isHurriedRightly = control !== 'tempo' || Math.abs(tempo / wish.tempo! - 1) < 0.01;
      if (isHurriedRightly && disobeyed(wish, written).length === 0) obeyed += 1;
    }
    const wanted = asked.map((wish) => wish[control as 'tempo' | 'pitch' | 'velocity']!);
    const correlation = got.length === asked.length ? rankCorrelation(wanted, got) : undefined;
    results.push({
      control,
      requests: asked.length,
      obeyed,
      ...(correlation !== undefined && { correlation }),
    });
  }
  return results;
}

/** A written file, read by @tonejs/midi. */
interface Written {
  readonly ticksPerBeat: number;
  readonly seconds: number;
  readonly notes: readonly {
    readonly pitch: number;
    readonly velocity: number;
    readonly startTick: number;
    readonly endTick: number;
  }[];
}

function read(bytes: Uint8Array): Written {
  const { header, tracks } = new tonejs.Midi(bytes);
  const all = tracks.flatMap((track) => track.notes);
  return {
    ticksPerBeat: header.ppq,
    seconds: all.reduce((end, note) => Math.max(end, note.time + note.duration), 0),
    notes: all
      .map(({ midi, velocity, ticks, durationTicks }) => ({
        pitch: midi,
        velocity: Math.round(velocity * 127),
        startTick: ticks,
        endTick: ticks + durationTicks,
      }))
      .sort((a, b) => a.startTick - b.startTick || a.pitch - b.pitch),
  };
}

function amountOf(control: string, written: Written): number | undefined {
  if (control === 'pitch') return lowerMedian(written);
  if (control === 'velocity') return meanVelocity(written);
  return undefined;
}

/** For an even number of notes, the lower of the two middle values. */
function lowerMedian({ notes: all }: Written): number {
  return Math.floor(median(all.map(({ pitch }) => pitch)));
}

function meanVelocity({ notes: all }: Written): number {
  return all.reduce((sum, { velocity }) => sum + velocity, 0) / all.length;
}

/**
 * The wishes that were not fulfilled. Where the key is kept, the median pitch may deviate by up to six
 * semitones.
 */
function disobeyed(wish: Wish, written: Written): (keyof Wish)[] {
  const { pitch, velocity, key, scale, quantise, voices } = wish;
  const isWrong: Partial<Record<keyof Wish, boolean>> = {
    pitch: pitch !== undefined && Math.abs(lowerMedian(written) - pitch) > (key === undefined ? 0.5 : 6),
    velocity: velocity !== undefined && Math.abs(meanVelocity(written) - velocity) > 0.5,
    key: key !== undefined && scale !== undefined && !isInScale(written, key, scale),
    quantise: quantise !== undefined && !isOnGrid(written, quantise),
    voices: voices === 'mono' && !isMonophonic(written),
  };
  return (Object.keys(isWrong) as (keyof Wish)[]).filter((name) => isWrong[name]);
}

const tonics = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B'];

const degrees: Readonly<Record<string, readonly number[]>> = {
  major: [0, 2, 4, 5, 7, 9, 11],
  'natural-minor': [0, 2, 3, 5, 7, 8, 10],
  'harmonic-minor': [0, 2, 3, 5, 7, 8, 11],
  dorian: [0, 2, 3, 5, 7, 9, 10],
  lydian: [0, 2, 4, 6, 7, 9, 11],
  'major-pentatonic': [0, 2, 4, 7, 9],
  blues: [0, 3, 5, 6, 7, 10],
};

function isInScale({ notes: all }: Written, key: string, scale: string): boolean {
  const tonic = tonics.indexOf(key);
  return all.every(({ pitch }) => degrees[scale]!.includes((pitch - tonic + 12) % 12));
}

/** In quarter-note beats. */
const lines: Readonly<Record<string, { readonly step: number; readonly lengths: readonly number[] }>> = {
  seed: { step: 1 / 2, lengths: [1 / 2, 1, 2, 4] },
  straight: { step: 1 / 4, lengths: [1 / 4, 1 / 2, 3 / 4, 1, 3 / 2, 2, 3, 4] },
  triplet: { step: 1 / 3, lengths: [1 / 3, 2 / 3, 1, 4 / 3, 2, 8 / 3, 4] },
};

function isOnGrid({ notes: all, ticksPerBeat }: Written, grid: string): boolean {
  const { step, lengths } = lines[grid]!;
  const ticks = lengths.map((length) => Math.round(length * ticksPerBeat));
  return all.every(
    ({ startTick, endTick }) =>
      startTick % Math.round(step * ticksPerBeat) === 0 && ticks.includes(endTick - startTick),
  );
}

function isMonophonic({ notes: all }: Written): boolean {
  return all.every(({ startTick }, i) => i === 0 || startTick >= all[i - 1]!.endTick);
}
