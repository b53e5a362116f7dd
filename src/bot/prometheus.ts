/**
 * Figures in Prometheus' text format, version 0.0.4:
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export type Labels = Readonly<Record<string, string>>;

/** One sample of a gauge. */
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/** Only goes up. */
export class Counter {
  /** By the text of the labels. */
  readonly #values = new Map<string, number>();

  add(labels: Labels): void {
    const key = labelText(labels);
    this.#values.set(key, (this.#values.get(key) ?? 0) + 1);
  }

  /** @param name ends with `_total` */
  format(name: string, help: string): string {
    const lines = [...this.#values].map(([labels, value]) => `${name}${labels} ${value}`);
    return block(name, help, 'counter', lines);
  }
}

/** How often values lay at or below each of some bounds. */
export class Histogram {
  readonly #bounds: readonly number[];
  readonly #counts: number[];
  #sum = 0;
  #count = 0;

  /** @param bounds upwards, in the unit of the values */
  constructor(bounds: readonly number[]) {
    this.#bounds = bounds;
    this.#counts = bounds.map(() => 0);
  }

  observe(value: number): void {
    this.#bounds.forEach((bound, i) => {
      if (value <= bound) this.#counts[i]! += 1;
    });
    this.#sum += value;
    this.#count += 1;
  }

  format(name: string, help: string): string {
    const lines = this.#bounds.map((bound, i) => `${name}_bucket{le="${bound}"} ${this.#counts[i]!}`);
    lines.push(`${name}_bucket{le="+Inf"} ${this.#count}`);
    lines.push(`${name}_sum ${this.#sum}`, `${name}_count ${this.#count}`);
    return block(name, help, 'histogram', lines);
  }
}

/** A value of the moment. */
export function formatGauge(name: string, help: string, ...samples: readonly Sample[]): string {
  const lines = samples.map(({ labels = {}, value }) => `${name}${labelText(labels)} ${value}`);
  return block(name, help, 'gauge', lines);
}

function block(name: string, help: string, type: string, lines: readonly string[]): string {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) =>
      `${name}="${value.replace(/[\\"]/g, (character) => `\\${character}`).replaceAll('\n', '\\n')}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
