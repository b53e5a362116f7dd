import { setImmediate as nextTurn } from 'node:timers/promises';
import { grandPiano, nearestProgram } from './instruments.js';
import { applyGain, gainCurve } from './levelling.js';
import { highest, LoudnessMeter } from './loudness.js';
import { OggOpusEncoder, oggOpusFrames, oggOpusSize } from './opus.js';
import { Recording } from './recording.js';
import { performanceOf } from './mix.js';
import { pianoRate, playPiano } from './piano.js';
import { shippedSounds } from './sound-bank.js';
import { ownSoundFont } from './sound-font.js';
import {
  fullRate,
  synthesise,
  type SampleRate,
  type SoundFont,
  type StereoBlock,
  type SynthOptions,
} from './synth.js';
import { isPianoAlone, type Piece } from '../../music/piece.js';

export interface AudioOptions {
  /** The preview is cut to fit into this; 8 MB by default. */
  readonly maxBytes?: number;
  /** Maximum length of the preview, whatever its size; ten minutes by default. */
  readonly maxSeconds?: number;
  /** When the last note ends, if known: audio that is too long is not recorded. */
  readonly noteSeconds?: number;
  readonly signal?: AbortSignal;
}

/** The audio of a piece. */
export interface AudioPreview {
  readonly bytes: Uint8Array;
  readonly contentType: 'audio/ogg';
  readonly extension: 'ogg';
  readonly durationSeconds: number;
  /** Where in the piece the preview ends, if the piece continues. */
  readonly cutAtSeconds?: number;
  /** Amplitude from start to end relative to the maximum, 0–255, at most 256 values. */
  readonly waveform: Uint8Array;
}

/** Bits per second, the best first. */
const bitrates = [96_000, 64_000] as const;
const lowestBitrate = bitrates[bitrates.length - 1]!;

const loudnessLufs = -16;
/**
 * Limit on samples, in dBFS. After decoding, peaks should not exceed −1 dBTP: between samples, and through
 * Opus, they grow by up to 1.2 dB (20 songs of all styles and 10 piano pieces, by ffmpeg's ebur128).
 */
const peak = -2.5;

/** The tail ends when the amplitude stays below its maximum times this factor (−60 dB). */
const inaudible = 1e-3;
/** Above the synthesizer's own noise (measured: 3e-8); its softest note reaches 9e-6. */
const noise = 1e-7;
const fadeSecondsAtEnd = 0.25;
const fadeSecondsAtCut = 3;

/** Audio up to this length is recorded (23 MB) before it is encoded; what is longer, or played quickly, is rendered twice. */
const recordedFrames = 120 * fullRate;

/**
 * Renders a piece like {@link renderSound}, with its own instrument, level and pan for each part.
 * @param midi the piece's own file
 * @param soundFont path of an SF2 file, whose instruments replace the built-in ones with the same program
 * @throws UserError when the SoundFont cannot be used
 */
export async function renderPiece(
  piece: Piece,
  midi: Uint8Array,
  { soundFont, ...options }: AudioOptions & { readonly soundFont?: string | undefined } = {},
): Promise<AudioPreview> {
  return renderSound(await soundOf(piece, midi, soundFont), options);
}

/** Something that can be played, any number of times. */
export interface Sound {
  /** At which all of it is kept. */
  readonly sampleRate: SampleRate;
  /** Whether playing it twice is better than keeping it. */
  readonly isQuick: boolean;
  /** The audio from its start, in blocks of one length. */
  readonly play: (options: Omit<SynthOptions, 'sampleRate'>) => AsyncGenerator<StereoBlock, void, void>;
}

/**
 * The sound of a piece. A piano alone has a renderer of its own.
 *
 * @param midi the piece's own file
 * @param soundFont path of an SF2 file, whose instruments are heard instead of the shipped ones of the same program
 * @throws UserError when the SoundFont cannot be used
 */
export async function soundOf(piece: Piece, midi: Uint8Array, soundFont: string | undefined): Promise<Sound> {
  const own = soundFont === undefined ? [] : [await ownSoundFont(soundFont)];
  if (isPianoAlone(piece) && !own.some(({ programs }) => programs.has(grandPiano))) {
    return { sampleRate: pianoRate, isQuick: true, play: (options) => playPiano(piece, options) };
  }
  const performance = performanceOf(piece, midi, ...own.map(({ programs }) => programs));
  const pianoNotes = piece.tracks
    .filter(({ isDrums, program }) => !isDrums && nearestProgram(program) === grandPiano)
    .flatMap(({ notes }) => notes);
  return midiSound(performance.midi, [...shippedSounds(performance.instruments, pianoNotes), ...own]);
}

