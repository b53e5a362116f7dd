import { WasmKernel, type Instructions } from '../wasm-kernel.js';

/** The exports of `assembly/transformer.ts`, documented there. Pointers are byte addresses. */
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

/** The kernel of the Transformer. */
export class TransformerKernel extends WasmKernel<KernelExports> {
  constructor(instructions: Instructions = 'relaxed') {
    const base = new URL('./transformer.wasm', import.meta.url);
    super(base, new URL('./transformer-relaxed.wasm', import.meta.url), instructions);
  }
}
