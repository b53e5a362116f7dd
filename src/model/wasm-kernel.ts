import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

/**
 * `relaxed` fuses multiply and add on all processors that can (x86 since 2013, every 64-bit ARM), with
 * bit-identical results on all of them; `base` is for engines without relaxed SIMD: slower, and different in
 * the last bit.
 */
export type Instructions = 'base' | 'relaxed';

const pageBytes = 65_536;

/** One instance of a WebAssembly kernel, which has two builds, with its own memory. */
export class WasmKernel<Calls extends { readonly memory: WebAssembly.Memory }> {
  readonly calls: Calls;
  #next: number;

  constructor(base: URL, relaxed: URL, instructions: Instructions) {
    const module = instructions === 'relaxed' ? relaxedModule(relaxed, base) : compiled(base);
    this.calls = new WebAssembly.Instance(module).exports as unknown as Calls;
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

  /** A view that is valid until the next {@link allocate}. */
  floats(address: number, count: number): Float32Array {
    return new Float32Array(this.calls.memory.buffer, address, count);
  }

  doubles(address: number, count: number): Float64Array {
    return new Float64Array(this.calls.memory.buffer, address, count);
  }
}

const modules = new Map<string, WebAssembly.Module>();

function compiled(url: URL): WebAssembly.Module {
  const known = modules.get(url.href);
  if (known !== undefined) return known;
  const module = new WebAssembly.Module(readFileSync(url));
  modules.set(url.href, module);
  return module;
}

function relaxedModule(relaxed: URL, base: URL): WebAssembly.Module {
  if (modules.has(relaxed.href)) return compiled(relaxed);
  const bytes = readFileSync(relaxed);
  // Node 20 has relaxed SIMD behind a flag that later versions, where it is on by default, reject.
  if (!WebAssembly.validate(bytes)) setFlagsFromString('--experimental-wasm-relaxed-simd');
  return compiled(WebAssembly.validate(bytes) ? relaxed : base);
}
