import { describe, expect, it } from 'vitest';
import { helpMessage, helpTopics } from '../../src/commands/help.js';
import { readWrittenRequest } from '../../src/commands/written-request.js';
import type { Language } from '../../src/i18n/language.js';
import { languageCodes, languageFor, languages, ownNames } from '../../src/i18n/languages.js';
import { rollWordsIn } from '../../src/i18n/picture.js';
import { understoodIn } from '../../src/i18n/understood.js';
import { writeOptions, writtenNames } from '../../src/i18n/written.js';
import { scaleNames, tonics } from '../../src/music/theory/key.js';
import { titleIn } from '../../src/music/title.js';
import { understand } from '../../src/request/words/understand.js';
import { loadOpenings, nothingGiven } from '../../src/compose/openings.js';
import { builtInPresets } from '../../src/request/presets.js';
import { optionNames, optionSpecs } from '../../src/request/options.js';
import { parseOptions } from '../../src/request/parse-options.js';
import { formatOptions, parseOptionText } from '../../src/request/option-text.js';
import { keyIn, notesIn } from '../../src/render/picture-words.js';
import type { Sound } from '../../src/render/describe.js';
import { averageWidths, textWidth } from '../../src/render/svg.js';
import { sampleRefusals } from './samples.js';

/** Maximum width of a title in the smallest piano roll, in multiples of its size. */
const titleWidth = (960 - 2 * 32) / 25;
const counts = [1, 2, 5, 21, 1500];
/** These take objects, and are tested separately. */
const ofObjects = ['figures', 'result.key', 'altText.sound', 'refusal', 'locale'];

/** All texts of a language by path, with numbers as arguments. */
function sentences(value: unknown, path: readonly string[] = []): [path: string, text: string][] {
  const name = path.join('.');
  if (ofObjects.includes(name)) return [];
  if (typeof value === 'string') return [[name, value]];
  if (typeof value === 'function') {
    return counts.flatMap((count) => {
      const args = Array.from({ length: 5 }, () => count);
      return sentences((value as (...args: number[]) => unknown)(...args), [...path, String(count)]);
    });
  }
  return Object.entries(value as object).flatMap(([key, part]) => sentences(part, [...path, key]));
}

const sounds: readonly (Sound | undefined)[] = [
  undefined,
  { notes: 1, seconds: 2, register: 'mostly low', loudness: ['soft', 'soft'] },
  {
    notes: 200,
    given: 25,
    key: { tonic: 'Bb', scale: 'natural-minor' },
    seconds: 64,
    speed: 'moderately fast',
    register: 'low to high',
    loudness: ['very soft', 'very loud'],
  },
];

