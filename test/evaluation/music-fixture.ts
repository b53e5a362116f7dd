/** Made-up music for the tests of the evaluation, with keys, recurring figures, chords and dynamics. */
import type { Library } from '../../src/evaluation/material.js';
import { Random } from '../../src/model/random.js';
import { toSequence } from '../../src/model/sequence.js';
import type { Note } from '../../src/music/note.js';

const major = [0, 2, 4, 5, 7, 9, 11];

/** A piece in a major key: figures of eight scale notes, some of which recur, with occasional chords. */
export function madeUpPiece(seed: number, notes: number): Note[] {
  const random = new Random(seed);
  const tonic = random.below(12);
  const beat = 0.1 + 0.2 * random.uniform();
  const chordShare = 0.2 + 0.3 * random.uniform();
  const register = 20 + random.below(12);
  const loudness = 50 + random.below(30);
  let degree = register;
  const figures = Array.from({ length: 200 }, () =>
    Array.from({ length: 8 }, () => (degree = Math.min(Math.max(degree + random.below(7) - 3, 14), 44))),
  );
  let accent = 0;
  let onsetSeconds = 0;
  return Array.from({ length: Math.ceil(notes / 8) }, () => figures[random.below(figures.length)]!)
    .flat()
    .slice(0, notes)
    .map((step, i) => {
      const inChord = random.uniform() < chordShare;
      if (i > 0) onsetSeconds += inChord ? 0.005 + 0.01 * random.uniform() : beat * (1 + random.below(2));
      accent = 0.6 * accent + random.normal();
      return {
        pitch: tonic + 12 * Math.floor(step / 7) + major[step % 7]!,
        onsetSeconds,
        durationSeconds: beat * (0.5 + 2 * random.uniform()),
        velocity: Math.min(Math.max(Math.round(loudness + 10 * accent), 1), 127),
      };
    });
}

/** Made-up pieces, split in two. */
export function madeUpLibrary(
  pieces: number,
  notes: number,
): Library & { readonly pieces: Map<string, Note[]> } {
  const all = new Map(
    Array.from({ length: 2 * pieces }, (_, i): [string, Note[]] => [`${i}.mid`, madeUpPiece(i + 1, notes)]),
  );
  const files = [...all].map(([name, piece]) => ({ name, sequence: toSequence(piece) }));
  return {
    pieces: all,
    corpus: { training: files.slice(0, pieces), validation: files.slice(pieces) },
    performance: ({ name }) => Promise.resolve(all.get(name)!),
  };
}