/** The sound of a standard MIDI file with SoundFonts (SF2). */
export function midiSound(midi: Uint8Array, soundFonts: readonly SoundFont[]): Sound {
  return { sampleRate: fullRate, isQuick: false, play: (options) => synthesise(midi, soundFonts, options) };
}

/**
 * Renders a sound to an Ogg Opus file, stereo, at −16 LUFS and without samples above −1 dBFS; whole if it fits
 * into `maxBytes` and `maxSeconds`, otherwise as much as fits, faded out.
 * @throws RangeError when there is no sound, or `maxBytes` is too small for five seconds
 * @throws the signal's reason once it is aborted
 */
export async function renderSound(
  { sampleRate, isQuick, play }: Sound,
  options: AudioOptions = {},
): Promise<AudioPreview> {
  const { maxBytes = usualBytes, noteSeconds = 0, signal } = options;
  if (oggOpusFrames(maxBytes, lowestBitrate) < 5 * fullRate) {
    throw new RangeError(`${maxBytes} bytes are too few for a preview.`);
  }
  const maxFrames = Math.floor(longestSeconds(options) * sampleRate);

  // What is known to be too long has none.
  const recording =
    isQuick || Math.min(noteSeconds * sampleRate, maxFrames) > recordedFrames
      ? undefined
      : (idle.pop() ?? new Recording(recordedFrames));
  try {
    // The first pass measures …
    const meter = new LoudnessMeter(sampleRate);
    let recorded = recording;
    let whole = false;
    for await (const block of play({ maxFrames, signal })) {
      meter.add(block.left, block.right);
      if (recorded?.add(block) === false) recorded = undefined;
      whole = block.last;
    }
    const frames = whole ? audibleFrames(meter, fadeSecondsAtEnd * sampleRate) : meter.frames;
    if (frames === 0) throw new RangeError('The piece makes no sound.');

    // … and the second one encodes.
    const fadeFrames = (whole ? fadeSecondsAtEnd : fadeSecondsAtCut) * sampleRate;
    const curve = gainCurve(meter, { loudness: loudnessLufs, peak, frames, fadeFrames });
    const framesInFile = frames * (fullRate / sampleRate);
    const bitrate = bitrates.find((rate) => oggOpusSize(framesInFile, rate) <= maxBytes) ?? lowestBitrate;
    const encoder = new OggOpusEncoder(bitrate, sampleRate);
    let offset = 0;
    const blocks = recorded ? recorded.blocks() : play({ maxFrames: frames, signal });
    for await (const block of blocks) {
      await nextTurn();
      signal?.throwIfAborted();
      const left = block.left.subarray(0, frames - offset);
      const right = block.right.subarray(0, frames - offset);
      applyGain(left, curve, offset, meter.peakFrames);
      applyGain(right, curve, offset, meter.peakFrames);
      encoder.add(left, right);
      offset += left.length;
      if (offset === frames) break;
    }

    const durationSeconds = frames / sampleRate;
    return {
      bytes: encoder.finish(),
      contentType: 'audio/ogg',
      extension: 'ogg',
      durationSeconds,
      ...(whole ? {} : { cutAtSeconds: durationSeconds }),
      waveform: waveformOf(meter, frames),
    };
  } finally {
    recording?.clear();
    if (recording !== undefined) idle.push(recording);
  }
}

type Limits = Pick<AudioOptions, 'maxBytes' | 'maxSeconds'>;

const usualBytes = 8_000_000;

/** Maximum length of a preview, in seconds. */
export function longestSeconds({ maxBytes = usualBytes, maxSeconds = 600 }: Limits = {}): number {
  return Math.min(oggOpusFrames(maxBytes, lowestBitrate) / fullRate, maxSeconds);
}

/** Unused recording buffers; as many exist as were needed at the same time. */
const idle: Recording[] = [];

const waveformValues = 256;

function waveformOf({ peaks, peakFrames }: LoudnessMeter, frames: number): Uint8Array {
  const heard = peaks.slice(0, Math.ceil(frames / peakFrames));
  const loudest = highest(heard);
  const count = Math.min(waveformValues, heard.length);
  return Uint8Array.from({ length: count }, (_, i) => {
    const part = heard.slice((i * heard.length) / count, ((i + 1) * heard.length) / count);
    return (255 * highest(part)) / loudest;
  });
}

/** The frames up to the end of the last audible sound, and a fade. */
function audibleFrames({ peaks, peakFrames, frames }: LoudnessMeter, fadeFrames: number): number {
  const threshold = Math.max(noise, highest(peaks) * inaudible);
  const last = peaks.findLastIndex((value) => value > threshold);
  return last < 0 ? 0 : Math.min(frames, (last + 1) * peakFrames + fadeFrames);
}
