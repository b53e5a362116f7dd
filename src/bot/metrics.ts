import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Progress } from '../studio/composition.js';
import { Counter, formatGauge, Histogram } from './prometheus.js';

/** How a request ended; `refused` with a sentence about it, `gone` when nobody waited any more. */
export type Outcome = 'answered' | 'refused' | 'failed' | 'gone';

/** What is asked for at the moment of a look. */
export interface Surroundings {
  /** Whether every gateway connection is up. */
  readonly connected: boolean;
  /** 0 to 1; undefined while no model is trained. */
  readonly trained: number | undefined;
}

/** Seconds. */
const bounds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

type Stage = Progress['stage'];

/** What the bot counts and times. Nothing in it tells one person or server from another. */
export class Metrics {
  readonly #requests = new Counter();
  readonly #seconds: Readonly<Record<Stage, Histogram>> = {
    queued: new Histogram(bounds),
    composing: new Histogram(bounds),
    rendering: new Histogram(bounds),
  };
  readonly #pieces: Record<Stage, number> = { queued: 0, composing: 0, rendering: 0 };
  readonly #delay = monitorEventLoopDelay({ resolution: 10 });

  /** @param command one of few names: each makes figures of its own */
  ended(command: string, outcome: Outcome): void {
    this.#requests.add({ command, outcome });
  }

  /** Follows a piece from its place in the queue on. */
  piece(): PieceTimes {
    return new PieceTimes(this.#pieces, this.#seconds);
  }

  /** Event-loop delays count from the last look on. Prometheus' text format. */
  format({ connected, trained }: Surroundings): string {
    const { rss, heapUsed, external } = process.memoryUsage();
    const text = [
      this.#requests.format('musical_ai_requests_total', 'Requests, by command and outcome.'),
      formatGauge(
        'musical_ai_pieces',
        'Pieces under way, by stage.',
        ...Object.entries(this.#pieces).map(([stage, value]) => ({ labels: { stage }, value })),
      ),
      this.#seconds.queued.format('musical_ai_queue_seconds', 'Time that pieces waited for their turn.'),
      this.#seconds.composing.format('musical_ai_compose_seconds', 'Time in the network.'),
      this.#seconds.rendering.format('musical_ai_render_seconds', 'Time for files, sound and picture.'),
      formatGauge(
        'musical_ai_event_loop_delay_seconds',
        'Delay of the event loop since the last look.',
        { labels: { quantile: '0.5' }, value: this.#delay.percentile(50) / 1e9 },
        { labels: { quantile: '0.99' }, value: this.#delay.percentile(99) / 1e9 },
        { labels: { quantile: '1' }, value: this.#delay.max / 1e9 },
      ),
      formatGauge(
        'musical_ai_memory_bytes',
        'Memory of the process.',
        { labels: { kind: 'resident' }, value: rss },
        { labels: { kind: 'heap' }, value: heapUsed },
        { labels: { kind: 'external' }, value: external },
      ),
      formatGauge('musical_ai_gateway_connected', '1 while Discord is connected.', {
        value: Number(connected),
      }),
      formatGauge('musical_ai_training', '1 while a model is trained.', {
        value: Number(trained !== undefined),
      }),
      formatGauge('musical_ai_training_done', 'How much of the training is done, 0 to 1.', {
        value: trained ?? 0,
      }),
    ].join('');
    this.#delay.reset();
    return text;
  }

  /** Begins to watch the event loop. */
  watch(): void {
    this.#delay.enable();
  }
}

/** The times of one piece; it begins in the queue. */
class PieceTimes {
  readonly #pieces: Record<Stage, number>;
  readonly #seconds: Readonly<Record<Stage, Histogram>>;
  #stage: Stage = 'queued';
  #sinceMs = performance.now();

  constructor(pieces: Record<Stage, number>, seconds: Readonly<Record<Stage, Histogram>>) {
    this.#pieces = pieces;
    this.#seconds = seconds;
    pieces.queued += 1;
  }

  enter(stage: Stage): void {
    if (stage === this.#stage) return;
    this.#finishStage();
    this.#stage = stage;
    this.#pieces[stage] += 1;
  }

  /** @param whole false when the stage was broken off, whose time then says nothing */
  end(whole: boolean): void {
    if (whole) this.#finishStage();
    else this.#pieces[this.#stage] -= 1;
  }

  #finishStage(): void {
    const now = performance.now();
    this.#seconds[this.#stage].observe((now - this.#sinceMs) / 1000);
    this.#pieces[this.#stage] -= 1;
    this.#sinceMs = now;
  }
}
