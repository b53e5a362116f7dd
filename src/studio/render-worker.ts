import { finishPiece } from '../music/finish.js';
import { verifyMidi } from '../music/midi-verify.js';
import { writeMidi } from '../music/midi-write.js';
import type { CompositionRequest } from '../music/request.js';
import type { ServiceResult } from '../model/service/model-service.js';
import { renderAudio } from '../render/audio.js';
import { describePiece } from '../render/describe.js';
import { drawPianoRoll } from '../render/piano-roll.js';
import type { Composition } from './composition.js';

export interface RenderTask {
  readonly request: CompositionRequest;
  readonly composed: ServiceResult;
  readonly soundFont?: string;
  readonly maxFileBytes?: number;
}

/** A {@link Composition} without what only its studio knows. */
export interface Rendered extends Omit<Composition, 'request' | 'timingsMs'> {
  readonly timingsMs: Pick<Composition['timingsMs'], 'midi' | 'audio' | 'image'>;
}

/** The thread program that turns composed notes into files: MIDI, written and read back; sound; picture. */
export async function render(task: RenderTask): Promise<Rendered> {
  const { request, composed, soundFont, maxFileBytes } = task;
  const start = performance.now();
  const piece = finishPiece(request, composed.opening, composed.generated);
  const midi = writeMidi(piece);
  verifyMidi(midi, piece);
  const written = performance.now();
  const audio = await renderAudio(midi, {
    ...(soundFont !== undefined && { soundFont }),
    ...(maxFileBytes !== undefined && { maxBytes: maxFileBytes }),
  });
  const heard = performance.now();
  const image = drawPianoRoll(piece, { model: composed.model, seed: request.seed });
  const drawn = performance.now();

  const description = describePiece(piece);
  return {
    piece,
    durationSeconds: piece.notes.reduce(
      (end, note) => Math.max(end, note.onsetSeconds + note.durationSeconds),
      0,
    ),
    model: composed.model,
    midi: { name: 'composition.mid', contentType: 'audio/midi', bytes: midi, description },
    audio: {
      name: `composition.${audio.extension}`,
      contentType: audio.contentType,
      bytes: audio.bytes,
      description: `Preview on a piano: ${description}`,
    },
    ...(audio.cutAtSeconds !== undefined && { audioCutAtSeconds: audio.cutAtSeconds }),
    image: {
      name: 'composition.png',
      contentType: 'image/png',
      bytes: image,
      description: `Piano roll: ${description}`,
    },
    timingsMs: { midi: written - start, audio: heard - written, image: drawn - heard },
  };
}
