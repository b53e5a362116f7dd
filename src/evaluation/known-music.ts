import { Random, shuffle } from '../model/random.js';
import type { Note } from '../music/note.js';
import { excerptLength, excerptOf, type Excerpt } from './excerpt.js';
import type { Material } from './material.js';

/**
 * Music of known quality: an evaluation must rank it in this order before it can be trusted with models. Best
 * first.
 */
export const knownMusic = {
  real: ({ played }) => played,
  permuted: ({ played }, random) => played.map((excerpt) => permuted(excerpt, random)),
  bigrams: ({ referencePieces, played }, random) => {
    const chain = new BigramChain(referencePieces);
    return played.map(() => chain.excerpt(random));
  },
  noise: ({ referencePieces, played }, random) => {
    const notes = referencePieces.flatMap(withSteps);
    return played.map(() => noise(notes, random));
  },
  loop: ({ played }) => played.map(loop),
  ostinato: ({ played }, random) => played.map((excerpt) => ostinato(excerpt, random)),
} as const satisfies Record<string, (material: Material, random: Random) => readonly Excerpt[]>;

export type KnownMusic = keyof typeof knownMusic;

export function excerptsOf(name: KnownMusic, material: Material, seed: number): readonly Excerpt[] {
  return knownMusic[name](material, new Random(seed));
}

interface Step extends Omit<Note, 'onsetSeconds'> {
  /** Time since the previous note. */
  readonly stepSeconds: number;
}

/** All notes but the first, each with the time since the previous one. */
function withSteps(piece: readonly Note[]): Step[] {
  return piece.slice(1).map(({ pitch, onsetSeconds, durationSeconds, velocity }, i) => ({
    pitch,
    stepSeconds: onsetSeconds - piece[i]!.onsetSeconds,
    durationSeconds,
    velocity,
  }));
}

function inTime(steps: readonly Step[]): Excerpt {
  let onsetSeconds = 0;
  return excerptOf(
    steps.map(({ stepSeconds, ...note }, i) => {
      if (i > 0) onsetSeconds += stepSeconds;
      return { ...note, onsetSeconds };
    }),
  );
}

/** Rhythm and lengths as played; pitches, each with its velocity, shuffled. */
function permuted(excerpt: Excerpt, random: Random): Excerpt {
  const order = Uint32Array.from(excerpt.pitch.keys());
  shuffle(order, random);
  return {
    ...excerpt,
    pitch: excerpt.pitch.map((_, i) => excerpt.pitch[order[i]!]!),
    velocity: excerpt.velocity.map((_, i) => excerpt.velocity[order[i]!]!),
  };
}

/** Pitch, step, duration and velocity of each note, drawn independently from all notes. */
function noise(notes: readonly Step[], random: Random): Excerpt {
  const any = (): Step => notes[random.below(notes.length)]!;
  return inTime(
    Array.from({ length: excerptLength }, () => ({
      pitch: any().pitch,
      stepSeconds: any().stepSeconds,
      durationSeconds: any().durationSeconds,
      velocity: any().velocity,
    })),
  );
}

/** A bigram model: each pitch is followed by a note that followed it in the data. */
class BigramChain {
  /** The notes that followed each pitch. */
  readonly #next = new Map<number, Step[]>();
  readonly #all: readonly Step[];

  constructor(pieces: readonly (readonly Note[])[]) {
    this.#all = pieces.flatMap(withSteps);
    for (const piece of pieces) {
      withSteps(piece).forEach((step, i) => {
        const { pitch } = piece[i]!;
        const next = this.#next.get(pitch);
        if (next === undefined) this.#next.set(pitch, [step]);
        else next.push(step);
      });
    }
  }

  excerpt(random: Random): Excerpt {
    let last = this.#all[random.below(this.#all.length)]!;
    return inTime(
      Array.from({ length: excerptLength }, () => {
        const next = this.#next.get(last.pitch) ?? this.#all; // the last pitch of a piece may have no successor
        return (last = next[random.below(next.length)]!);
      }),
    );
  }
}

/** The first 16 notes, repeated; the loop is closed by the step that followed them. */
function loop({ onset, duration, pitch, velocity }: Excerpt): Excerpt {
  const round = 16;
  const again = <T extends Float64Array | Uint8Array>(values: T): T =>
    values.map((_, i) => values[i % round]!) as T;
  return {
    onset: onset.map((_, i) => onset[i % round]! + Math.floor(i / round) * onset[round]!),
    duration: again(duration),
    pitch: again(pitch),
    velocity: again(velocity),
  };
}

/** Two pitches of the excerpt, chosen at random for each of four notes per second; all equally loud. */
function ostinato({ pitch, velocity }: Excerpt, random: Random): Excerpt {
  const pair = [pitch[0]!, pitch.find((other) => other !== pitch[0]) ?? pitch[0]!];
  return {
    onset: Float64Array.from(pitch, (_, i) => 250 * i),
    duration: new Float64Array(pitch.length).fill(250),
    pitch: pitch.map(() => pair[random.below(2)]!),
    velocity: velocity.map(() => velocity[0]!),
  };
}
