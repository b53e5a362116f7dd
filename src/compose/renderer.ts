import type { Piscina } from 'piscina';
import { checkSoundFont } from '../render/audio/sound-font.js';
import type { RenderOptions } from './composition.js';
import { isPianoAlone } from '../music/piece.js';
import type { RollWords } from '../render/picture-words.js';
import type { OutputOptions } from './outputs.js';
import type { RenderTasks } from './render-worker.js';
import { Scheduler } from './scheduler.js';
import { createThreadPool } from '../threads/thread-pool.js';

/** Pieces that are rendered in turns, half a second of sound each, so that a short one does not wait for a long one. */
const atOnce = 2;

/** A task without the options that the renderer adds. */
type WithoutOptions<Task> = Task extends OutputOptions ? Omit<Task, keyof OutputOptions> : Task;

/**
 * Renders the files of pieces and the curves of trainings in a thread, scheduled fairly between owners. It is only one,
 * because fonts, pictures, piano and synthesizer take more than a hundred megabytes in each; composing has another thread.
 */
export class Renderer {
  readonly #soundFont: string | undefined;
  readonly #words: RollWords;
  readonly #scheduler = new Scheduler({ slots: atOnce });
  /** Two songs at once could need the same instruments twice. */
  readonly #songs = new Scheduler({ slots: 1 });
  readonly #thread: Piscina;

  private constructor(soundFont: string | undefined, words: RollWords, minThreads: number) {
    this.#soundFont = soundFont;
    this.#words = words;
    this.#thread = createThreadPool(new URL('./render-worker.js', import.meta.url), {
      minThreads,
      maxThreads: 1,
      concurrentTasksPerWorker: atOnce,
      idleTimeout: 10_000,
      // Small, so that short-lived memory is collected early and the bot stays small.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
  }

  /**
   * @param soundFont path of an SF2 file to use instead of the built-in sounds
   * @param words default text in pictures
   * @param minThreads whether to keep the thread when idle: 1 or 0
   * @throws UserError when the SoundFont cannot be used.
   */
  static async open(soundFont: string | undefined, words: RollWords, minThreads = 1): Promise<Renderer> {
    if (soundFont !== undefined) await checkSoundFont(soundFont);
    return new Renderer(soundFont, words, minThreads);
  }

  /**
   * Runs a task in the thread.
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
    type Result = Awaited<ReturnType<RenderTasks[Name]>>;
    const turn = { owner, signal };
    const run = (): Promise<Result> =>
      this.#scheduler.run((): Promise<Result> => this.#thread.run(whole, { name }), turn);
    return unlessAborted(needsSynthesizer(task) ? this.#songs.run(run, turn) : run(), signal);
  }

  /** Terminates the thread; rejects what it is rendering. */
  async close(): Promise<void> {
    await this.#thread.destroy();
  }
}

/** Whether there are several instruments to be heard. */
function needsSynthesizer(task: WithoutOptions<Parameters<RenderTasks[keyof RenderTasks]>[0]>): boolean {
  if ('composed' in task) return task.composed.song !== undefined;
  return 'written' in task && !isPianoAlone(task.written.piece);
}

/** Rejects at once when the signal fires. The thread finishes the task: it could only be ended with the other one. */
function unlessAborted<Result>(task: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal!.reason as Error);
    signal?.addEventListener('abort', abort);
    task.then(resolve, reject).finally(() => signal?.removeEventListener('abort', abort));
  });
}
