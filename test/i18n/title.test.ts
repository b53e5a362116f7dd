import { describe, expect, it } from 'vitest';
import { languages, type LanguageCode } from '../../src/i18n/languages.js';
import { titlesFor } from '../../src/i18n/title.js';
import { titleIn } from '../../src/music/title.js';
import type { RawOptions } from '../../src/request/options.js';
import { parseOptions } from '../../src/request/parse-options.js';
import { songTask } from '../../src/compose/song.js';
import { startFrom } from '../compose/tasks.js';

const opening = {
  title: 'W. A. Mozart, Andante grazioso',
  notes: [{ pitch: 60, onsetSeconds: 0, durationSeconds: 1, velocity: 64 }],
  tempoBpm: 120,
  timeSignature: { numerator: 4, denominator: 4 },
};

function titled(raw: RawOptions, code: LanguageCode = 'en'): string {
  const { settings } = parseOptions(raw, 1);
  const titles = titlesFor(languages[code], { ...settings, task: startFrom(opening) });
  return titleIn(titles, { title: opening.title, namedAfter: true });
}

describe('the title of a piece', () => {
  it.each([
    ['en', 'Dreamy, in the style of Debussy · after W. A. Mozart, Andante grazioso'],
    ['de', 'Verträumt, im Stil von Debussy · nach W. A. Mozart, Andante grazioso'],
    ['fr', /^Rêveuse, dans le style de Debussy · d’après W. A. Mozart/],
    ['es', /^\p{Lu}.+, al estilo de Debussy · a partir de W. A. Mozart/u],
    ['ja', /、ドビュッシー風 · 「/],
    ['ru', /^\p{Lu}.+, в стиле Дебюсси · по мотивам: /u],
  ] as const)('starts with the request: %s', (code, title) => {
    expect(titled({ mood: 'dreamy', composer: 'debussy' }, code)).toEqual(
      typeof title === 'string' ? title : expect.stringMatching(title),
    );
  });

  it.each([
    [{}, 'After W. A. Mozart, Andante grazioso'],
    [{ text: 'very sad and slow, not loud, like Chopin' }, /^Very sad, slow, in the style of Chopin · after/],
    [{ text: 'in 3/4, 1:00' }, 'After W. A. Mozart, Andante grazioso'],
    [{ title: 'Night "rain"\n@everyone', mood: 'sad' }, 'Night rain @everyone'],
    [{ title: '  ' }, 'After W. A. Mozart, Andante grazioso'],
  ] as const)('of %j', (raw, title) => {
    expect(titled(raw)).toEqual(typeof title === 'string' ? title : expect.stringMatching(title));
  });

  it('declines composers in Russian and elides in French', () => {
    expect(titled({ composer: 'chopin' }, 'ru')).toMatch(/^В стиле Шопена/);
    expect(titled({ composer: 'tchaikovsky' }, 'ru')).toMatch(/^В стиле Чайковского/);
    expect(titled({ composer: 'albéniz' }, 'fr')).toMatch(/^Dans le style d’Albéniz/);
  });

  it('of a song consists of its style and the request', () => {
    const song = (code: LanguageCode): string => {
      const { settings } = parseOptions({ genre: 'waltz', mood: 'dreamy' }, 1);
      const task = songTask(settings);
      return titleIn(titlesFor(languages[code], { ...settings, task }), task);
    };
    expect(song('en')).toBe('Waltz, dreamy');
    expect(song('de')).toBe('Walzer, verträumt');
  });
});
