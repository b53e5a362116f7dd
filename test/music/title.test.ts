import { describe, expect, it } from 'vitest';
import { titles as englishTitles } from '../../src/i18n/en/pictures.js';
import { titleIn } from '../../src/music/title.js';

const german = {
  after: 'Nach #',
  untitled: 'Nach einer MIDI-Datei',
  openings: { 'Moonlight, by B.': 'Mondschein' },
};

describe('titleIn', () => {
  it('names a piece after its opening, or uses its own title', () => {
    expect(titleIn(englishTitles, { title: 'Für Elise', namedAfter: true })).toBe('After Für Elise');
    expect(titleIn(englishTitles, { title: 'After Dark' })).toBe('After Dark');
    expect(titleIn(german, { title: ' A tune ', namedAfter: true })).toBe('Nach A tune');
  });

  it('has the titles of the built-in openings in the language', () => {
    expect(titleIn(german, { title: 'Moonlight, by B.', namedAfter: true })).toBe('Nach Mondschein');
    expect(titleIn(german, { title: 'Moonlight, by B.' })).toBe('Mondschein');
  });

  it('puts the request first, and uses only the person’s own title if there is one', () => {
    const dreamy = { ...german, wish: { text: 'Verträumt', isWhole: false } };
    expect(titleIn(dreamy, { title: 'Für Elise', namedAfter: true })).toBe('Verträumt · nach Für Elise');
    expect(titleIn(dreamy, { title: '' })).toBe('Verträumt · nach einer MIDI-Datei');
    expect(titleIn(dreamy, { title: 'My tune' })).toBe('Verträumt · My tune');
    const own = { ...german, wish: { text: 'Night rain', isWhole: true } };
    expect(titleIn(own, { title: 'Für Elise', namedAfter: true })).toBe('Night rain');
  });

  it('has a name for music without a title', () => {
    expect(titleIn(german, { title: ' ', namedAfter: true })).toBe('Nach einer MIDI-Datei');
    expect(titleIn(englishTitles, { title: '' })).toBe('From a MIDI file');
  });

  it.each(['constructor', '__proto__', '$& $1', '#'])('keeps the title %s', (title) => {
    expect(titleIn(german, { title, namedAfter: true })).toBe(`Nach ${title}`);
  });
});
