import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

/** The functions of `../kernel/assembly/transformer.ts`, where they are documented. Pointers are byte addresses. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  pack(w: number, n: number, k: number, out: number): void;
  multiply(x: number, w: number, y: number, m: number, k: number, n: number, add: boolean): void;
  normalise(x: number, y: number, m: number, n: number): void;
  squareOfPositive(x: number, n: number): void;
  rotate(x: number, heads: number, pairs: number, cos: number, sin: number, gains: number): void;
  attend(
    query: number,
    keys: number,
    values: number,
    count: number,
    heads: number,
    width: number,
    scores: number,
    out: number,
  ): void;
}

const pageBytes = 65_536;

/** One instance of the WebAssembly kernel with its own memory. */
export class TransformerKernel {
  readonly calls: KernelExports;
  #next: number;

  /** @param instructions `relaxed` fuses multiply and add where the processor can; else it is `base`. */
  constructor(instructions: 'base' | 'relaxed' = 'relaxed') {
    this.calls = new WebAssembly.Instance(compiled(instructions)).exports as unknown as KernelExports;
    this.#next = this.calls.memory.buffer.byteLength;
  }

  /** Address of `count` zeroed float32 values, aligned to 64 bytes. Never freed. */
  allocate(count: number): number {
    const address = this.#next;
    this.#next += Math.ceil(count / 16) * 64;
    const missing = this.#next - this.calls.memory.buffer.byteLength;
    if (missing > 0) this.calls.memory.grow(Math.ceil(missing / pageBytes));
    return address;
  }

  /** A view that holds until the next {@link allocate}. */
  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.calls.memory.buffer, address, count);
  }
}

const modules = new Map<string, WebAssembly.Module>();

function compiled(instructions: 'base' | 'relaxed'): WebAssembly.Module {
  let module = modules.get(instructions);
  if (module === undefined) {
    module =
      instructions === 'relaxed'
        ? relaxedModule()
        : new WebAssembly.Module(readFileSync(new URL('./transformer.wasm', import.meta.url)));
    modules.set(instructions, module);
  }
  return module;
}

function relaxedModule(): WebAssembly.Module {
  const bytes = readFileSync(new URL('./transformer-relaxed.wasm', import.meta.url));
  // Node 20 has relaxed SIMD behind a flag that later versions, where it is on, do not know.
  if (!WebAssembly.validate(bytes)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : compiled('base');
}
