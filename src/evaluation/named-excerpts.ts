import { maestroComposers } from '../model/corpus.js';
import type { Measures } from '../model/characters-file.js';
import type { Note } from '../music/note.js';
import { excerptLength } from './excerpt.js';
import type { Library } from './material.js';
import { mean } from './statistics.js';

/** Each excerpt begins this many notes after the previous one. */
const stride = 512;

/** Composers with fewer excerpts are not judged. */
export const fewestExcerpts = 30;

/** Excerpts of a piece of the training split. */
export interface NamedExcerpts {
  /** Full name; empty for music other than MAESTRO, whose table names the composers. */
  readonly composer: string;
  readonly excerpts: readonly (readonly Note[])[];
}

/** @param folder of MAESTRO */
export async function* namedExcerpts(library: Library, folder: string): AsyncGenerator<NamedExcerpts> {
  const composers = await maestroComposers(folder);
  for (const file of library.corpus.training) {
    const notes = await library.performance(file, 'pedal-extended');
    const excerpts: (readonly Note[])[] = [];
    for (let at = 0; at + excerptLength <= notes.length; at += stride)
      excerpts.push(notes.slice(at, at + excerptLength));
    yield { composer: composers.get(file.name) ?? '', excerpts };
  }
}

export function measured(notes: readonly Note[]): Measures {
  const seconds = Math.max(notes.at(-1)!.onsetSeconds - notes[0]!.onsetSeconds, 0.1);
  return {
    density: notes.length / seconds,
    polyphony: notes.reduce((sum, { durationSeconds }) => sum + durationSeconds, 0) / seconds,
    loudness: mean(notes.map(({ velocity }) => velocity)),
  };
}
