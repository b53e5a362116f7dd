import type { REST } from 'discord.js';
import { english } from '../../i18n/en/english.js';
import type { Training, Trainings } from '../../training/trainings.js';
import { ChannelMessage } from '../reply/channel-message.js';
import { failureSentence, newRequestId } from '../dispatch/failure.js';
import type { Logger } from '../ops/logging.js';
import { parseMemo, type TrainingMemo } from './training-memo.js';
import { TrainingReport } from './training-report.js';

/**
 * Reports trainings in channels, each in one ordinary message that outlives the interaction and the process.
 * If it cannot be posted, because the message, the channel or a permission is gone, the training continues.
 */
export class TrainingReporter {
  readonly #trainings: Trainings;
  readonly #rest: REST;
  readonly #log: Logger;
  readonly #editEveryMs: number;
  readonly #reports = new Set<Promise<void>>();
  readonly #stop = new AbortController();

  constructor(trainings: Trainings, rest: REST, log: Logger, editEveryMs = 4000) {
    this.#trainings = trainings;
    this.#rest = rest;
    this.#log = log;
    this.#editEveryMs = editEveryMs;
  }

  /**
   * Reports a training from now on, at the place in its memo. Never rejects.
   * @returns ID of the message, once it exists; undefined when it could not be posted.
   */
  async follow(training: Training): Promise<string | undefined> {
    const log = this.#log.child({ training: training.id });
    let memo: TrainingMemo;
    try {
      memo = parseMemo(training.memo);
    } catch (err) {
      log.error({ err }, 'training with nowhere to report');
      training.outcome
        .catch((error: unknown) => failureSentence(error, newRequestId(), log, english))
        .then(() => training.told())
        .catch((error: unknown) => log.warn({ err: error }, 'training kept'));
      return undefined;
    }
    const message = new ChannelMessage(this.#rest, memo.channel, memo.message);
    const report = new TrainingReport(training, memo, message, log, this.#editEveryMs);
    const isThere = await report.begin();
    const run = report.run(this.#stop.signal);
    this.#reports.add(run);
    void run.finally(() => this.#reports.delete(run));
    return isThere ? message.id : undefined;
  }

  /**
   * Resumes the training that was interrupted by the end of the process, and its message.
   * @throws UserError when it cannot be resumed.
   */
  async resume(): Promise<void> {
    const training = await this.#trainings.resume();
    if (training === undefined) return;
    this.#log.info({ training: training.id }, 'training goes on');
    await this.follow(training);
  }

  /** Says under each training that it continues after the restart, and stops reporting. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#reports);
  }
}
