import type { Composer, NoteStream } from '../model/composer.js';
import type { GeneratedNote } from '../model/generated.js';
import { Random } from '../model/random.js';
import { finishMusic } from '../compose/finish.js';
import { beginningFor } from '../compose/openings.js';
import type { Wishes } from '../request/settings.js';
import type { Note } from '../music/note.js';
import type { CompositionRequest, Opening } from '../request/request.js';
import type { OnProgress } from '../model/model.js';
import type { ContinueOptions } from './evaluated-model.js';
import type { WholePiece } from './whole-pieces.js';

/** A request to continue from a primer, with default options. */
export function requestFrom(primer: readonly Note[], notes: number, seed: number): CompositionRequest {
  return {
    ...nothingAsked,
    notes,
    seed,
    task: {
      kind: 'start',
      chosenBy: 'file',
      opening: { title: '', notes: primer, tempoBpm: 120, timeSignature: { numerator: 4, denominator: 4 } },
    },
  };
}

const nothingAsked = { temperature: 1, tempo: 1, quantise: 'none', voices: 'poly', model: '' } as const;

/**
 * A request as people make it: with a built-in opening, chosen by its seed and its wishes.
 * @param wishes including the length of the piece
 */
export function requestWithOpening(
  openings: ReadonlyMap<string, Opening>,
  hearsPerformances: boolean,
  seed: number,
  wishes: Wishes & Pick<CompositionRequest, 'notes' | 'length'>,
): CompositionRequest {
  const opening = beginningFor(openings, { ...nothingAsked, ...wishes, seed }, hearsPerformances);
  return { ...nothingAsked, ...wishes, seed, task: { kind: 'start', chosenBy: 'seed', opening } };
}

/**
 * Continues primers with any composer, in batches as large as it accepts.
 * @param open begins a piece with that composer
 * @param notes maximum number of notes of a piece, rests included
 * @returns only the new notes, as the product would finish them, in the order of the primers
 */
export function continueWith(
  composer: Composer,
  open: (request: CompositionRequest) => NoteStream,
  primers: readonly (readonly Note[])[],
  { count, seed, onProgress }: ContinueOptions,
  notes: number,
): (readonly Note[])[] {
  const seeds = new Random(seed);
  const requests = primers.map((primer) => requestFrom(primer, notes, seeds.integer()));
  const results: (readonly Note[])[] = [];
  const waiting = [...requests.entries()];
  const running = new Map<
    NoteStream,
    { at: number; request: CompositionRequest; generated: GeneratedNote[]; enough: number }
  >();
  let done = 0;
  while (waiting.length > 0 || running.size > 0) {
    while (waiting.length > 0 && running.size < composer.capacity) {
      const [at, request] = waiting.shift()!;
      running.set(open(request), { at, request, generated: [], enough: count });
    }
    composer.step();
    for (const [stream, job] of running) {
      job.generated.push(...stream.read());
      if (job.generated.length < job.enough && !stream.ended) continue;
      const finished = newNotes(job.request, stream.opening, job.generated);
      // Rests do not sound and repeats within a moment count as one note: a few more may be needed.
      job.enough = job.generated.length + Math.max(count - finished.length, 1);
      if (finished.length < count && !stream.ended) continue;
      results[job.at] = finished.slice(0, count);
      running.delete(stream);
      composer.close(stream);
      done += count;
      onProgress?.(done);
    }
  }
  return results;
}

/**
 * Composes whole pieces with any composer, in batches as large as it accepts.
 * @returns each piece's opening and its new notes, as the product would finish them, in the order of the
 *   requests
 */
export function composeAll(
  composer: Composer,
  open: (request: CompositionRequest) => NoteStream,
  requests: readonly CompositionRequest[],
  onProgress?: OnProgress,
): readonly WholePiece[] {
  const pieces: WholePiece[] = [];
  const waiting = [...requests.entries()];
  const running = new Map<
    NoteStream,
    { at: number; request: CompositionRequest; generated: GeneratedNote[] }
  >();
  let done = 0;
  while (waiting.length > 0 || running.size > 0) {
    while (waiting.length > 0 && running.size < composer.capacity) {
      const [at, request] = waiting.shift()!;
      running.set(open(request), { at, request, generated: [] });
    }
    composer.step();
    for (const [stream, { at, request, generated }] of running) {
      generated.push(...stream.read());
      if (!stream.ended) continue;
      running.delete(stream);
      pieces[at] = { opening: stream.opening.notes, notes: newNotes(request, stream.opening, generated) };
      onProgress?.((done += 1));
    }
  }
  return pieces;
}

/** The new notes of the piece as the product would finish it now, before rounding to ticks. */
export function newNotes(
  request: CompositionRequest,
  opening: Opening,
  generated: readonly GeneratedNote[],
): readonly Note[] {
  return finishMusic(request, opening, generated).notes.filter(({ isGiven }) => isGiven !== true);
}
