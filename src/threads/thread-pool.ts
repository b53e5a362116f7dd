import { move, Piscina, transferableSymbol, valueSymbol } from 'piscina';

export type ThreadPoolOptions = Pick<
  NonNullable<ConstructorParameters<typeof Piscina>[0]>,
  'minThreads' | 'maxThreads' | 'idleTimeout' | 'resourceLimits'
>;

/**
 * Threads that run the functions which a module exports. They may be ended at any time.
 * @param program the module
 */
export function createThreadPool<Task = unknown, Result = unknown>(
  program: URL,
  options: ThreadPoolOptions,
): Piscina<Task, Result> {
  return new Piscina<Task, Result>({
    ...options,
    filename: program.href,
    // A thread that sleeps in Atomics.wait never frees the pictures that it has drawn.
    atomics: 'disabled',
    // Piscina tries `require` before `import`. A thread that is ended while Node 20 links a
    // required ES module ends the whole process: "v8::Module::IsGraphAsync must be used on an
    // instantiated module".
    execArgv: ['--no-experimental-require-module'],
  });
}

/**
 * For the end of a thread's function: its result, with bytes in it that are handed over instead of
 * being copied. The thread has them no longer.
 * @param bytes each alone in its buffer
 */
export function handOver<Result extends object>(result: Result, ...bytes: readonly Uint8Array[]): Result {
  const moved: unknown = move({
    [transferableSymbol]: bytes.map(({ buffer }) => buffer),
    [valueSymbol]: result,
  });
  return moved as Result; // which it is when it arrives
}
