import { describe, expect, it } from 'vitest';
import { Metrics } from '../../../src/bot/ops/metrics.js';

const quiet = { connected: true, trained: undefined, workers: undefined };

describe('Metrics', () => {
  it('belong to one bot, even with others in the same process', async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.ended('compose', 'answered');
    expect(await other.format(quiet)).not.toContain('answered');
  });

  it('counts requests by command and outcome', async () => {
    const metrics = new Metrics();
    metrics.ended('compose', 'answered');
    metrics.ended('compose', 'answered');
    metrics.ended('compose', 'refused');
    const text = await metrics.format(quiet);
    expect(text).toContain('musical_ai_requests_total{command="compose",outcome="answered"} 2\n');
    expect(text).toContain('musical_ai_requests_total{command="compose",outcome="refused"} 1\n');
  });

  it('follows pieces through their stages, and times only whole ones', async () => {
    const metrics = new Metrics();
    const [whole, broken] = [metrics.piece(), metrics.piece()];
    for (const stage of ['queued', 'composing', 'composing'] as const) whole.enter(stage);
    const during = await metrics.format(quiet);
    expect(during).toContain('musical_ai_pieces{stage="queued"} 1\n');
    expect(during).toContain('musical_ai_pieces{stage="composing"} 1\n');
    expect(during).toContain('musical_ai_queue_seconds_count 1\n');
    expect(during).toContain('musical_ai_queue_seconds_bucket{le="300"} 1\n');

    whole.enter('rendering');
    whole.end(true);
    broken.end(false);
    const after = await metrics.format(quiet);
    for (const stage of ['queued', 'composing', 'rendering']) {
      expect(after).toContain(`musical_ai_pieces{stage="${stage}"} 0\n`);
    }
    expect(after).toContain('musical_ai_queue_seconds_count 1\n');
    expect(after).toContain('musical_ai_compose_seconds_count 1\n');
    expect(after).toContain('musical_ai_render_seconds_count 1\n');
  });

  it('reports the connection and the training', async () => {
    const text = await new Metrics().format({ ...quiet, connected: false, trained: 0.25 });
    expect(text).toContain('musical_ai_gateway_connected 0\n');
    expect(text).toContain('musical_ai_training 1\n');
    expect(text).toContain('musical_ai_training_done 0.25\n');
  });

  it('reports how long the event loop was blocked', async () => {
    let intervals: number[] = [];
    const metrics = new Metrics({
      enable: () => (intervals = [10e6, 35e6, 70e6]).length > 0,
      percentile: (percentage) => intervals[Math.ceil((percentage / 100) * intervals.length) - 1] ?? 0,
      reset: () => (intervals = []),
    });
    metrics.watch();
    const during = await metrics.format(quiet);
    expect(during).toContain('musical_ai_event_loop_delay_seconds{quantile="0.5"} 0.025\n');
    expect(during).toContain('musical_ai_event_loop_delay_seconds{quantile="1"} 0.06\n');
    const after = await metrics.format(quiet); // nothing since the previous scrape
    expect(after).toContain('musical_ai_event_loop_delay_seconds{quantile="1"} 0\n');
  });

  it('reports workers only with Redis', async () => {
    const metrics = new Metrics();
    expect(await metrics.format({ ...quiet, workers: 0 })).toContain('musical_ai_workers 0\n');
    expect(await metrics.format({ ...quiet, workers: 2 })).toContain('musical_ai_workers 2\n');
    expect(await new Metrics().format(quiet)).not.toContain('musical_ai_workers');
  });
});
