import { readFileSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { heardNotes, type Piece } from '../../music/piece.js';
import { pianoSamples, type PianoSample } from './piano-samples.js';
import { shippedSoundFont } from './sound-font.js';
import type { SampleRate, StereoBlock, SynthOptions } from './synth.js';

/**
 * Frames per second. Above 12 kHz, the piano's samples are 71 dB below the rest.
 */
export const pianoRate = 24_000 satisfies SampleRate;

/** Frames for which an envelope is linear, as in `assembly/piano.ts`. */
const step = 48;
/** The fields of a voice there, of four bytes each. */
const fields = {
  ...{ speedFraction: 2, speed: 3, sample: 4, loopEnd: 5, loopLength: 6, gain: 7 },
  ...{ hold: 9, held: 10, decay: 11, release: 12, start: 13 },
} as const;
const fieldsOfVoice = 16;
const attackSteps = 2;
/** dB by which an envelope falls in its decay or release time (FluidSynth's; SoundFont 2.04 says 100). */
const envelopeRange = 96;

/** Simultaneous notes; one more ends the oldest. */
const mostVoices = 256;

const usualBlockSeconds = 0.5;
const longestBlock = usualBlockSeconds * pianoRate;

/** Channel volume of a file that states none. */
const usualVolume = 100;
/** Measured: as loud as the synthesizer at its gain of 0.6, for every velocity, volume and pan. */
const initialGain = 0.684;

/**
 * Plays a piece for piano alone with the built-in piano and yields the audio in blocks of one length, up to half a
 * second, at {@link pianoRate}. It sounds like the synthesizer (`synth.ts`) with the same SoundFont at a fraction of
 * the cost: a voice is stereo and has no filter, modulators or effects, which the piano does not use.
 *
 * The blocks share memory: each is valid until the next is requested. Deterministic.
 * @throws the signal's reason once it is aborted
 */
export async function* playPiano(
  piece: Piece,
  { maxFrames, blockSeconds = usualBlockSeconds, signal }: Omit<SynthOptions, 'sampleRate'>,
): AsyncGenerator<StereoBlock, void, void> {
  const kernel = (instance ??= new PianoKernel());
  const notes = struckNotes(piece);
  const shares = channelShares(piece);
  const blockFrames = Math.round(blockSeconds * pianoRate);
  const left = new Float32Array(blockFrames);
  const right = new Float32Array(blockFrames);
  const voices = kernel.takeVoices();
  try {
    let struck = 0;
    for (let frame = 0; frame < maxFrames; frame += blockFrames) {
      await nextTurn();
      signal?.throwIfAborted();
      kernel.silence(blockFrames);
      for (let into = 0; into < blockFrames; into += step) {
        for (; struck < notes.length && notes[struck]!.start < frame + into + step; struck++) {
          kernel.strike(voices, notes[struck]!, notes[struck]!.start - frame - into);
        }
        kernel.mix(voices, into);
      }
      kernel.read(left, right, shares);
      const length = Math.min(blockFrames, maxFrames - frame);
      const last = struck === notes.length && voices.count === 0;
      yield { left: left.subarray(0, length), right: right.subarray(0, length), last };
      if (last) return;
    }
  } finally {
    kernel.returnVoices(voices);
  }
}

interface StruckNote {
  readonly pitch: number;
  readonly velocity: number;
  /** In frames. */
  readonly start: number;
  readonly length: number;
  /** Amplitude due to the volume of the channel. */
  readonly level: number;
}

/** A key that is struck again ends its note. */
function struckNotes(piece: Piece): StruckNote[] {
  const level = ((piece.tracks[0]?.volume ?? usualVolume) / 127) ** 2;
  const heard = level > 0 ? heardNotes(piece) : [];
  const nextStart = new Map<number, number>();
  return heard
    .toReversed()
    .map(({ pitch, velocity, onsetSeconds, durationSeconds }) => {
      // The kernel works on pairs of frames.
      const start = 2 * Math.round((onsetSeconds * pianoRate) / 2);
      const length = Math.min(durationSeconds * pianoRate, (nextStart.get(pitch) ?? Infinity) - start);
      nextStart.set(pitch, start);
      return { pitch, velocity, start, length, level };
    })
    .toReversed();
}

/** Shares of the left and of the right channel in the left one, then in the right one. */
type Shares = readonly [number, number, number, number];

/** The pan of a channel moves both sides of the piano, as far as there is room. */
function channelShares({ tracks }: Piece): Shares {
  const pan = ((tracks[0]?.pan ?? 64) - 64) / 64;
  const angle = (Math.abs(pan) * Math.PI) / 4;
  const [kept, moved] = [Math.cos(angle), Math.sin(angle)];
  return pan >= 0 ? [kept, 0, moved, 1] : [1, moved, 0, kept];
}

/** The exports of `assembly/piano.ts`, documented there. Pointers are byte addresses. */
interface Calls {
  readonly memory: WebAssembly.Memory;
  fillTable(table: number): void;
  mix(voices: number, count: number, table: number, out: number): number;
  separate(frames: number, n: number, left: number, right: number, ...shares: Shares): void;
}

/** Memory for the voices of one performance. */
interface Voices {
  readonly address: number;
  count: number;
}

interface LoadedSample extends Omit<PianoSample, 'left' | 'right'> {
  readonly address: number;
  readonly frames: number;
}

const pageBytes = 65_536;
const frameBytes = 4;

/** The samples of the piano and its voices, in WebAssembly memory. */
class PianoKernel {
  readonly #calls: Calls;
  readonly #samples: readonly LoadedSample[];
  readonly #table: number;
  /** Stereo frames, and where they are separated. */
  readonly #out: number;
  readonly #left: number;
  readonly #right: number;
  #end: number;
  #bytes: ArrayBuffer;
  readonly #idle: Voices[] = [];

  constructor() {
    const module = new WebAssembly.Module(readFileSync(new URL('./piano.wasm', import.meta.url)));
    this.#calls = new WebAssembly.Instance(module).exports as unknown as Calls;
    this.#bytes = this.#calls.memory.buffer;
    this.#end = this.#bytes.byteLength;
    this.#samples = Array.from(pianoSamples(shippedSoundFont), (sample) => this.#load(sample));
    this.#table = this.#allocate(256 * 16);
    this.#out = this.#allocate(2 * 4 * longestBlock);
    this.#left = this.#allocate(4 * longestBlock);
    this.#right = this.#allocate(4 * longestBlock);
    this.#calls.fillTable(this.#table);
  }

  takeVoices(): Voices {
    const voices = this.#idle.pop() ?? { address: this.#allocate(4 * fieldsOfVoice * mostVoices), count: 0 };
    voices.count = 0;
    return voices;
  }

  returnVoices(voices: Voices): void {
    this.#idle.push(voices);
  }

  /** @param into frame of the next step at which the note begins */
  strike(voices: Voices, { pitch, velocity, length, level }: StruckNote, into: number): void {
    const sample = this.#samples.find(
      ({ keys, velocities }) => isWithin(pitch, keys) && isWithin(velocity, velocities),
    )!;
    const bytes = 4 * fieldsOfVoice;
    if (voices.count === mostVoices) {
      const first = voices.address;
      new Uint8Array(this.#bytes).copyWithin(first, first + bytes, first + mostVoices * bytes);
      voices.count -= 1;
    }
    const voice = voices.address + voices.count * bytes;
    voices.count += 1;
    const integers = new Int32Array(this.#bytes, voice, fieldsOfVoice);
    const floats = new Float32Array(this.#bytes, voice, fieldsOfVoice);
    integers.fill(0);
    const speed = (2 ** ((pitch - sample.root) / 12) * sample.rate) / pianoRate;
    integers[fields.speed] = Math.floor(speed);
    integers[fields.speedFraction] = (speed % 1) * 2 ** 32;
    integers[fields.sample] = sample.address;
    integers[fields.loopEnd] = sample.frames;
    integers[fields.loopLength] = sample.frames - sample.loopStart;
    floats[fields.gain] = (initialGain * level * (velocity / 127) ** 2) / 32_768;
    integers[fields.hold] = attackSteps + stepsIn(sample.holdSeconds);
    integers[fields.held] = Math.max(attackSteps, Math.round((into + length) / step));
    floats[fields.decay] = fallIn(sample.decaySeconds);
    floats[fields.release] = fallIn(sample.releaseSeconds);
    integers[fields.start] = into;
  }

  silence(frames: number): void {
    new Float32Array(this.#bytes, this.#out, 2 * frames).fill(0);
  }

  /** Adds a step of all voices to the block. */
  mix(voices: Voices, into: number): void {
    if (voices.count === 0) return;
    voices.count = this.#calls.mix(voices.address, voices.count, this.#table, this.#out + 2 * 4 * into);
  }

  /** Copies the block. */
  read(left: Float32Array, right: Float32Array, shares: Shares): void {
    this.#calls.separate(this.#out, left.length, this.#left, this.#right, ...shares);
    left.set(new Float32Array(this.#bytes, this.#left, left.length));
    right.set(new Float32Array(this.#bytes, this.#right, right.length));
  }

  /** With one frame before the sample and two of its loop after it, for the interpolation. */
  #load({ left, right, ...sample }: PianoSample): LoadedSample {
    const frames = left.length;
    const address = this.#allocate((frames + 3) * frameBytes) + frameBytes;
    const stored = new Int16Array(this.#bytes, address, 2 * (frames + 2));
    for (let i = 0; i < frames + 2; i++) {
      const from = i < frames ? i : sample.loopStart + i - frames;
      stored[2 * i] = left[from]!;
      stored[2 * i + 1] = right[from]!;
    }
    return { ...sample, address, frames };
  }

  /** Zeroed memory. Never freed. */
  #allocate(bytes: number): number {
    const address = this.#end;
    this.#end += Math.ceil(bytes / 16) * 16;
    const missing = this.#end - this.#bytes.byteLength;
    if (missing > 0) this.#calls.memory.grow(Math.ceil(missing / pageBytes));
    this.#bytes = this.#calls.memory.buffer;
    return address;
  }
}

function isWithin(value: number, { from, to }: PianoSample['keys']): boolean {
  return value >= from && value <= to;
}

function stepsIn(seconds: number): number {
  return Math.round((seconds * pianoRate) / step);
}

/** The factor for one step of an envelope that falls by its whole range in this time. */
function fallIn(seconds: number): number {
  return 10 ** ((-envelopeRange / 20) * (step / pianoRate / seconds));
}

let instance: PianoKernel | undefined;
