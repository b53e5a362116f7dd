import { describe, expect, it } from 'vitest';
import { languageCodes, languages } from '../../src/i18n/languages.js';
import { songSheet } from '../../src/i18n/song-sheet.js';
import { partNameIn } from '../../src/i18n/sound.js';
import { titlesFor } from '../../src/i18n/title.js';
import { songTask } from '../../src/compose/song.js';
import { titleIn } from '../../src/music/title.js';
import { ensembleNames, ensembles, instruments, type Seat } from '../../src/plan/instruments.js';
import { planOfPiece } from '../../src/plan/plan-of-piece.js';
import { sectionIn } from '../../src/render/picture-words.js';
import { styleNames, type StyleName } from '../../src/plan/styles.js';
import { parseOptions } from '../../src/request/parse-options.js';
import { band } from '../render/audio/band-fixture.js';

const latin = /[a-z]/i;

function called(code: (typeof languageCodes)[number], { instrument, role, name }: Seat): string {
  const { program, name: own } = instruments[instrument];
  return partNameIn(languages[code], { name: name ?? own, program, isDrums: role === 'drums' });
}

function titled(code: (typeof languageCodes)[number], genre: StyleName): string {
  const { settings } = parseOptions({ genre }, 1);
  const task = songTask(settings);
  return titleIn(titlesFor(languages[code], { ...settings, task }), task);
}

const seats: readonly Seat[] = ensembleNames.flatMap((name): readonly Seat[] => ensembles[name].seats);

describe('a song in the language of its reader', () => {
  it.each(['ja', 'ru'] as const)('has no English title in %s, whatever its style', (code) => {
    const titles = styleNames.map((style) => titled(code, style));
    expect(titles.filter((title) => latin.test(title))).toEqual([]);
    expect(new Set(titles).size).toBe(styleNames.length);
  });

  it.each(['ja', 'ru'] as const)('has no English part in %s, whatever the ensemble', (code) => {
    const names = seats.map((seat) => called(code, seat).replace(/ [IVX]+$/, ''));
    expect(names.filter((name) => latin.test(name))).toEqual([]);
  });

  it('has titles that begin with a capital', () => {
    expect((['lullaby', 'waltz', '8-bit'] as const).map((style) => titled('de', style))).toEqual([
      'Wiegenlied',
      'Walzer',
      '8-bit',
    ]);
    expect([titled('fr', 'chamber'), titled('es', 'chamber')]).toEqual([
      'Musique de chambre',
      'Música de cámara',
    ]);
  });

  it.each(languageCodes)('has distinct names for the parts of each ensemble in %s', (code) => {
    for (const name of ensembleNames) {
      const names = ensembles[name].seats.map((seat: Seat) => called(code, seat));
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('names a part after its current instrument', () => {
    const fiddle = { name: 'Fiddle', program: 40, isDrums: false };
    expect(partNameIn(languages.de, fiddle)).toBe('Fiedel');
    expect(partNameIn(languages.de, { name: 'Bass', program: 52, isDrums: false })).toBe('Bass');
    expect(partNameIn(languages.ja, { name: 'Bass', program: 52, isDrums: false })).toBe('バス');
    expect(partNameIn(languages.de, { name: 'Violin II', program: 73, isDrums: false })).toBe('Flöte II');
  });

  it('lists its parts by name in the lead sheet', () => {
    const sheet = songSheet(languages.de, planOfPiece(band(2))!.plan);
    expect(sheet).toContain('Flöte: 1-2');
    expect(sheet).not.toContain('Flute');
  });

  it('has sections without a letter in its words', () => {
    const { plan } = planOfPiece(band(4))!;
    const sections = [
      { bar: 0, letter: 'intro', timesBefore: 0 },
      { bar: 2, letter: 'A', timesBefore: 0 },
    ] as const;
    const sheet = songSheet(languages.ru, { ...plan, sections });
    const [, first, second] = sheet.split('\n');
    expect([first, second].map((line) => line!.slice(0, 17))).toEqual([
      '  1  Вступление  ',
      '  3  A           ',
    ]);
  });

  it.each(languageCodes)('has short names for sections: %s', (code) => {
    const { sections } = languages[code].picture.roll;
    expect(new Set(Object.values(sections)).size).toBe(4);
    for (const name of Object.values(sections)) expect(name.length).toBeLessThanOrEqual(14);
  });

  it('leaves letters and what files call their sections as they are', () => {
    const { roll } = languages.fr.picture;
    expect(['A', 'Chorus', 'constructor', 'interlude'].map((name) => sectionIn(roll, name))).toEqual([
      'A',
      'Chorus',
      'constructor',
      'Interlude',
    ]);
  });
});
