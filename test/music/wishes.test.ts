import { describe, expect, it } from 'vitest';
import { characterOf, composers, eras, moodNames, moods, understand } from '../../src/music/wishes.js';

describe('a text about music', () => {
  it('says what is understood of it, and what is not', () => {
    expect(understand('Sad slow waltz in D minor')).toEqual({
      character: { ...moods.sad, tempo: 0 },
      key: { tonic: 'D', scale: 'natural-minor' },
      understood: ['sad', 'slow', 'D natural minor'],
      ignored: ['waltz'],
    });
  });

  it.each([
    ['in C# major', 'C#', 'major'],
    ['e-flat minor', 'Eb', 'natural-minor'],
    ['B flat dorian', 'Bb', 'dorian'],
    ['Bb minor', 'Bb', 'natural-minor'],
    ['f♯ harmonic minor', 'F#', 'harmonic-minor'],
    ['a minor', 'A', 'natural-minor'],
    ['g minor pentatonic', 'G', 'minor-pentatonic'],
  ])('names a key: %s', (text, tonic, scale) => {
    expect(understand(text)).toMatchObject({ key: { tonic, scale }, ignored: [] });
  });

  it.each(['a sad minor song', 'the bad band', 'sad'])('names no key: %s', (text) => {
    expect(understand(text).key).toBeUndefined();
  });

  it('knows every mood, composer and era by its name', () => {
    for (const word of [...moodNames, ...composers, ...eras]) {
      expect(understand(word)).toMatchObject({ understood: [word], ignored: [] });
    }
  });

  it.each([
    ['melancholic', 'sad'],
    ['Rachmaninov', 'rachmaninoff'],
    ['ALLEGRO', 'fast'],
  ])('knows %s as %s', (written, word) => expect(understand(written).understood).toEqual([word]));

  it('lets one thing win over a mood, whichever comes first', () => {
    expect(understand('loud calm').character).toEqual({ ...moods.calm, loudness: 1 });
  });

  it('may say nothing', () => {
    expect(understand('something for the piano, please!')).toEqual({
      character: {},
      understood: [],
      ignored: [],
    });
    expect(understand('constructor __proto__')).toMatchObject({ character: {}, understood: [] });
  });
});

describe('wishes', () => {
  it('are amounts from 0 to 1', () => {
    for (const mood of Object.values(moods)) {
      for (const amount of Object.values(mood)) {
        if (typeof amount !== 'number') continue;
        expect(amount).toBeGreaterThanOrEqual(0);
        expect(amount).toBeLessThanOrEqual(1);
      }
    }
    expect(characterOf({ density: 'sparse', polyphony: 'full' })).toEqual({ density: 0, polyphony: 1 });
  });

  it('win over a text, and what is named over a mood', () => {
    const text = 'happy chopin, romantic';
    expect(characterOf({ text, mood: 'sad', composer: 'bach', era: 'baroque', density: 'dense' })).toEqual({
      ...moods.happy,
      ...moods.sad,
      density: 1,
      composer: 'bach',
      era: 'baroque',
    });
  });
});
