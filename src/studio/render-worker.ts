import { finishPiece } from '../music/finish.js';
import { verifyMidi } from '../music/midi-verify.js';
import { writeMidi } from '../music/midi-write.js';
import type { Piece } from '../music/piece.js';
import { formatRecord } from '../music/record.js';
import type { CompositionRequest } from '../music/request.js';
import type { ServiceResult } from '../model/service/model-service.js';
import { renderAudio } from '../render/audio.js';
import { describePiece } from '../render/describe.js';
import { drawPianoRoll, type RollCaption } from '../render/piano-roll.js';
import type { Composition, MediaFile } from './composition.js';

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
}

/** A {@link Composition} without its picture and what only its studio knows. */
export interface Rendered extends Omit<Composition, 'request' | 'image' | 'timingsMs'> {
  readonly timingsMs: Pick<Composition['timingsMs'], 'midi' | 'audio'>;
}

export interface DrawTask {
  readonly piece: Piece;
  readonly caption: RollCaption;
}

export interface Drawn {
  readonly image: MediaFile;
  readonly timingsMs: Pick<Composition['timingsMs'], 'image'>;
}

/** The thread program that turns composed notes into files: MIDI, written and read back, and sound. */
export async function render(task: RenderTask): Promise<Rendered> {
  const { request, source, soundFont, maxFileBytes } = task;
  const start = performance.now();
  const { piece, model, midi } = 'composed' in source ? write(request, source.composed) : source;
  const written = performance.now();
  const audio = await renderAudio(midi, {
    ...(soundFont !== undefined && { soundFont }),
    ...(maxFileBytes !== undefined && { maxBytes: maxFileBytes }),
  });
  const heard = performance.now();

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
    timingsMs: { midi: written - start, audio: heard - written },
  };
}

/** The thread program that draws a piece, once its words are known. */
export function draw({ piece, caption }: DrawTask): Drawn {
  const start = performance.now();
  const bytes = drawPianoRoll(piece, caption);
  return {
    image: {
      name: 'composition.png',
      contentType: 'image/png',
      bytes,
      description: `Piano roll: ${describePiece(piece)}`,
    },
    timingsMs: { image: performance.now() - start },
  };
}

function write(request: CompositionRequest, { opening, generated, model }: ServiceResult): WrittenPiece {
  const piece = finishPiece(request, opening, generated);
  const midi = writeMidi(piece, [formatRecord(request, piece.givenNotes, model)]);
  verifyMidi(midi, piece);
  return { piece, model, midi };
}
