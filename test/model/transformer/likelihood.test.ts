import { describe, expect, it } from 'vitest';
import { natsPerNote } from '../../../src/model/transformer/likelihood.js';
import { TransformerNetwork } from '../../../src/model/transformer/network.js';
import { toNotes } from '../../../src/model/transformer/tokens.js';
import { fields } from '../../../src/model/transformer/vocabulary.js';
import { expected, madeUpModel, vocabulary } from './fixtures.js';

const notes = toNotes(expected.notes, vocabulary);

describe('natsPerNote', () => {
  it('matches the training code', () => {
    const result = natsPerNote(new TransformerNetwork(madeUpModel(), 1), [notes]);
    expect(result.notes).toBe(notes.length - 1);
    for (const field of fields) expect(result.fields[field]).toBeCloseTo(expected.nats[field]!, 4);
    expect(result.total).toBeCloseTo(
      Object.values(expected.nats).reduce((sum, nats) => sum + nats, 0),
      4,
    );
  });

  it('is the mean over all notes of all pieces, for any batch size', () => {
    const pieces = [notes, notes.slice(10, 35), notes.slice(0, 1), [...notes, ...notes.slice(1)]];
    const seen: number[] = [];
    const one = natsPerNote(new TransformerNetwork(madeUpModel(), 1), pieces);
    const many = natsPerNote(new TransformerNetwork(madeUpModel(), 3), pieces, (count) => seen.push(count));
    expect(many.notes).toBe(59 + 24 + 0 + 118);
    expect(many.total).toBeCloseTo(one.total, 10);
    expect(seen.at(-1)).toBe(many.notes);
  });
});