function expectSound(text: string): void {
  expect(text.trim()).not.toBe('');
  expect(text).not.toMatch(/undefined|NaN|\[object|English for/);
  expect(text.length).toBeLessThanOrEqual(2000);
}

describe.each(languageCodes)('the language %s', (code) => {
  const language: Language = languages[code];

  it('has every text, for any count', () => {
    const all = sentences(language);
    expect(all.length).toBeGreaterThan(400);
    for (const [, text] of all) expectSound(text);
  });

  it('has a title for every built-in opening, which fits into a picture', async () => {
    const { titles } = language;
    const openings = [...(await loadOpenings()).values(), nothingGiven];
    expect(Object.keys(titles.openings).sort()).toEqual(openings.map(({ title }) => title).sort());
    expect(titles.after.split('#')).toHaveLength(2);
    for (const { title } of openings) {
      const written = titleIn(titles, { title, namedAfter: true });
      expect(written).toContain(titles.openings[title]);
      expect(textWidth(written, averageWidths.bold), written).toBeLessThanOrEqual(titleWidth);
    }
  });

  it('names every key and describes how a piece sounds', () => {
    const keys = tonics.flatMap((tonic) => scaleNames.map((scale) => language.result.key({ tonic, scale })));
    expect(new Set(keys).size).toBe(keys.length);
    for (const sound of sounds) {
      const text = language.altText.sound(sound);
      expectSound(text);
      expect(text.length).toBeLessThan(300);
    }
  });

  it('counts and names in pictures as in messages', () => {
    const words = rollWordsIn(language);
    for (const count of [1, 2, 5, 21, 300, 2000]) {
      expect(notesIn(words, count).replace(/\s/g, ' ')).toBe(
        language.result.notes(count).replace(/\s/g, ' '),
      );
    }
    for (const tonic of tonics) {
      for (const scale of scaleNames) {
        expect(keyIn(words, { tonic, scale })).toBe(language.result.key({ tonic, scale }));
      }
    }
  });

  it('stays within Discord’s limits', () => {
    const { buttons, remix, training } = language;
    for (const [, label] of sentences(buttons)) expect(label.length).toBeLessThanOrEqual(80);
    for (const label of [remix.title, remix.options, remix.file])
      expect(label.length).toBeLessThanOrEqual(45);
    for (const hint of [
      remix.optionsHint,
      remix.samePiece,
      remix.sameFile,
      remix.sameOpening,
      remix.newSong,
    ]) {
      expect(hint.length).toBeLessThanOrEqual(100);
    }
    const { heldOut, ...columns } = training.table;
    expect(heldOut.length).toBeLessThanOrEqual(16);
    for (const column of Object.values(columns)) expect(column.length).toBeLessThanOrEqual(8);
  });

  it('lists every option once in /help', async () => {
    const messages = await Promise.all(helpTopics.map((topic) => helpMessage(language, topic)));
    const lines = messages.flatMap(({ content }) => content.split('\n'));
    for (const name of optionNames) {
      const { name: own, description } = language.options[name];
      const listing = lines.filter(
        (line) => line.endsWith(`\` ${description}`) && line.startsWith(`\`${own}`),
      );
      expect(listing, name).toHaveLength(1);
    }
    for (const { content } of messages) expectSound(content);
  });

  it('shows in /help examples that work', async () => {
    const { compose, help } = language.commands;
    const { preset, midi, private: alone } = compose.options;
    const names = new Map(writtenNames).set(preset.name, 'preset').set(alone.name, 'private');
    const messages = await Promise.all(helpTopics.map((topic) => helpMessage(language, topic)));
    const texts = messages.map(({ content }) => content).join('\n');
    const examples = [...texts.matchAll(/`(?:\/\S+ |@\S+ )?([\p{L}]+:[^`…]+)`/gu)].map(([, text]) => text!);
    const shown = new Set<string>();
    for (const text of examples.filter((example) => !example.startsWith(`${help.topic.name}:`))) {
      const { preset: named, private: privately, ...written } = parseOptionText(text, names);
      if (named !== undefined) expect(builtInPresets).toHaveProperty(named);
      expect(privately ?? 'true').toBe('true');
      const { options } = readWrittenRequest(formatOptions(written), false);
      expect(() => parseOptions(options, 1)).not.toThrow();
      for (const name of Object.keys(parseOptionText(text, names))) shown.add(name);
      for (const name of Object.keys(options)) shown.add(name);
    }
    for (const name of ['preset', 'private', 'takes', 'voice', 'more']) {
      expect(shown).toContain(name);
    }
    expect(texts).toContain(`${midi.name}:…`);
    for (const word of [...Object.values(language.choices.mood), ...Object.values(language.choices.era)]) {
      expect(language.help.character).toContain(word);
    }
  });

  it('understands its own words for moods, tempos, composers and keys in a text', () => {
    const { mood, era, composer } = language.choices;
    for (const words of [mood, era, composer]) {
      for (const [word, own] of Object.entries(words)) {
        const understanding = understand(own);
        expect(understanding, own).toMatchObject({ words: [word], ignored: [] });
        expect(understoodIn(language, understanding)).toEqual([own]);
      }
    }
    for (const tonic of tonics) {
      for (const scale of ['major', 'minor'] as const) {
        const own = language.result.key({ tonic, scale });
        expect(understand(own), own).toMatchObject({ key: { tonic, scale }, ignored: [] });
      }
    }
  });

  it('shows in /help texts that are understood', () => {
    const { options, help } = language;
    const texts = [...help.character.matchAll(new RegExp(`${options.text.name}:"([^"]+)"`, 'g'))];
    expect(texts).toHaveLength(2);
    for (const [, text = ''] of texts) {
      const { words, ignored } = understand(text);
      expect(words).toHaveLength(2);
      expect(ignored).toEqual([]);
    }
  });

  it('only names commands that exist', () => {
    const { commands } = language;
    const known = new Set(
      Object.values<{ readonly name: string; readonly description?: string }>({ ...commands }).flatMap(
        ({ name, description }) => (description === undefined ? [] : [name]),
      ),
    );
    const said = [
      ...sentences(language),
      ...sampleRefusals.map((one) => ['', language.refusal(one)] as const),
    ];
    for (const [path, text] of said) {
      for (const [, name] of text.matchAll(/(?<![\p{L}\d<:/.])\/(\p{L}[\p{L}-]*)/gu)) {
        expect(known, `${path}: ${text}`).toContain(name);
      }
    }
  });

  it('reads what it writes', () => {
    for (const scale of scaleNames) {
      const options = {
        ...{ notes: 20, temp: 0.8, tempo: 1.5, pitch: 60, velocity: 70, key: 'F#', scale },
        ...{ quantise: 'straight', voices: 'mono', sampling: 'source', seed: 5, model: 'lstm' },
        opening: 'bach-prelude',
      };
      const written = writeOptions(options, language);
      expect(parseOptions(readWrittenRequest(written, false).options, 0)).toEqual(parseOptions(options, 0));
    }
  });

  it('reads every choice that it writes', () => {
    for (const [name, spec] of Object.entries(optionSpecs)) {
      if (spec.kind !== 'choice') continue;
      for (const choice of spec.choices) {
        const { options } = readWrittenRequest(writeOptions({ [name]: choice }, language), false);
        expect(options).toEqual({ [name]: choice });
      }
    }
    const text = { text: 'sad slow music in d minor' };
    expect(readWrittenRequest(writeOptions(text, language), false).options).toEqual(text);
  });
});

