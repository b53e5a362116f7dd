import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { monitor } from '../../i18n/en/operators.js';
import type { Progress } from '../../compose/composition.js';
import type { RadioFigures } from '../radio/radio-figures.js';
import type { ThreadWork } from '../../compose/music-services.js';

/** How a request ended; `refused` with an error message, `gone` when nobody was waiting any more. */
export type Outcome = 'answered' | 'refused' | 'failed' | 'gone';

/** Values read when metrics are scraped. */
export interface Surroundings {
  /** Whether every gateway connection is up. */
  readonly connected: boolean;
  /** 0 to 1; undefined while no model is trained. */
  readonly trained: number | undefined;
  /** Workers seen through Redis; undefined where this process composes itself. */
  readonly workers: number | undefined;
  /** Of the radios in voice channels; undefined where voice is off. */
  readonly radios?: RadioFigures | undefined;
}

const help = monitor.metrics;

/** How often the event-loop delay is sampled; Node includes this time in the delay. */
const resolutionMs = 10;

/** Seconds. */
const buckets = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

/** Work counted in notes and in seconds has the same stages. */
type Stage = Exclude<Progress['stage'], 'composing-time'>;

/** Intervals between turns of the event loop, in nanoseconds; as long as the resolution while it is idle. */
type EventLoopDelay = Pick<IntervalHistogram, 'percentile' | 'reset' | 'enable'>;

/** The bot's counters and timings. None of them identifies a person or a server. */
export class Metrics {
  /** A separate registry: there may be several bots in a process. */
  readonly #registry = new Registry();
  readonly #requests = new Counter({
    name: 'musical_ai_requests_total',
    help: help.requests,
    labelNames: ['command', 'outcome'],
    registers: [this.#registry],
  });
  readonly #threads = new Counter({
    name: 'musical_ai_threads_lost_total',
    help: help.threads,
    labelNames: ['work'],
    registers: [this.#registry],
  });
  readonly #pieces = this.#gauge('musical_ai_pieces', help.pieces, 'stage');
  readonly #seconds: Readonly<Record<Stage, Histogram>> = {
    queued: this.#histogram('musical_ai_queue_seconds', help.queued),
    composing: this.#histogram('musical_ai_compose_seconds', help.composing),
    rendering: this.#histogram('musical_ai_render_seconds', help.rendering),
  };
  readonly #delays = this.#gauge('musical_ai_event_loop_delay_seconds', help.delay, 'quantile');
  readonly #memory = this.#gauge('musical_ai_memory_bytes', help.memory, 'kind');
  readonly #connected = this.#gauge('musical_ai_gateway_connected', help.connected);
  readonly #training = this.#gauge('musical_ai_training', help.training);
  readonly #trained = this.#gauge('musical_ai_training_done', help.trained);
  /** Registered only where there can be workers: elsewhere, a value of 0 would raise alarms. */
  readonly #workers = new Gauge({
    name: 'musical_ai_workers',
    help: help.workers,
    registers: [],
  });
  readonly #radios = new Gauge({
    name: 'musical_ai_radio',
    help: help.radios,
    labelNames: ['figure'],
    registers: [],
  });
  readonly #delay: EventLoopDelay;

  /** @param delay measures the event loop */
  constructor(delay: EventLoopDelay = monitorEventLoopDelay({ resolution: resolutionMs })) {
    this.#delay = delay;
    for (const stage of ['queued', 'composing', 'rendering'] as const) this.#pieces.set({ stage }, 0);
    for (const work of ['composing', 'reading'] as const) this.#threads.inc({ work }, 0);
  }

  /** @param command one of few names: each has its own metrics */
  ended(command: string, outcome: Outcome): void {
    this.#requests.inc({ command, outcome });
  }

  /** Counts a thread that was terminated. */
  threadLost(work: ThreadWork): void {
    this.#threads.inc({ work });
  }

  /** Times a piece, starting in the queue. */
  piece(): PieceTimes {
    return new PieceTimes(this.#pieces, this.#seconds);
  }

  /**
   * Metrics in Prometheus' text format, version 0.0.4. Event-loop delays are those since the previous call.
   */
  async format({ connected, trained, workers, radios }: Surroundings): Promise<string> {
    for (const quantile of [0.5, 0.99, 1]) {
      const seconds = (this.#delay.percentile(100 * quantile) - 1e6 * resolutionMs) / 1e9;
      this.#delays.set({ quantile }, Math.max(seconds, 0));
    }
    this.#delay.reset();
    const { rss, heapUsed, external } = process.memoryUsage();
    this.#memory.set({ kind: 'resident' }, rss);
    this.#memory.set({ kind: 'heap' }, heapUsed);
    this.#memory.set({ kind: 'external' }, external);
    this.#connected.set(Number(connected));
    this.#training.set(Number(trained !== undefined));
    this.#trained.set(trained ?? 0);
    if (workers !== undefined) {
      this.#registry.registerMetric(this.#workers);
      this.#workers.set(workers);
    }
    if (radios !== undefined) {
      this.#registry.registerMetric(this.#radios);
      for (const [figure, value] of Object.entries(radios)) this.#radios.set({ figure }, Number(value));
    }
    return this.#registry.metrics();
  }

  /** Starts to measure the event-loop delay. */
  watch(): void {
    this.#delay.enable();
  }

  #gauge<Label extends string>(name: string, help: string, ...labelNames: Label[]): Gauge<Label> {
    return new Gauge({ name, help, labelNames, registers: [this.#registry] });
  }

  #histogram(name: string, help: string): Histogram {
    return new Histogram({ name, help, buckets, registers: [this.#registry] });
  }
}

/** Times the stages of one piece, starting in the queue. */
class PieceTimes {
  readonly #pieces: Gauge<'stage'>;
  readonly #seconds: Readonly<Record<Stage, Histogram>>;
  #stage: Stage = 'queued';
  #sinceMs = performance.now();

  constructor(pieces: Gauge<'stage'>, seconds: Readonly<Record<Stage, Histogram>>) {
    this.#pieces = pieces;
    this.#seconds = seconds;
    pieces.inc({ stage: 'queued' });
  }

  enter(entered: Progress['stage']): void {
    const stage = entered === 'composing-time' ? 'composing' : entered;
    if (stage === this.#stage) return;
    this.#finishStage();
    this.#stage = stage;
    this.#pieces.inc({ stage });
  }

  /** @param whole false when the stage was aborted: its time is then not recorded */
  end(whole: boolean): void {
    if (whole) this.#finishStage();
    else this.#pieces.dec({ stage: this.#stage });
  }

  #finishStage(): void {
    const now = performance.now();
    this.#seconds[this.#stage].observe((now - this.#sinceMs) / 1000);
    this.#pieces.dec({ stage: this.#stage });
    this.#sinceMs = now;
  }
}
