import { describe, expect, it } from 'vitest';
import { english } from '../../src/i18n/en/english.js';
import { makingIn, networkIn } from '../../src/i18n/network.js';

describe('the description of a network', () => {
  it('is its own sentence if it comes with the program', () => {
    expect(networkIn(english, 'lstm')).toBe(english.models.kinds.lstm);
    expect(makingIn(english, 'lstm')).toEqual([english.models.made.lstm]);
  });

  it('otherwise says what it composes', () => {
    const words = { models: { ...english.models, kinds: {}, made: {} } };
    expect(networkIn(words, 'lstm')).toBe('piano pieces');
    expect(networkIn(words, 'book')).toBe('songs for several instruments');
    expect(makingIn(words, 'lstm')).toEqual([]);
  });
});
