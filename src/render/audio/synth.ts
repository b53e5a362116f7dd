import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import FluidSynth from 'js-synthesizer';

/**
 * Frames per second; Opus supports both. The lower rate halves the work and keeps everything below 12 kHz.
 */
export type SampleRate = 24_000 | 48_000;

/** Opus' own rate, which covers all audible frequencies. */
export const fullRate = 48_000 satisfies SampleRate;

const blockSeconds = 0.5;

/** Length of the reverb tail, in seconds, after the last voice has ended. */
const reverbTailSeconds = 1.5;

/** A block of audio; both channels have the same length. */
export interface StereoBlock {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
  /** Whether everything after this block is silent. */
  readonly last: boolean;
}

export interface SynthOptions {
  /** Rendering stops here, whatever the file's length. */
  readonly maxFrames: number;
  /** 48 kHz by default. */
  readonly sampleRate?: SampleRate;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Plays a standard MIDI file with SoundFonts (SF2) and yields the audio in blocks of at most half a second.
 * The blocks share memory: each is valid until the next is requested. Deterministic for the same file and
 * SoundFonts. Levels are low (a peak of 0.1 to 0.3 for a piano) and never clipped.
 * @param soundFonts with one or more instruments; if two have the same one, the last wins
 * @throws the signal's reason once it is aborted
 */
export async function* synthesise(
  midi: Uint8Array,
  soundFonts: readonly Uint8Array[],
  { maxFrames, sampleRate = fullRate, signal }: SynthOptions,
): AsyncGenerator<StereoBlock, void, void> {
  await startEngine();
  const synth = idle.pop() ?? new FluidSynth.Synthesizer();
  try {
    synth.init(sampleRate, {
      initialGain: 0.6,
      chorusActive: false,
      // A small room: measured with the built-in piano, 1.3 s of reverberation, 16 dB below the direct sound.
      // The mono instruments get their stereo width from it.
      reverbActive: true,
      reverbRoomSize: 0.3,
      reverbDamp: 0.4,
      reverbWidth: 3,
      reverbLevel: 0.8,
    });
    for (const soundFont of soundFonts) await synth.loadSFont(asArrayBuffer(soundFont));
    await synth.addSMFDataToPlayer(asArrayBuffer(midi));
    await synth.playPlayer();

    const blockFrames = blockSeconds * sampleRate;
    const left = new Float32Array(blockFrames);
    const right = new Float32Array(blockFrames);
    let ringing = reverbTailSeconds * sampleRate;
    for (let frame = 0; frame < maxFrames; frame += blockFrames) {
      await nextTurn();
      signal?.throwIfAborted();
      synth.render([left, right]);
      if (!synth.isPlayerPlaying() && !synth.isPlaying()) ringing -= blockFrames;
      const length = Math.min(blockFrames, maxFrames - frame);
      const last = ringing <= 0;
      yield { left: left.subarray(0, length), right: right.subarray(0, length), last };
      if (last) return;
    }
  } finally {
    synth.close();
    idle.push(synth);
  }
}

/** Closed synthesizers, for reuse: each keeps its render buffer in WebAssembly memory for good. */
const idle: FluidSynth.Synthesizer[] = [];

let engine: Promise<void> | undefined;

function startEngine(): Promise<void> {
  engine ??= (async () => {
    // This build only reads SF2. The other one also reads SF3, but plays its samples at wrong levels.
    const library: unknown = createRequire(import.meta.url)(
      'js-synthesizer/externals/libfluidsynth-2.4.6.js',
    );
    FluidSynth.Synthesizer.initializeWithFluidSynthModule(library);
    await FluidSynth.waitForReady();
    FluidSynth.disableLogging();
  })();
  return engine;
}

/** The engine copies its input; a large SoundFont is not copied in addition. */
function asArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) return buffer;
  return Uint8Array.from(bytes).buffer;
}
