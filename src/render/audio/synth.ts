import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import FluidSynth from 'js-synthesizer';

/**
 * Frames per second; Opus supports both. The lower rate halves the work and keeps everything below 12 kHz.
 */
export type SampleRate = 24_000 | 48_000;

/** Opus' own rate, which covers all audible frequencies. */
export const fullRate = 48_000 satisfies SampleRate;

const usualBlockSeconds = 0.5;

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
  /** Length of each block; half a second by default. */
  readonly blockSeconds?: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Plays a standard MIDI file with SoundFonts (SF2) and yields the audio in blocks of one length.
 * The blocks share memory: each is valid until the next is requested. Deterministic for the same file and
 * SoundFonts. Levels are low (a peak of 0.1 to 0.3 for a piano) and never clipped.
 * @param soundFonts with one or more instruments; if two have the same one, the last wins
 * @throws the signal's reason once it is aborted
 */
export async function* synthesise(
  midi: Uint8Array,
  soundFonts: readonly Uint8Array[],
  { maxFrames, sampleRate = fullRate, blockSeconds = usualBlockSeconds, signal }: SynthOptions,
): AsyncGenerator<StereoBlock, void, void> {
  const instrument = await take(soundFonts, sampleRate);
  const { synth } = instrument;
  try {
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
    idle.push(instrument);
  }
}

/** A synthesizer with the SoundFonts that it has loaded. */
interface Instrument {
  readonly synth: FluidSynth.Synthesizer;
  readonly soundFonts: readonly Uint8Array[];
  /** FluidSynth's pointers to them. */
  readonly loaded: readonly number[];
}

/**
 * Unused synthesizers. Each keeps its SoundFonts, because loading the piano takes about as long as rendering 20 seconds
 * of it, and its render buffer, which WebAssembly memory never returns.
 */
const idle: Instrument[] = [];

const settings = {
  initialGain: 0.6,
  chorusActive: false,
  // A small room: measured with the built-in piano, 1.3 s of reverberation, 16 dB below the direct sound.
  // The mono instruments get their stereo width from it.
  reverbActive: true,
  reverbRoomSize: 0.3,
  reverbDamp: 0.4,
  reverbWidth: 3,
  reverbLevel: 0.8,
};

/** A synthesizer in its initial state, with these SoundFonts. */
async function take(soundFonts: readonly Uint8Array[], sampleRate: SampleRate): Promise<Instrument> {
  const { calls } = await engine();
  const has = (other: Instrument): boolean =>
    other.soundFonts.length === soundFonts.length &&
    other.soundFonts.every((soundFont, i) => soundFont === soundFonts[i]);
  const at = idle.findIndex(has);
  const [used] = at < 0 ? idle.splice(0, 1) : idle.splice(at, 1);
  const synth = used?.synth ?? new FluidSynth.Synthesizer();
  if (used !== undefined && at >= 0) {
    // A new FluidSynth synthesizer has nothing left of the last piece; the SoundFonts move to it.
    for (const soundFont of used.loaded)
      calls._fluid_synth_remove_sfont(synth.getRawSynthesizer(), soundFont);
    synth.close();
    synth.init(sampleRate, settings);
    for (const soundFont of used.loaded) calls._fluid_synth_add_sfont(synth.getRawSynthesizer(), soundFont);
    return used;
  }
  synth.close();
  synth.init(sampleRate, settings);
  const loaded: number[] = [];
  try {
    for (const soundFont of soundFonts) {
      const id = await synth.loadSFont(asArrayBuffer(soundFont));
      loaded.push(calls._fluid_synth_get_sfont_by_id(synth.getRawSynthesizer(), id));
    }
  } catch (error) {
    idle.push({ synth, soundFonts: [], loaded: [] });
    throw error;
  }
  return { synth, soundFonts, loaded };
}

/** Functions of FluidSynth's API that the package does not wrap. Synthesizers and SoundFonts are pointers. */
interface FluidSynthCalls {
  _fluid_synth_get_sfont_by_id(synth: number, id: number): number;
  _fluid_synth_add_sfont(synth: number, soundFont: number): number;
  _fluid_synth_remove_sfont(synth: number, soundFont: number): number;
}

let started: Promise<{ readonly calls: FluidSynthCalls }> | undefined;

function engine(): Promise<{ readonly calls: FluidSynthCalls }> {
  started ??= (async () => {
    // This build only reads SF2. The other one also reads SF3, but plays its samples at wrong levels.
    const calls = createRequire(import.meta.url)(
      'js-synthesizer/externals/libfluidsynth-2.4.6.js',
    ) as FluidSynthCalls;
    FluidSynth.Synthesizer.initializeWithFluidSynthModule(calls);
    await FluidSynth.waitForReady();
    FluidSynth.disableLogging();
    return { calls };
  })();
  return started;
}

/** The engine copies its input; a large SoundFont is not copied in addition. */
function asArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) return buffer;
  return Uint8Array.from(bytes).buffer;
}
