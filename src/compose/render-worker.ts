import { finishPiece, finishSong } from './finish.js';
import { verifyMidi } from '../music/midi/verify.js';
import { writeMidi } from '../music/midi/write.js';
import { endSeconds } from '../music/piece.js';
import type { TitleWords } from '../music/title.js';
import { formatRecord } from '../request/record.js';
import type { CompositionRequest } from '../request/request.js';
import { lowerPriority } from '../threads/priority.js';
import type { ServiceResult } from './service/model-service.js';
import type { CurveWords } from '../render/picture-words.js';
import type { CurvePoint } from '../render/curve/training-curve.js';
import { eachOutput, type KeptFiles, type OutputRole, type ShownComposition } from './composition.js';
import { makeOutputs, type OutputOptions, type WrittenPiece } from './outputs.js';
import { handOver } from '../threads/thread-pool.js';

export interface RenderTask extends OutputOptions {
  readonly request: CompositionRequest;
  readonly composed: ServiceResult;
}

export interface CurveTask {
  readonly points: readonly CurvePoint[];
  readonly words: CurveWords;
}

export interface RestoreTask extends OutputOptions {
  readonly written: WrittenPiece;
  readonly kept: KeptFiles;
}

/** A {@link ShownComposition} without its request, which the caller already has. */
export type Restored = Omit<ShownComposition, 'request'>;

/** The same for a piece that was just composed. */
export interface Rendered extends Restored {
  /** 0 for what was not made. */
  readonly timingsMs: Readonly<Record<OutputRole, number>>;
}

/** The tasks of the thread. */
export interface RenderTasks {
  readonly render: typeof render;
  readonly restore: typeof restore;
  readonly drawCurve: typeof drawCurve;
}

lowerPriority('answer');

/** Turns composed notes into a piece and its files: MIDI, written and read back; audio; picture. */
export async function render({ request, composed, ...options }: RenderTask): Promise<Rendered> {
  let since = performance.now();
  const timingsMs = eachOutput(() => 0);
  const written = write(request, composed, options.words.titlesInFile);
  const rendered = await show(written, options, {}, (role) => {
    const now = performance.now();
    timingsMs[role] = now - since;
    since = now;
  });
  const made: Uint8Array[] = [];
  for (const { role, bytes } of rendered.outputs) if (role !== 'midi') made.push(bytes);
  return handOver({ ...rendered, timingsMs }, ...made);
}

/** The files of an existing piece: kept ones, and missing ones rendered again. */
export function restore({ written, kept, ...options }: RestoreTask): Promise<Restored> {
  return show(written, options, kept);
}

/** Draws the curve of a training, as a PNG. */
export async function drawCurve({ points, words }: CurveTask): Promise<Uint8Array> {
  const { drawTrainingCurve } = await import('../render/curve/training-curve.js');
  return drawTrainingCurve(points, words);
}

function write(
  request: CompositionRequest,
  { song, opening, generated, model }: ServiceResult,
  titles: TitleWords,
): WrittenPiece {
  const piece = song ? finishSong(request, song) : finishPiece(request, opening, generated);
  const midi = writeMidi(piece, [formatRecord(request, piece, model)], [], titles);
  verifyMidi(midi, piece, titles);
  return { request, piece, model, midi };
}

async function show(
  written: WrittenPiece,
  options: OutputOptions,
  kept: KeptFiles,
  onMade?: (role: OutputRole) => void,
): Promise<Restored> {
  const { piece, model } = written;
  const outputs = await makeOutputs(written, options, kept, onMade);
  return { piece, durationSeconds: endSeconds(piece), model, outputs };
}
