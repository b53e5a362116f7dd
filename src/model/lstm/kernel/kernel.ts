import { WasmKernel, type Instructions } from '../../wasm-kernel.js';

/** The exports of `assembly/lstm.ts`, documented there. Pointers are byte addresses. */
interface KernelExports {
  readonly memory: WebAssembly.Memory;
  pack(b: number, ldb: number, k: number, n: number, out: number): void;
  packTransposed(b: number, ldb: number, k: number, n: number, out: number): void;
  multiplyAdd(
    a: number,
    rowA: number,
    stepA: number,
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

/** The kernel of the LSTM. */
export class Kernel extends WasmKernel<KernelExports> {
  constructor(instructions: Instructions = 'relaxed') {
    const base = new URL('./lstm.wasm', import.meta.url);
    super(base, new URL('./lstm-relaxed.wasm', import.meta.url), instructions);
  }
}
