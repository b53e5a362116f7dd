import { longestSeconds, renderPiece } from '../render/audio/audio.js';
import { oggOpusSeconds } from '../render/audio/opus.js';
import type { RollWords } from '../render/picture-words.js';
import { onwards } from '../music/edit/excerpt.js';
import { writeMidi } from '../music/midi/write.js';
import { endSeconds, heardNotes, isPianoAlone, type Piece } from '../music/piece.js';
import { secondsOf } from '../music/tempo-map.js';
import { previewStart } from './preview-start.js';
import type { CompositionRequest } from '../request/request.js';
import { outputFacts, outputRoles, type Output, type OutputRole, type Preview } from './composition.js';

/** A piece with its MIDI file. */
export interface WrittenPiece {
  readonly request: CompositionRequest;
  readonly piece: Piece;
  /** Identifies the weights, e.g. `lstm@1a2b3c4d`. */
  readonly model: string;
  readonly midi: Uint8Array;
}

/** Settings for making outputs. */
export interface OutputOptions {
  readonly soundFont?: string;
  /** Upper limit for each file; a preview is cut to fit. */
  readonly maxFileBytes?: number;
  readonly words: RollWords;
  /** Which are made; all unless given. */
  readonly roles?: readonly OutputRole[];
}

interface Made {
  readonly bytes: Uint8Array;
  readonly preview?: Preview;
}

interface OutputMaker {
  readonly make: (written: WrittenPiece, options: OutputOptions) => Made | Promise<Made>;
  /**
   * Reads an existing file; undefined if it is incomplete. If there is no such function, any file is
   * accepted.
   */
  readonly keep?: (written: WrittenPiece, bytes: Uint8Array) => Made | undefined;
}

/** The maker of each output. */
const makers: Readonly<Record<OutputRole, OutputMaker>> = {
  midi: {
    make: ({ midi }) => ({ bytes: midi }),
  },
  audio: {
    make: async ({ midi, piece }, { soundFont, maxFileBytes }) => {
      const limits = maxFileBytes === undefined ? {} : { maxBytes: maxFileBytes };
      const startTick = previewStart(piece, longestSeconds(limits));
      const heard = startTick === 0 ? piece : onwards(piece, startTick);
      const { bytes, durationSeconds, waveform, cutAtSeconds } = await renderPiece(
        heard,
        startTick === 0 ? midi : writeMidi(heard),
        { noteSeconds: endSeconds(heard), soundFont, ...limits },
      );
      const extent = extentOf(piece, startTick, durationSeconds, cutAtSeconds !== undefined);
      return { bytes, preview: { seconds: durationSeconds, waveform, ...extent } };
    },
    keep: ({ piece }, bytes) => {
      const seconds = oggOpusSeconds(bytes);
      if (seconds === undefined) return undefined;
      const startTick = previewStart(piece, longestSeconds());
      const end = secondsOf(piece)(startTick) + seconds;
      // It was cut if the last note begins after its end.
      const isCut = heardNotes(piece).some(({ onsetSeconds }) => onsetSeconds >= end);
      return { bytes, preview: { seconds, ...extentOf(piece, startTick, seconds, isCut) } };
    },
  },
  image: {
    make: async ({ piece, model, request: { seed } }, { words }) => {
      // Loaded with the first picture: what draws takes 10 MB.
      const draw = isPianoAlone(piece)
        ? (await import('../render/roll/piano-roll.js')).drawPianoRoll
        : (await import('../render/roll/parts-roll.js')).drawPartsRoll;
      return { bytes: draw(piece, { model, seed, words }) };
    },
  },
};

/** The part of a piece in the preview, if not the whole. */
function extentOf(
  piece: Piece,
  startTick: number,
  seconds: number,
  isCut: boolean,
): Pick<Preview, 'fromSeconds' | 'cutAtSeconds'> {
  const fromSeconds = secondsOf(piece)(startTick);
  return {
    ...(startTick > 0 && { fromSeconds }),
    ...(isCut && { cutAtSeconds: fromSeconds + seconds }),
  };
}

/**
 * Makes the outputs of a piece, one after the other.
 * @param kept existing files by extension, which need not be made again
 * @param onMade called with each output as soon as it is finished
 */
export async function makeOutputs(
  written: WrittenPiece,
  options: OutputOptions,
  kept: Readonly<Record<string, Uint8Array>> = {},
  onMade?: (role: OutputRole) => void,
): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  for (const role of options.roles ?? outputRoles) {
    const { make, keep } = makers[role];
    const facts = outputFacts[role];
    const bytes = kept[facts.extension];
    const whole = bytes && (keep === undefined ? { bytes } : keep(written, bytes));
    const made = whole ?? (await make(written, options));
    outputs.push({ role, ...facts, ...made });
    onMade?.(role);
  }
  return outputs;
}
