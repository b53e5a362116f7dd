import { readFileSync } from 'node:fs';

/** The exports of `assembly/samples.ts`, documented there. Pointers are byte addresses. */
interface Calls {
  readonly memory: WebAssembly.Memory;
  peak(samples: number, n: number): number;
  filteredEnergy(left: number, right: number, n: number, filters: number, memory: number): number;
  toIntegers(samples: number, n: number, factor: number, out: number): void;
  toFloats(integers: number, n: number, factor: number, out: number): void;
  amplify(samples: number, n: number, gain: number, slope: number): void;
  interleave(left: number, right: number, n: number, out: number): void;
}

/** Maximum number of frames per call; the caller splits longer blocks. */
export const mostFrames = 24_000;

const pageBytes = 65_536;

/** Per-sample processing, in WebAssembly, with memory for one working block. */
class SampleKernel {
  readonly calls: Calls;
  /** Addresses of float32. */
  readonly left: number;
  readonly right: number;
  /** Address of int16 values for both channels. */
  readonly integers: number;
  /** Addresses of float64 values: ten coefficients, and the filters' eight state values. */
  readonly filters: number;
  readonly filterMemory: number;
  readonly samples: readonly [left: Float32Array, right: Float32Array];
  readonly integerSamples: Int16Array;
  readonly coefficients: Float64Array;
  readonly remembered: Float64Array;

  constructor() {
    const module = new WebAssembly.Module(readFileSync(new URL('./samples.wasm', import.meta.url)));
    this.calls = new WebAssembly.Instance(module).exports as unknown as Calls;
    const { memory } = this.calls;
    this.filters = memory.buffer.byteLength;
    this.filterMemory = this.filters + 10 * 8;
    this.left = this.filters + 256;
    this.right = this.left + 4 * mostFrames;
    this.integers = this.right + 4 * mostFrames;
    memory.grow(Math.ceil((256 + 12 * mostFrames) / pageBytes));
    const { buffer } = memory;
    this.samples = [
      new Float32Array(buffer, this.left, mostFrames),
      new Float32Array(buffer, this.right, mostFrames),
    ];
    this.integerSamples = new Int16Array(buffer, this.integers, 2 * mostFrames);
    this.coefficients = new Float64Array(buffer, this.filters, 10);
    this.remembered = new Float64Array(buffer, this.filterMemory, 8);
  }

  /** Copies simultaneous samples into the working memory. */
  take(left: Float32Array, right: Float32Array): void {
    this.samples[0].set(left);
    this.samples[1].set(right);
  }
}

let instance: SampleKernel | undefined;

/** The kernel of this thread. Users must not rely on its memory between calls. */
export function sampleKernel(): SampleKernel {
  return (instance ??= new SampleKernel());
}
