import { describe, expect, it } from 'vitest';
import { Counter, formatGauge, Histogram } from '../../src/bot/prometheus.js';

describe('the text format of Prometheus', () => {
  it('has counters by label, with what breaks a label escaped', () => {
    const counter = new Counter();
    counter.add({ name: 'a' });
    counter.add({ name: 'a' });
    counter.add({ name: '"\\\n' });
    expect(counter.format('x_total', 'What x is.')).toBe(
      '# HELP x_total What x is.\n# TYPE x_total counter\nx_total{name="a"} 2\nx_total{name="\\"\\\\\\n"} 1\n',
    );
  });

  it('has histograms whose buckets hold all values up to their bound', () => {
    const histogram = new Histogram([1, 2.5]);
    for (const value of [0.5, 1, 2, 9]) histogram.observe(value);
    expect(histogram.format('y_seconds', 'Why.').split('\n').slice(2)).toEqual([
      'y_seconds_bucket{le="1"} 2',
      'y_seconds_bucket{le="2.5"} 3',
      'y_seconds_bucket{le="+Inf"} 4',
      'y_seconds_sum 12.5',
      'y_seconds_count 4',
      '',
    ]);
  });

  it('has gauges', () => {
    expect(formatGauge('z', 'Zed.', { value: 1 }, { labels: { of: 'b' }, value: 2 })).toBe(
      '# HELP z Zed.\n# TYPE z gauge\nz 1\nz{of="b"} 2\n',
    );
  });
});
