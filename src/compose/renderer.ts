import type { Piscina } from 'piscina';
import { checkSoundFont } from '../render/audio/sound-font.js';
import type { RenderOptions } from './composition.js';
import type { RollWords } from '../render/picture-words.js';
import type { OutputOptions } from './outputs.js';
import type { RenderTasks } from './render-worker.js';
import { Scheduler } from './scheduler.js';
import { createThreadPool } from '../threads/thread-pool.js';

/** Pieces rendered in parallel, so that a short one does not wait for a long one. */
export const renderThreads = 2;

/** A task without the options that the renderer adds. */
type WithoutOptions<Task> = Task extends OutputOptions ? Omit<Task, keyof OutputOptions> : Task;

/**
 * Renders the files of pieces and the curves of trainings in its own threads, scheduled fairly between
 * owners.
 */
export class Renderer {
  readonly #soundFont: string | undefined;
  readonly #words: RollWords;
  readonly #scheduler = new Scheduler({ slots: renderThreads });
  readonly #threads: Piscina;

  private constructor(soundFont: string | undefined, words: RollWords, minThreads: number) {
    this.#soundFont = soundFont;
    this.#words = words;
    this.#threads = createThreadPool(new URL('./render-worker.js', import.meta.url), {
      minThreads,
      maxThreads: renderThreads,
      idleTimeout: 10_000,
      // Small, so that short-lived memory is collected early and the bot stays small.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
  }

  /**
   * @param soundFont path of an SF2 file to use instead of the built-in sounds
   * @param words default text in pictures
   * @param minThreads number of threads to keep when idle
   * @throws UserError when the SoundFont cannot be used.
   */
  static async open(soundFont: string | undefined, words: RollWords, minThreads = 1): Promise<Renderer> {
    if (soundFont !== undefined) await checkSoundFont(soundFont);
    return new Renderer(soundFont, words, minThreads);
  }

  /**
   * Runs a task in a thread.
   * @throws the signal's reason when it is aborted.
   */
  async run<Name extends keyof RenderTasks>(
    name: Name,
    task: WithoutOptions<Parameters<RenderTasks[Name]>[0]>,
    { signal, maxFileBytes, roles, words = this.#words, owner }: RenderOptions = {},
  ): Promise<Awaited<ReturnType<RenderTasks[Name]>>> {
    const whole = {
      words,
      ...task,
      ...(this.#soundFont !== undefined && { soundFont: this.#soundFont }),
      ...(maxFileBytes !== undefined && { maxFileBytes }),
      ...(roles !== undefined && { roles }),
    };
    const run = (): Promise<Awaited<ReturnType<RenderTasks[Name]>>> =>
      this.#threads.run(whole, { name, ...(signal !== undefined && { signal }) });
    return this.#scheduler.run(run, { owner, signal }).catch((error: unknown) => {
      signal?.throwIfAborted(); // with its own reason, not the pool's
      throw error;
    });
  }

  /** Terminates the threads; rejects what they are rendering. */
  async close(): Promise<void> {
    await this.#threads.destroy();
  }
}
