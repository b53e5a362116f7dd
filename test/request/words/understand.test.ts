import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { understand } from '../../../src/request/words/understand.js';
import { nearestTo } from '../../../src/request/words/nearest.js';
import { missed, type Sentence } from './sentences.js';

function sentencesOf(name: string): readonly Sentence[] {
  const file = new URL(`sentences/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Sentence[];
}

describe('phrases', () => {
  it.each(sentencesOf('seen'))('is understood: $text', (sentence) => {
    expect(missed(sentence)).toEqual([]);
  });
});

describe('a text', () => {
  it.each([
    ['not sad', { words: ['not:sad'], character: { mode: 'major' } }],
    ['not too loud', { words: ['not:loud'], character: { loudness: 0.3 } }],
    ['no loud or fast notes', { words: ['without:loud', 'without:fast'] }],
    ['without loud and fast notes', { words: ['without:loud', 'without:fast'] }],
    ['not loud and fast', { words: ['not:loud', 'fast'] }],
    ['not loud, fast', { words: ['not:loud', 'fast'] }],
    ['not loud but very fast', { words: ['not:loud', 'very:fast'] }],
    ['very slow', { character: { tempo: 0 } }],
    ['slow', { character: { tempo: 0.15 } }],
    ['etwas Trauriges', { words: ['sad'] }],
    ['spiel mir etwas ganz Trauriges', { words: ['sad'] }],
    ['etwas trauriges bitte', { words: ['sad'] }],
    ['etwas Heiteres', { words: ['happy'] }],
    ['etwas sehr Trauriges', { words: ['very:sad'] }],
    ['etwas traurig', { words: ['slightly:sad'] }],
    ['ein etwas trauriges Stück', { words: ['slightly:sad'] }],
    ['algo triste', { words: ['sad'] }],
    ['toca algo triste', { words: ['sad'] }],
    ['una pieza algo triste', { words: ['slightly:sad'] }],
    ['a bit slow', { character: { tempo: 0.36 } }],
    ['slow 60 bpm', { bpm: 60, words: ['slow', '60 bpm'] }],
    ['in 6/8', { meter: { numerator: 6, denominator: 8 } }],
    ['a 2 minute waltz', { options: { length: '2:00' }, words: ['waltz', '2:00'] }],
    ['1 min 30 sec', { options: { length: '1:30' } }],
    ['45 Sekunden lang', { options: { length: '0:45' } }],
    ['2分の曲', { options: { length: '2:00' } }],
    ['0:50', { options: { length: '0:50' } }],
    ['3 hours', { ignored: ['3', 'hours'] }],
    ['150 notes', { options: { notes: 150 } }],
    ['one note at a time', { options: { voices: 'mono' } }],
    ['loud lullaby', { character: { loudness: 0.85, tempo: 0.05 } }],
    ['lullaby, loud', { character: { loudness: 0.85, tempo: 0.05 } }],
    ['gets faster and louder and louder', { course: { tempo: 'faster', loudness: 'louder' } }],
    ['jazz', { options: { genre: 'swing' }, words: ['jazz'], character: {} }],
    [
      'a lullaby for flute and harp in 3/4',
      {
        options: { genre: 'lullaby', instruments: 'flute,harp' },
        meter: { numerator: 3, denominator: 4 },
      },
    ],
    ['Rock ohne Schlagzeug', { options: { genre: 'rock', without: 'drums' } }],
    ['a sad waltz for violin and piano', { options: { genre: 'waltz', instruments: 'violin,piano' } }],
    ['no guitar', { words: ['without:guitar'], ignored: [] }],
    ['guitar', { options: { instruments: 'guitar' }, words: ['guitar'] }],
    ['sad zyzzyva', { words: ['sad'], ignored: ['zyzzyva'] }],
  ])('is understood as listed: %s', (text, meant) => {
    expect(understand(text)).toMatchObject(meant);
  });

  it('is read in the language of most of its words', () => {
    expect(understand('des notes graves').words).toEqual(['low']);
    expect(understand('a grave').words).toEqual(['funeral']);
  });

  it('can be misspelled, with the nearest word as a suggestion', () => {
    expect(['saddd', 'meloncholic', 'traurik', 'chopn', 'zyzzyva'].map(nearestTo)).toEqual([
      ...['sad', 'sad', 'sad', 'chopin'],
      undefined,
    ]);
  });
});
