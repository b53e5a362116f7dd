import { renderPiece } from '../render/audio/audio.js';
import { oggOpusSeconds } from '../render/audio/opus.js';
import type { RollWords } from '../render/picture-words.js';
import { drawPianoRoll } from '../render/roll/piano-roll.js';
import { endSeconds, heardNotes, type Piece } from '../music/piece.js';
import type { CompositionRequest } from '../request/request.js';
import { outputRoles, type Output, type OutputRole, type Preview } from './composition.js';

/** A piece with its MIDI file. */
export interface WrittenPiece {
  readonly request: CompositionRequest;
  readonly piece: Piece;
  /** Identifies the weights, e.g. `lstm@1a2b3c4d`. */
  readonly model: string;
  readonly midi: Uint8Array;
}

/** How outputs are made. */
export interface OutputOptions {
  readonly soundFont?: string;
  /** Upper limit for each file; a preview is cut to fit. */
  readonly maxFileBytes?: number;
  readonly words: RollWords;
}

interface Made {
  readonly bytes: Uint8Array;
  readonly preview?: Preview;
}

interface OutputMaker extends Omit<Output, 'role' | 'bytes' | 'preview'> {
  readonly make: (written: WrittenPiece, options: OutputOptions) => Made | Promise<Made>;
  /** What a file shows that is there already; nothing when it is not whole. Any file is taken unless given. */
  readonly keep?: (written: WrittenPiece, bytes: Uint8Array) => Made | undefined;
}

/** How each of them is made. */
const makers: Readonly<Record<OutputRole, OutputMaker>> = {
  midi: {
    extension: '.mid',
    contentType: 'audio/midi',
    withTakes: true,
    isLarge: false,
    make: ({ midi }) => ({ bytes: midi }),
  },
  audio: {
    extension: '.ogg',
    contentType: 'audio/ogg',
    withTakes: true,
    isLarge: true,
    make: async ({ midi, piece }, { soundFont, maxFileBytes }) => {
      const { bytes, durationSeconds, waveform, cutAtSeconds } = await renderPiece(piece, midi, {
        noteSeconds: endSeconds(piece),
        soundFont,
        ...(maxFileBytes !== undefined && { maxBytes: maxFileBytes }),
      });
      const cut = cutAtSeconds !== undefined && { cutAtSeconds };
      return { bytes, preview: { seconds: durationSeconds, waveform, ...cut } };
    },
    keep: ({ piece }, bytes) => {
      const seconds = oggOpusSeconds(bytes);
      if (seconds === undefined) return undefined;
      // It was cut where the last note begins after its end.
      const isCut = heardNotes(piece).some(({ onsetSeconds }) => onsetSeconds >= seconds);
      return { bytes, preview: { seconds, ...(isCut && { cutAtSeconds: seconds }) } };
    },
  },
  image: {
    extension: '.png',
    contentType: 'image/png',
    withTakes: false,
    isLarge: false,
    make: ({ piece, model, request: { seed } }, { words }) => ({
      bytes: drawPianoRoll(piece, { model, seed, words }),
    }),
  },
};

/**
 * Makes every output of a piece, one after the other.
 * @param kept files that are there already, by extension, and need not be made anew
 * @param onMade is told of each as soon as it is there
 */
export async function makeOutputs(
  written: WrittenPiece,
  options: OutputOptions,
  kept: Readonly<Record<string, Uint8Array>> = {},
  onMade?: (role: OutputRole) => void,
): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  for (const role of outputRoles) {
    const { make, keep, ...facts } = makers[role];
    const bytes = kept[facts.extension];
    const whole = bytes && (keep === undefined ? { bytes } : keep(written, bytes));
    const made = whole ?? (await make(written, options));
    outputs.push({ role, ...facts, ...made });
    onMade?.(role);
  }
  return outputs;
}
