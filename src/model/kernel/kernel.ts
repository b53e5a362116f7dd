import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

/** The functions of `assembly/lstm.ts`, where they are documented. Pointers are byte addresses. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  pack(b: number, ldb: number, k: number, n: number, out: number): void;
  packTransposed(b: number, ldb: number, k: number, n: number, out: number): void;
  multiplyAdd(
    a: number,
    lda: number,
    b: number,
    c: number,
    ldc: number,
    m: number,
    k: number,
    n: number,
    tiles: number,
  ): void;
  multiplyAddTransposed(
    a: number,
    lda: number,
    b: number,
    c: number,
    ldc: number,
    m: number,
    k: number,
    n: number,
  ): void;
  fillRows(row: number, c: number, ldc: number, m: number, n: number): void;
  addRows(c: number, ldc: number, m: number, n: number, out: number): void;
  cell(z: number, cPrev: number, c: number, tanhC: number, h: number, rows: number): void;
  cellBackward(dh: number, dc: number, z: number, cPrev: number, tanhC: number, rows: number): void;
  losses(
    out: number,
    targets: number,
    rows: number,
    sums: number,
    pitchWeight: number,
    stepWeight: number,
    durationWeight: number,
    scale: number,
  ): void;
  sumOfSquares(x: number, n: number): number;
  adam(
    parameters: number,
    gradients: number,
    m: number,
    v: number,
    n: number,
    gradientScale: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    correction1: number,
    correction2: number,
  ): void;
}

const pageBytes = 65_536;

/** One instance of the WebAssembly kernel with its own memory. */
export class Kernel {
  readonly calls: KernelExports;
  #next: number;

  /**
   * @param instructions `relaxed` fuses multiply and add wherever the processor can (x86 since
   * 2013, every 64-bit ARM), and the bits are then the same on all of them; where relaxed SIMD
   * does not exist it is `base`, slower and other in the last bit.
   */
  constructor(instructions: 'base' | 'relaxed' = 'relaxed') {
    const instance = new WebAssembly.Instance(compiled(instructions));
    this.calls = instance.exports as unknown as KernelExports;
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

  doubles(address: number, count: number): Float64Array {
    return new Float64Array(this.calls.memory.buffer, address, count);
  }
}

const modules = new Map<string, WebAssembly.Module>();

function compiled(instructions: 'base' | 'relaxed'): WebAssembly.Module {
  let module = modules.get(instructions);
  if (module === undefined) {
    module =
      instructions === 'relaxed'
        ? relaxedModule()
        : new WebAssembly.Module(readFileSync(new URL('./lstm.wasm', import.meta.url)));
    modules.set(instructions, module);
  }
  return module;
}

function relaxedModule(): WebAssembly.Module {
  const bytes = readFileSync(new URL('./lstm-relaxed.wasm', import.meta.url));
  // Node 20 has relaxed SIMD behind a flag that later versions, where it is on, do not know.
  if (!WebAssembly.validate(bytes)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : compiled('base');
}
