import { describe, expect, it } from 'vitest';
import { eras, moodNames, moods } from '../../../src/request/words/wishes.js';
import { characterOf } from '../../../src/request/character.js';
import { understand } from '../../../src/request/words/understand.js';
import { composers } from '../../../src/request/words/composer-names.js';

describe('a text about music', () => {
  it('reports what is understood and what is not', () => {
    expect(understand('Sad slow zyzzyva in D minor')).toEqual({
      character: { ...moods.sad, tempo: 0.15 },
      key: { tonic: 'D', scale: 'minor' },
      words: ['sad', 'slow'],
      ignored: ['zyzzyva'],
    });
  });

  it.each([
    ['in C# major', 'C#', 'major'],
    ['e-flat minor', 'Eb', 'minor'],
    ['B flat dorian', 'Bb', 'dorian'],
    ['Bb minor', 'Bb', 'minor'],
    ['f♯ harmonic minor', 'F#', 'harmonic-minor'],
    ['a minor', 'A', 'minor'],
    ['g minor pentatonic', 'G', 'minor-pentatonic'],
  ])('names a key: %s', (text, tonic, scale) => {
    expect(understand(text)).toMatchObject({ key: { tonic, scale }, ignored: [] });
  });

  it.each(['a sad minor song', 'the bad band', 'sad'])('names no key: %s', (text) => {
    expect(understand(text).key).toBeUndefined();
  });

  it('recognises every mood, composer and era by its name', () => {
    for (const word of [...moodNames, ...composers, ...eras]) {
      expect(understand(word)).toMatchObject({ words: [word], ignored: [] });
    }
  });

  it.each([
    ['melancholic', 'sad'],
    ['Rachmaninov', 'rachmaninoff'],
    ['ALLEGRO', 'fast'],
  ])('recognises %s as %s', (written, word) => expect(understand(written).words).toEqual([word]));

  it.each([
    ['traurige, langsame Musik in d-Moll', ['sad', 'slow'], 'D minor'],
    ['ein verträumtes Stück im Stil Chopins, Es-Dur', ['dreamy', 'chopin'], 'Eb major'],
    ['Fröhlich und schnell in der Art von Händel, h-moll', ['happy', 'fast', 'handel'], 'B minor'],
    ['leise und gebunden in B-Dur', ['soft', 'legato'], 'Bb major'],
    ['musique triste et lente en ré mineur', ['sad', 'slow'], 'D minor'],
    [
      'Une chanson rêveuse à la manière de Tchaïkovski, si bémol majeur',
      ['dreamy', 'tchaikovsky'],
      'Bb major',
    ],
    ['melancolique, tres douce, fa# mineur', ['sad', 'very:soft'], 'F# minor'],
    ['música alegre y rápida en do mayor', ['happy', 'fast'], 'C major'],
    ['una pieza barroca, tranquilamente, fa sostenido menor', ['baroque', 'calm'], 'F# minor'],
    ['грустная медленная музыка в ре миноре', ['sad', 'slow'], 'D minor'],
    ['Весёлая пьеса в духе Чайковского, ми-бемоль мажор', ['happy', 'tchaikovsky'], 'Eb major'],
    ['悲しく遅いニ短調の曲', ['sad', 'slow'], 'D minor'],
    ['穏やかで弱いドビュッシー風のピアノ曲、変ホ長調で', ['calm', 'soft', 'debussy'], 'Eb major'],
    ['ロマン派のワルツ、とても激しく速い', ['romantic', 'waltz', 'very:angry', 'fast'], undefined],
  ])('is understood in other languages: %s', (text, words, key, ignored: string[] = []) => {
    const read = understand(text);
    expect(read.words).toEqual(words);
    expect(read.key && `${read.key.tonic} ${read.key.scale}`).toBe(key);
    expect(read.ignored).toEqual(ignored);
  });

  it('lets a single setting override a mood, whichever comes first', () => {
    expect(understand('loud calm').character).toEqual({ ...moods.calm, loudness: 0.85 });
  });

  it('can be empty', () => {
    expect(understand('something for the piano, please!')).toEqual({
      character: {},
      words: [],
      ignored: [],
    });
    expect(understand('constructor __proto__')).toMatchObject({ character: {}, words: [] });
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

  it('combine several moods; the last one wins where they differ', () => {
    expect(characterOf({ mood: ['sad', 'calm'] })).toEqual({ ...moods.sad, ...moods.calm });
    expect(characterOf({ mood: ['calm', 'sad'] })).toEqual({ ...moods.calm, ...moods.sad });
  });

  it('override a text, and a named setting overrides a mood', () => {
    const said = 'happy chopin, romantic';
    const text = { said, ...understand(said) };
    expect(characterOf({ text, mood: ['sad'], composer: 'bach', era: 'baroque', density: 'dense' })).toEqual({
      ...moods.happy,
      ...moods.sad,
      density: 1,
      composer: 'bach',
      era: 'baroque',
    });
  });
});
