import type { PieceComposer, PieceInProgress } from '../model/piece-composer.js';
import { Random } from '../model/random.js';
import { finishPiece } from '../compose/finish.js';
import type { Note } from '../music/note.js';
import type { CompositionRequest, Opening } from '../request/request.js';
import type { ContinueOptions } from './evaluated-model.js';

/** The most notes, rests included, of which the asked number must sound. */
const mostNotes = 2000;

/** A request to go on from a primer, with nothing else asked. */
export function requestFrom(primer: readonly Note[], notes: number, seed: number): CompositionRequest {
  return {
    notes,
    temperature: 1,
    tempo: 1,
    quantise: 'none',
    voices: 'poly',
    seed,
    model: '',
    opening: { title: '', notes: primer, tempoBpm: 120, timeSignature: { numerator: 4, denominator: 4 } },
  };
}

/**
 * Continues primers with any composer, as many at once as it takes.
 * @param start begins a piece of that composer's
 * @returns the new notes alone, as the product would finish them, in the order of the primers
 */
export function continueWith(
  composer: PieceComposer & { readonly capacity: number },
  start: (request: CompositionRequest) => PieceInProgress,
  primers: readonly (readonly Note[])[],
  { count, seed, onProgress }: ContinueOptions,
): (readonly Note[])[] {
  const seeds = new Random(seed);
  const requests = primers.map((primer) => requestFrom(primer, mostNotes, seeds.integer()));
  const results: (readonly Note[])[] = [];
  const waiting = [...requests.entries()];
  const running = new Map<PieceInProgress, { at: number; request: CompositionRequest; enough: number }>();
  let notes = 0;
  while (waiting.length > 0 || running.size > 0) {
    while (waiting.length > 0 && running.size < composer.capacity) {
      const [at, request] = waiting.shift()!;
      running.set(start(request), { at, request, enough: count });
    }
    composer.step();
    for (const [piece, job] of running) {
      const { opening, progress } = piece;
      const done = progress === mostNotes;
      if (progress < job.enough && !done) continue;
      const finished = newNotes(job.request, opening, piece);
      // Rests do not sound and repeats within a moment are one note: a few more may be needed.
      job.enough = progress + Math.max(count - finished.length, 1);
      if (finished.length < count && !done) continue;
      results[job.at] = finished.slice(0, count);
      running.delete(piece);
      composer.stop(piece);
      notes += count;
      onProgress?.(notes);
    }
  }
  return results;
}

/** The new notes of the piece as the product would finish it now. */
export function newNotes(
  request: CompositionRequest,
  opening: Opening,
  { generated }: PieceInProgress,
): readonly Note[] {
  const piece = finishPiece(request, opening, generated);
  return piece.notes.slice(piece.givenNotes);
}