describe.each(languageCodes)('error messages in %s', (code) => {
  it.each(sampleRefusals.map((one) => [one.code, one] as const))('%s', (_, one) => {
    expectSound(languages[code].refusal(one));
  });

  it('name the file that they are about', () => {
    const [first] = sampleRefusals;
    const details = { file: 'a.mid', refusal: first! };
    const text = languages[code].refusal({ code: 'attachment.refused', details });
    expect(text).toBe(`a.mid: ${languages[code].refusal(first!)}`);
  });

  it('of another version keep their text, or name the unknown code', () => {
    const { refusal } = languages[code];
    expect(refusal({ code: 'version.other', details: { sentence: 'Something new.' } })).toBe(
      'Something new.',
    );
    const later = { code: 'midi.from-tomorrow', details: {} } as never;
    expectSound(refusal(later));
    expect(refusal(later)).toContain('midi.from-tomorrow');
  });
});

describe('languages', () => {
  it('are chosen by the locale, with English as the fallback', () => {
    const chosen = (locale?: string): string => languageFor(locale).locale;
    expect(['de', 'fr', 'es-ES', 'es-419', 'ja', 'ru'].map(chosen)).toEqual([
      'de',
      'fr',
      'es',
      'es',
      'ja',
      'ru',
    ]);
    expect(['en-US', 'en-GB', 'pt-BR', 'zh-CN', undefined].map(chosen)).toEqual(Array(5).fill('en'));
  });

  it('are listed under their own names', () => {
    expect(new Set(Object.values(ownNames)).size).toBe(languageCodes.length);
  });

  it('never use one written name for two options', () => {
    for (const code of languageCodes) {
      const { options, commands } = languages[code];
      const { takes, voice, more } = commands.compose.options;
      for (const [name, own] of Object.entries({ ...options, takes, voice, more })) {
        expect(writtenNames.get(own.name)).toBe(name);
      }
    }
    for (const name of optionNames) expect(writtenNames.get(name)).toBe(name);
  });
});
