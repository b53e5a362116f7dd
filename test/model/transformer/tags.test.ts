import { describe, expect, it } from 'vitest';
import { tagRow, tagSizes, tagsOfNotes } from '../../../src/model/transformer/tags.js';
import type { TickNote } from '../../../src/model/transformer/tokens.js';
import { expected, vocabulary } from './fixtures.js';

const louder = (notes: readonly TickNote[], by: number): TickNote[] =>
  notes.map((note) => ({ ...note, velocity: note.velocity + by }));

const scale = (tonic: number): TickNote[] =>
  [0, 2, 4, 5, 7, 9, 11, 12, 7, 4, 0].map((step, i) => ({
    pitch: 60 + tonic + step,
    onsetTicks: 25 * i,
    durationTicks: 20,
    velocity: 64,
  }));

describe('tags of notes', () => {
  it('match the training code', () => {
    expect(tagsOfNotes(expected.notes, vocabulary)).toEqual(expected.tags);
  });

  it('name the key of a scale, and none if all pitch classes are equally frequent', () => {
    for (let tonic = 0; tonic < 12; tonic++) {
      expect(tagsOfNotes(scale(tonic), vocabulary)['key']).toBe(2 * tonic);
    }
    const chromatic = Array.from({ length: 12 }, (_, i) => ({
      ...scale(0)[0]!,
      pitch: 60 + i,
      onsetTicks: 25 * i,
    }));
    expect(tagsOfNotes(chromatic, vocabulary)).not.toHaveProperty('key');
  });

  it('increase with the graded quantity', () => {
    const tags = (notes: readonly TickNote[]): Readonly<Record<string, number>> =>
      tagsOfNotes(notes, vocabulary);
    const slow = scale(0);
    const quick = slow.map((note) => ({ ...note, onsetTicks: note.onsetTicks / 2.5 }));
    expect(tags(louder(scale(0), 30))['loudness']).toBeGreaterThan(tags(louder(scale(0), -40))['loudness']!);
    expect(tags(quick)['density']).toBeGreaterThan(tags(slow)['density']!);
    expect(tags(slow)['tempo']).toBeGreaterThan(tags(quick)['tempo']!);
  });

  it('have no tempo when all notes are one chord', () => {
    const chord = scale(0).map((note) => ({ ...note, onsetTicks: 0 }));
    expect(tagsOfNotes(chord, vocabulary)).not.toHaveProperty('tempo');
    expect(tagsOfNotes(chord, vocabulary)).not.toHaveProperty('articulation');
  });
});

describe('the tag table', () => {
  it('has the values one after the other', () => {
    const names = [...tagSizes(vocabulary).keys()];
    expect(names.slice(0, 2)).toEqual(['timebase', 'composer']);
    expect([tagRow(vocabulary, 'timebase', 1), tagRow(vocabulary, 'composer', 0)]).toEqual([1, 2]);
    const last = [...tagSizes(vocabulary)].at(-1)!;
    const total = [...tagSizes(vocabulary).values()].reduce((sum, size) => sum + size);
    expect(tagRow(vocabulary, last[0], last[1] - 1)).toBe(total - 1);
  });

  it('refuses unknown values', () => {
    expect(() => tagRow(vocabulary, 'mood', 1)).toThrow(RangeError);
    expect(() => tagRow(vocabulary, 'timebase', 2)).toThrow(RangeError);
    expect(() => tagRow(vocabulary, 'timebase', 0.5)).toThrow(RangeError);
  });
});
