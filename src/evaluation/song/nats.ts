import { natsOf } from '../../model/draw.js';
import { barAt, toldAt, type SongFrame } from '../../model/song/frame.js';
import { SongNetwork, type Heard } from '../../model/song/network.js';
import {
  composedNote,
  earliestOf,
  fieldsOf,
  openingOf,
  type NetworkNote,
  type Passage,
} from '../../model/song/sequence.js';
import { endStep, fields, type Field, type SongTags } from '../../model/song/vocabulary.js';
import type { SongModel } from '../../model/song/weights.js';

/** The loss of the network on notes, in nats. */
export interface SongNats {
  readonly notes: number;
  /** Summed over the notes, by field; excludes velocities. */
  readonly sums: Readonly<Record<Exclude<Field, 'velocity'>, number>>;
}

export const noNats: SongNats = { notes: 0, sums: { bar: 0, position: 0, part: 0, pitch: 0, duration: 0 } };

export function addNats(a: SongNats, b: SongNats): SongNats {
  const names = Object.keys(a.sums) as (keyof SongNats['sums'])[];
  return {
    notes: a.notes + b.notes,
    sums: Object.fromEntries(names.map((name) => [name, a.sums[name] + b.sums[name]])) as SongNats['sums'],
  };
}

export function natsPerNote({ notes, sums }: SongNats): number {
  return Object.values(sums).reduce((total, sum) => total + sum, 0) / notes;
}

/** The composed notes that fit into the context after the given ones. */
function fitting(given: number, composed: readonly NetworkNote[], context: number): readonly NetworkNote[] {
  return composed.slice(0, Math.max(0, context - given - 1));
}

/**
 * The loss of a network on a passage of real music, given its plan.
 * @param given preceding notes, in order
 * @param composed notes of the passage, in order; truncated to the context, and at a rest of eight bars or
 *   more
 */
export function natsOfPassage(
  network: SongNetwork,
  { vocabulary, shape }: Pick<SongModel, 'vocabulary' | 'shape'>,
  frame: SongFrame,
  tags: SongTags,
  passage: Passage,
  given: readonly NetworkNote[],
  composed: readonly NetworkNote[],
): SongNats {
  const state = network.open(tags);
  const hear = (heard: readonly Heard[]): void => {
    state.unheard.push(...heard);
    while (state.unheard.length > 0) network.advance();
  };
  const sums = { ...noNats.sums };
  let notes = 0;
  let fromBar = passage.first;
  const earliest = earliestOf(given, frame.bars[passage.first]!.start);
  hear(openingOf(given, passage, frame, vocabulary));
  for (const note of fitting(given.length, composed, shape.context)) {
    const bar = barAt(frame.bars, note.onset);
    if (bar - fromBar >= endStep) break;
    const values = fieldsOf(note, fromBar, frame.bars, vocabulary);
    const told = toldAt(frame, note.onset, bar, passage.end);
    network.choose([
      {
        state,
        chooser: {
          hasVelocity: false,
          told: () => told,
          pick: (field, logits) => {
            sums[fields[field] as keyof typeof sums] += natsOf(values[field]!, Float64Array.from(logits));
            return values[field]!;
          },
        },
      },
    ]);
    notes += 1;
    fromBar = bar;
    hear([composedNote(values, note.onset, told, earliest)]);
  }
  network.close(state);
  return { notes, sums };
}
