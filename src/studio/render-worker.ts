import { finishPiece } from '../music/finish.js';
import { verifyMidi } from '../music/midi-verify.js';
import { writeMidi } from '../music/midi-write.js';
import type { Piece } from '../music/piece.js';
import { formatRecord } from '../music/record.js';
import type { CompositionRequest } from '../music/request.js';
import type { ServiceResult } from '../model/service/model-service.js';
import { renderAudio } from '../render/audio.js';
import { describePiece } from '../render/describe.js';
import { drawPianoRoll } from '../render/piano-roll.js';
import type { RollWords } from '../render/picture-words.js';
import type { Composition } from './composition.js';

/** Composed notes that are to become a piece, or a piece with its file. */
export type RenderSource = { readonly composed: ServiceResult } | WrittenPiece;

interface WrittenPiece {
  readonly piece: Piece;
  /** Identifies the weights, e.g. `lstm@1a2b3c4d`. */
  readonly model: string;
  readonly midi: Uint8Array;
}

export interface RenderTask {
  readonly request: CompositionRequest;
  readonly source: RenderSource;
  readonly soundFont?: string;
  readonly maxFileBytes?: number;
  readonly words?: RollWords;
}

/** A {@link Composition} without what only its studio knows. */
export interface Rendered extends Omit<Composition, 'request' | 'timingsMs'> {
  readonly timingsMs: Pick<Composition['timingsMs'], 'midi' | 'audio' | 'image'>;
}

/** The thread program that turns composed notes into files: MIDI, written and read back; sound; picture. */
export async function render(task: RenderTask): Promise<Rendered> {
  const { request, source, soundFont, maxFileBytes, words } = task;
  const start = performance.now();
  const { piece, model, midi } = 'composed' in source ? write(request, source.composed) : source;
  const written = performance.now();
  const audio = await renderAudio(midi, {
    ...(soundFont !== undefined && { soundFont }),
    ...(maxFileBytes !== undefined && { maxBytes: maxFileBytes }),
  });
  const heard = performance.now();
  const image = drawPianoRoll(piece, { model, seed: request.seed, ...(words && { words }) });
  const drawn = performance.now();

  const description = describePiece(piece);
  return {
    piece,
    durationSeconds: piece.notes.reduce(
      (end, note) => Math.max(end, note.onsetSeconds + note.durationSeconds),
      0,
    ),
    model,
    midi: { name: 'composition.mid', contentType: 'audio/midi', bytes: midi, description },
    audio: {
      name: `composition.${audio.extension}`,
      contentType: audio.contentType,
      bytes: audio.bytes,
      description: `Preview on a piano: ${description}`,
    },
    audioSeconds: audio.durationSeconds,
    ...(audio.cutAtSeconds !== undefined && { audioCutAtSeconds: audio.cutAtSeconds }),
    waveform: audio.waveform,
    image: {
      name: 'composition.png',
      contentType: 'image/png',
      bytes: image,
      description: `Piano roll: ${description}`,
    },
    timingsMs: { midi: written - start, audio: heard - written, image: drawn - heard },
  };
}

function write(request: CompositionRequest, { opening, generated, model }: ServiceResult): WrittenPiece {
  const piece = finishPiece(request, opening, generated);
  const midi = writeMidi(piece, [formatRecord(request, piece.givenNotes, model)]);
  verifyMidi(midi, piece);
  return { piece, model, midi };
}
