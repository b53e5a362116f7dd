/** The part of the WebAssembly JavaScript interface that Node has and `@types/node` 20 does not declare. */
declare namespace WebAssembly {
  class Memory {
    readonly buffer: ArrayBuffer;
    /** @param pages of 64 KiB */
    grow(pages: number): number;
  }
  /** Compiled code, to be instantiated. */
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
