import { move, Piscina, transferableSymbol, valueSymbol } from 'piscina';

export type ThreadPoolOptions = Pick<
  NonNullable<ConstructorParameters<typeof Piscina>[0]>,
  'minThreads' | 'maxThreads' | 'concurrentTasksPerWorker' | 'idleTimeout' | 'resourceLimits'
>;

/**
 * A pool of threads that run the functions exported by a module. They may be terminated at any time.
 * @param program the module
 */
export function createThreadPool<Task = unknown, Result = unknown>(
  program: URL,
  options: ThreadPoolOptions,
): Piscina<Task, Result> {
  return new Piscina<Task, Result>({
    ...options,
    filename: program.href,
    // A thread that sleeps in Atomics.wait never frees the images it has drawn.
    atomics: 'disabled',
    // Piscina tries `require` before `import`. Terminating a thread while Node 20 links a required ES module
    // ends the whole process: "v8::Module::IsGraphAsync must be used on an instantiated module".
    execArgv: ['--no-experimental-require-module'],
  });
}

/**
 * For the return value of a thread's function: transfers its bytes instead of copying them; the thread can no
 * longer use them.
 * @param bytes each the only view of its buffer
 */
export function handOver<Result extends object>(result: Result, ...bytes: readonly Uint8Array[]): Result {
  const moved: unknown = move({
    [transferableSymbol]: bytes.map(({ buffer }) => buffer),
    [valueSymbol]: result,
  });
  return moved as Result; // true on arrival
}
