import { describe, expect, it } from 'vitest';
import { barAt, toldAt } from '../../../src/model/song/frame.js';
import { composedNote, earliestOf, fieldsOf, openingOf } from '../../../src/model/song/sequence.js';
import { durationNumber, given, startMark } from '../../../src/model/song/vocabulary.js';
import { expected, frame, madeUpModel, notes } from './fixtures.js';

const { vocabulary } = madeUpModel();
const [first, end] = expected.passage;

describe('a sequence', () => {
  it('is the same as in training: given notes, start mark, composed notes, and their plan', () => {
    const before = notes.filter((_, i) => !expected.composed[i]);
    const own = notes.filter((_, i) => expected.composed[i]);
    const passage = { first, end };
    const start = frame.bars[first]!.start;
    const earliest = earliestOf(before, start);
    let fromBar = first;
    const sequence = [
      ...openingOf(before, passage, frame, vocabulary),
      ...own.map((note) => {
        const fields = fieldsOf(note, fromBar, frame.bars, vocabulary);
        fromBar = barAt(frame.bars, note.onset);
        return composedNote(fields, note.onset, toldAt(frame, note.onset, fromBar, end), earliest);
      }),
    ];
    expect(sequence.map(({ kind }) => kind)).toEqual(expected.kind);
    expect(sequence.map(({ fields }) => fields)).toEqual(expected.fields);
    expect(sequence.map(({ onset }) => onset)).toEqual(expected.onset);
    expect(sequence.map(({ told }) => told)).toEqual(expected.plan);
    expect(expected.kind).toContain(given);
    expect(expected.kind[expected.start]).toBe(startMark);
  });

  it('is just a mark when nothing is given', () => {
    const heard = openingOf([], { first: 0, end: 2 }, frame, vocabulary);
    expect(heard).toHaveLength(1);
    expect(heard[0]).toMatchObject({ kind: startMark, onset: 0 });
  });

  it('uses the nearest length, or the shorter of two equally near', () => {
    const { durations } = vocabulary;
    expect(durations[durationNumber(99, durations)]).toBe(96);
    expect(durations[durationNumber(100, durations)]).toBe(102);
    expect(durations[durationNumber(1, durations)]).toBe(1);
    expect(durations[durationNumber(5000, durations)]).toBe(576);
  });
});
