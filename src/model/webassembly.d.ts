/** The part of the WebAssembly JavaScript interface that Node supports and `@types/node` 20 lacks. */
declare namespace WebAssembly {
  class Memory {
    /** @param limits in pages of 64 KiB */
    constructor(limits: { readonly initial: number; readonly maximum: number });
    readonly buffer: ArrayBuffer;
    /** @param pages of 64 KiB each */
    grow(pages: number): number;
  }
  /** Compiled code, ready for instantiation. */
  interface Module {
    readonly [brand: symbol]: never;
  }
  const Module: new (bytes: Uint8Array) => Module;
  class Instance {
    constructor(module: Module, imports?: object);
    readonly exports: object;
  }
  function validate(bytes: Uint8Array): boolean;
}
