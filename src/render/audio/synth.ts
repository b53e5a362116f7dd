import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import FluidSynth from 'js-synthesizer';
import { drumChannel } from '../../music/midi/events.js';

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

/** A SoundFont (SF2), the same object every time: what the synthesizer has loaded is not read again. */
export interface SoundFont {
  readonly read: () => Promise<Uint8Array>;
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
  soundFonts: readonly SoundFont[],
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
    putBack(await engine(), instrument);
  }
}

/** A SoundFont in FluidSynth's memory, which has the only copy of it. */
interface Loaded {
  readonly soundFont: SoundFont;
  /** FluidSynth's pointer to it. */
  readonly address: number;
  readonly bytes: number;
}

/** A synthesizer with the SoundFonts that it plays. */
interface Instrument {
  readonly synth: FluidSynth.Synthesizer;
  readonly loaded: readonly Loaded[];
}

/** Unused synthesizers: each keeps its render buffer, because WebAssembly memory is never returned. */
const idle: FluidSynth.Synthesizer[] = [];

/**
 * SoundFonts that no synthesizer plays, the least recently used first. Decoding the drums takes about as long as rendering
 * 20 seconds of them.
 */
const shelf: Loaded[] = [];

/** Limit on what a thread has loaded once it loads more, unless it plays more than that. The drums take 6 MB, all other instruments 46 MB. */
const mostLoadedBytes = 20e6;
let loadedBytes = 0;

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

/**
 * FluidSynth's number for linear interpolation, with which drums are played; others have polynomials of the third degree. The
 * long tails of drums are most of a song's voices, and they sound at their recorded pitch: a song takes a fifth less time
 * to render, and loses 1 to 1.5 dB above 8 kHz.
 */
const linear = 1;

/** A synthesizer in its initial state, with these SoundFonts. */
async function take(soundFonts: readonly SoundFont[], sampleRate: SampleRate): Promise<Instrument> {
  const calls = await engine();
  const synth = idle.pop() ?? new FluidSynth.Synthesizer();
  synth.init(sampleRate, settings);
  calls._fluid_synth_set_interp_method(synth.getRawSynthesizer(), drumChannel, linear);
  const known = soundFonts.map((soundFont) => {
    const at = shelf.findIndex((each) => each.soundFont === soundFont);
    return at < 0 ? undefined : shelf.splice(at, 1)[0];
  });
  const loaded = known.filter((each) => each !== undefined);
  try {
    for (const [i, soundFont] of soundFonts.entries()) {
      if (known[i] !== undefined) continue;
      known[i] = await load(calls, synth, soundFont);
      loaded.push(known[i]);
    }
  } catch (error) {
    putBack(calls, { synth, loaded });
    throw error;
  }
  // Only now, because the order matters.
  for (const each of known) calls._fluid_synth_add_sfont(synth.getRawSynthesizer(), each!.address);
  return { synth, loaded };
}

/** Nothing of the piece is left then; the SoundFonts stay in memory for the next one. */
function putBack(calls: FluidSynthCalls, { synth, loaded }: Instrument): void {
  for (const { address } of loaded) calls._fluid_synth_remove_sfont(synth.getRawSynthesizer(), address);
  // Ends the voices that still sound: FluidSynth never frees a SoundFont that is unloaded while one plays it.
  synth.close();
  shelf.push(...loaded);
  idle.push(synth);
}

/** @throws Error when FluidSynth cannot use it; it gives no reason */
async function load(
  calls: FluidSynthCalls,
  synth: FluidSynth.Synthesizer,
  soundFont: SoundFont,
): Promise<Loaded> {
  const bytes = await soundFont.read();
  makeRoom(calls, synth, bytes.length);
  const raw = synth.getRawSynthesizer();
  // FluidSynth takes files of the same name for the same file.
  const path = `${loads++}.sf2`;
  calls.FS.writeFile(path, bytes, { canOwn: true });
  const id = calls.ccall('fluid_synth_sfload', 'number', ['number', 'string', 'number'], [raw, path, 0]);
  calls.FS.unlink(path);
  if (id < 0) throw new Error('FluidSynth cannot load it');
  const address = calls._fluid_synth_get_sfont_by_id(raw, id);
  calls._fluid_synth_remove_sfont(raw, address);
  loadedBytes += bytes.length;
  return { soundFont, address, bytes: bytes.length };
}

let loads = 0;

/** Unloads what was not played for longest, until this much more is within the limit. */
function makeRoom(calls: FluidSynthCalls, synth: FluidSynth.Synthesizer, more: number): void {
  const raw = synth.getRawSynthesizer();
  while (loadedBytes + more > mostLoadedBytes) {
    const oldest = shelf.shift();
    if (oldest === undefined) return;
    // FluidSynth frees only what a synthesizer has.
    const id = calls._fluid_synth_add_sfont(raw, oldest.address);
    calls._fluid_synth_sfunload(raw, id, 0);
    loadedBytes -= oldest.bytes;
  }
}

/** Of FluidSynth's API and of Emscripten's. Synthesizers and SoundFonts are pointers. */
interface FluidSynthCalls {
  readonly FS: {
    /** @param options `canOwn`: the bytes are not copied */
    writeFile(path: string, bytes: Uint8Array, options: { readonly canOwn: boolean }): void;
    unlink(path: string): void;
  };
  ccall(name: string, returns: 'number', types: readonly string[], values: readonly unknown[]): number;
  _fluid_synth_get_sfont_by_id(synth: number, id: number): number;
  _fluid_synth_add_sfont(synth: number, soundFont: number): number;
  _fluid_synth_set_interp_method(synth: number, channel: number, method: number): number;
  _fluid_synth_remove_sfont(synth: number, soundFont: number): number;
  _fluid_synth_sfunload(synth: number, id: number, resetPresets: number): number;
}

let started: Promise<FluidSynthCalls> | undefined;

function engine(): Promise<FluidSynthCalls> {
  started ??= (async () => {
    // This build only reads SF2. The other one also reads SF3, but plays its samples at wrong levels.
    const calls = createRequire(import.meta.url)(
      'js-synthesizer/externals/libfluidsynth-2.4.6.js',
    ) as FluidSynthCalls;
    FluidSynth.Synthesizer.initializeWithFluidSynthModule(calls);
    await FluidSynth.waitForReady();
    FluidSynth.disableLogging();
    return calls;
  })();
  return started;
}

/** The engine copies its input. */
function asArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer, byteLength } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === byteLength) return buffer;
  return Uint8Array.from(bytes).buffer;
}
