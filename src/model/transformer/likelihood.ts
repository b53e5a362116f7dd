import type { Note } from '../../music/note.js';
import { natsOf } from '../draw.js';
import type { RunState, TransformerNetwork } from './network.js';
import { startOf, toTicks, toTuples, type NoteTuple } from './tokens.js';
import { fields, type Vocabulary } from './vocabulary.js';

/** A network's loss, in nats per note, including the widths of bins. */
export interface NatsPerNote {
  readonly fields: Readonly<Record<(typeof fields)[number], number>>;
  readonly total: number;
  /** Number of notes: all except the first of each piece. */
  readonly notes: number;
}

/** A piece in progress: its tuples, of which `next` is predicted next. */
interface Reading {
  readonly state: RunState;
  readonly tuples: readonly NoteTuple[];
  next: number;
}

/**
 * The loss on real pieces of the deployed network: each note is predicted from its piece's start, or from the
 * preceding half to whole context. A time bin of w ticks adds ln w, as if its ticks were equally likely, so
 * that losses with other bins are comparable.
 * @param onProgress called with the number of predicted notes
 */
export function natsPerNote(
  network: TransformerNetwork,
  pieces: readonly (readonly Note[])[],
  onProgress?: (notes: number) => void,
): NatsPerNote {
  const { vocabulary } = network;
  const waiting = [...pieces];
  const readings = new Set<Reading>();
  const sums = fields.map(() => 0);
  let notes = 0;
  while (waiting.length > 0 || readings.size > 0) {
    while (waiting.length > 0 && readings.size < network.capacity) {
      const tuples = toTuples(toTicks(waiting.shift()!, vocabulary), vocabulary);
      const state = network.open({});
      for (const tuple of [startOf(vocabulary), ...tuples.slice(0, 1)]) state.hear(tuple);
      readings.add({ state, tuples, next: 1 });
    }
    for (const reading of readings) {
      if (reading.next < reading.tuples.length) continue;
      network.close(reading.state);
      readings.delete(reading);
    }
    network.advance();
    const ready = [...readings].filter(({ state }) => state.unheard.length === 0);
    network.choose(
      ready.map(({ state }) => state),
      (field, index, logits) => {
        const { tuples, next } = ready[index]!;
        const value = tuples[next]![field]!;
        sums[field]! += natsOf(value, Float64Array.from(logits)) + widthNats(field, value, vocabulary);
        return value;
      },
    );
    for (const reading of ready) reading.state.hear(reading.tuples[reading.next++]!);
    notes += ready.length;
    onProgress?.(notes);
  }
  const means = fields.map((name, i) => [name, sums[i]! / notes] as const);
  return {
    fields: Object.fromEntries(means) as NatsPerNote['fields'],
    total: means.reduce((sum, [, nats]) => sum + nats, 0),
    notes,
  };
}

function widthNats(field: number, value: number, { dtEdges, durationEdges }: Vocabulary): number {
  const name = fields[field];
  const edges = name === 'dt' ? dtEdges : name === 'duration' ? durationEdges : undefined;
  return edges === undefined ? 0 : Math.log(edges[value + 1]! - edges[value]!);
}
