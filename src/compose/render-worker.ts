import { finishPiece } from './finish.js';
import { verifyMidi } from '../music/midi/verify.js';
import { writeMidi } from '../music/midi/write.js';
import { endOf } from '../music/note.js';
import type { Piece } from '../music/piece.js';
import { formatRecord } from '../request/record.js';
import type { CompositionRequest } from '../request/request.js';
import { giveWay } from '../threads/give-way.js';
import type { ServiceResult } from './service/model-service.js';
import { renderAudio, type AudioPreview } from '../render/audio/audio.js';
import { describePiece } from '../render/describe.js';
import { oggOpusSeconds } from '../render/audio/opus.js';
import { drawPianoRoll } from '../render/roll/piano-roll.js';
import type { CurveWords, RollWords } from '../render/picture-words.js';
import { drawTrainingCurve, type CurvePoint } from '../render/curve/training-curve.js';
import type { Composition, KeptFiles, ShownComposition } from './composition.js';
import { handOver } from '../threads/thread-pool.js';

/** A piece with its file. */
interface WrittenPiece {
  readonly piece: Piece;
  /** Identifies the weights, e.g. `lstm@1a2b3c4d`. */
  readonly model: string;
  readonly midi: Uint8Array;
}

/** How sound and picture are made. */
interface Manner {
  readonly soundFont?: string;
  readonly maxFileBytes?: number;
  readonly words?: RollWords;
}

export interface RenderTask extends Manner {
  readonly request: CompositionRequest;
  readonly composed: ServiceResult;
}

export interface CurveTask {
  readonly points: readonly CurvePoint[];
  readonly words: CurveWords;
}

export interface RestoreTask extends Manner {
  readonly request: CompositionRequest;
  readonly written: WrittenPiece;
  readonly kept: KeptFiles;
}

/** A {@link ShownComposition} without what only its studio knows. */
export type Restored = Omit<ShownComposition, 'request'>;

/** A {@link Composition} without what only its studio knows. */
export interface Rendered extends Omit<Composition, 'request' | 'timingsMs'> {
  readonly timingsMs: Pick<Composition['timingsMs'], 'midi' | 'audio' | 'image'>;
}

/** What the thread can do. */
export interface RenderTasks {
  readonly render: typeof render;
  readonly restore: typeof restore;
  readonly drawCurve: typeof drawCurve;
}

giveWay('answer');

/** Turns composed notes into files: MIDI, written and read back; sound; picture. */
export async function render({ request, composed, ...manner }: RenderTask): Promise<Rendered> {
  const start = performance.now();
  const written = write(request, composed);
  const writtenAt = performance.now();
  const audio = await hear(written, manner);
  const heardAt = performance.now();
  const image = draw(written, request, manner);
  const drawnAt = performance.now();
  const rendered = {
    ...show(written, audio, image),
    audioSeconds: audio.durationSeconds,
    waveform: audio.waveform,
    timingsMs: { midi: writtenAt - start, audio: heardAt - writtenAt, image: drawnAt - heardAt },
  };
  return handOver(rendered, audio.bytes, image);
}

/** Gives a piece its files again: those that were kept, and what is missing of them made anew. */
export async function restore({ request, written, kept, ...manner }: RestoreTask): Promise<Restored> {
  const audio = keptPreview(written.piece, kept.audio) ?? (await hear(written, manner));
  return show(written, audio, kept.image ?? draw(written, request, manner));
}

/** Draws the curve of a training, as a PNG. */
export function drawCurve({ points, words }: CurveTask): Uint8Array {
  return drawTrainingCurve(points, words);
}

function write(request: CompositionRequest, { opening, generated, model }: ServiceResult): WrittenPiece {
  const piece = finishPiece(request, opening, generated);
  const midi = writeMidi(piece, [formatRecord(request, piece.givenNotes, model)]);
  verifyMidi(midi, piece);
  return { piece, model, midi };
}

function hear({ midi, piece }: WrittenPiece, { soundFont, maxFileBytes }: Manner): Promise<AudioPreview> {
  return renderAudio(midi, {
    noteSeconds: endOf(piece.notes),
    ...(soundFont !== undefined && { soundFont }),
    ...(maxFileBytes !== undefined && { maxBytes: maxFileBytes }),
  });
}

function draw({ piece, model }: WrittenPiece, { seed }: CompositionRequest, { words }: Manner): Uint8Array {
  return drawPianoRoll(piece, { model, seed, ...(words && { words }) });
}

type Preview = Pick<AudioPreview, 'bytes' | 'cutAtSeconds'>;

/** A preview as it was; nothing when it is not whole. It was cut where the last note begins after its end. */
function keptPreview({ notes }: Piece, bytes: Uint8Array | undefined): Preview | undefined {
  const seconds = bytes && oggOpusSeconds(bytes);
  if (bytes === undefined || seconds === undefined) return undefined;
  const isCut = notes.some(({ onsetSeconds }) => onsetSeconds >= seconds);
  return isCut ? { bytes, cutAtSeconds: seconds } : { bytes };
}

function show({ piece, model, midi }: WrittenPiece, audio: Preview, image: Uint8Array): Restored {
  const description = describePiece(piece);
  return {
    piece,
    durationSeconds: endOf(piece.notes),
    model,
    midi: { name: 'composition.mid', contentType: 'audio/midi', bytes: midi, description },
    audio: {
      name: 'composition.ogg',
      contentType: 'audio/ogg',
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
  };
}
