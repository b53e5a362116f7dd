import { describe, expect, it } from 'vitest';
import { UserError, type OptionProblem } from '../../src/errors/user-error.js';
import {
  asksForSong,
  defaultModel,
  kindsFor,
  optionSpecs,
  rawNames,
  specOf,
  overriding,
  type OptionName,
  type OptionSpec,
  type RawOptions,
} from '../../src/request/options.js';
import { composesSongs, keyboardKinds, songKinds, type ModelKind } from '../../src/request/networks.js';
import { parseOptions } from '../../src/request/parse-options.js';

const specs: readonly (readonly [OptionName, OptionSpec])[] = (Object.keys(optionSpecs) as OptionName[]).map(
  (name) => [name, optionSpecs[name]],
);

/** The name of the setting in the request. */
const settingOf = (name: string): string => (name === 'temp' ? 'temperature' : name);

const isSong = (raw: RawOptions, kind: ModelKind | undefined): boolean =>
  asksForSong(raw) || (kind !== undefined && composesSongs(kind));

function settingsOf(raw: RawOptions): Readonly<Record<string, unknown>> {
  return { ...parseOptions(raw, 7).settings };
}

/** The error for these options. */
function refusal(raw: RawOptions): UserError {
  try {
    parseOptions(raw, 7);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error(`${JSON.stringify(raw)} was accepted.`);
}

describe('options', () => {
  it('have defaults', () => {
    expect(parseOptions({}, 7)).toEqual({
      settings: {
        notes: 300,
        temperature: 1,
        tempo: 1,
        quantise: 'none',
        voices: 'poly',
        seed: 7,
        model: defaultModel,
      },
    });
  });

  it('accept a length instead of a number of notes', () => {
    const { settings } = parseOptions({ length: '1:30' }, 7);
    expect(settings.length).toBe(90);
    expect(settings).not.toHaveProperty('notes');
    expect(refusal({ notes: 100, length: '1:30' }).details).toEqual({
      ...{ problem: 'instead', option: 'notes', instead: 'length' },
    });
    for (const given of ['0:09', '5:01', 'long', 9]) {
      expect(refusal({ length: given }).details).toEqual({
        ...{ problem: 'duration', option: 'length', min: '0:10', max: '5:00', given },
      });
    }
  });

  it('give a mood its own length, unless another is requested', () => {
    const lengthOf = (raw: RawOptions): unknown => settingsOf(raw)['length'];
    expect(lengthOf({ mood: 'calm' })).toBeGreaterThan(lengthOf({ mood: 'angry' }) as number);
    expect(lengthOf({ text: 'calm' })).toBe(lengthOf({ mood: 'calm' }));
    expect(settingsOf({ mood: 'calm' })).not.toHaveProperty('notes');
    expect(settingsOf({ mood: 'calm', notes: 100 })).toMatchObject({ notes: 100 });
    expect(settingsOf({ mood: 'calm', notes: 100 })).not.toHaveProperty('length');
    expect(lengthOf({ mood: 'calm', length: '0:30' })).toBe(30);
    expect(lengthOf({})).toBeUndefined();
  });

  it('let the later of length and notes win', () => {
    expect(overriding({ notes: 100, temp: 1 }, { length: '2 min' })).toEqual({ temp: 1, length: '2 min' });
    expect(overriding({ length: '2 min' }, { notes: 100 })).toEqual({ notes: 100 });
  });

  it('resolve the opening: it is a name here, and notes in the request', () => {
    const { settings, openingName } = parseOptions({ opening: 'bach-prelude' }, 7);
    expect(openingName).toBe('bach-prelude');
    expect(settings).not.toHaveProperty('opening');
  });

  const numbers = specs.flatMap(([name, spec]) =>
    spec.kind === 'integer' || spec.kind === 'number' ? [{ name, ...spec }] : [],
  );

  describe.each(numbers)('$name', ({ name, min, max, kind }) => {
    const outside = kind === 'integer' ? 1 : 0.001;

    it.each([min, max, String(min), ` ${max} `])('can be %j', (value) => {
      expect(settingsOf({ [name]: value })[settingOf(name)]).toBe(Number(value));
    });

    it.each([
      ...[min - outside, max + outside, String(max + outside), NaN, Infinity, -Infinity],
      ...['', ' ', 'NaN', 'Infinity', '1e10', 'many', '1,5', '5 6', '--'],
      ...(kind === 'integer' ? [min + 0.5, `${min}.5`] : []),
    ])('cannot be %j', (value) => {
      const { code, details } = refusal({ [name]: value });
      expect(code).toBe(`options.${name}`);
      expect(details).toEqual({
        ...{ problem: 'range', option: name, whole: kind === 'integer' },
        ...{ min, max, given: value },
      });
    });
  });

  const choices = specs.flatMap(([name, spec]) =>
    'choices' in spec ? [{ name, choices: spec.choices }] : [],
  );

  it.each(choices)('$name takes each of its choices, in any case', ({ name, choices: all }) => {
    for (const choice of all) {
      for (const written of [choice, choice.toUpperCase(), ` ${choice.toLowerCase()} `]) {
        const settings = settingsOf({ [name]: written });
        if (name === 'key') expect(settings['key']).toEqual({ tonic: choice, scale: 'major' });
        else if (name === 'scale') expect(settings['key']).toEqual({ tonic: 'C', scale: choice });
        else if (specOf(name).kind === 'several') expect(settings[name]).toEqual([choice]);
        else expect(settings[name]).toBe(choice);
      }
    }
  });

  it.each(choices)('$name lists its choices in errors', ({ name, choices: all }) => {
    for (const wrong of ['', 'H', 'major minor', 1]) {
      const { code, details } = refusal({ [name]: wrong });
      expect(code).toBe(`options.${name}`);
      expect(details).toMatchObject({ problem: 'choice', option: name, choices: all });
    }
  });

  it('make a key of tonic and scale', () => {
    expect(settingsOf({ key: 'eb', scale: 'dorian' })['key']).toEqual({ tonic: 'Eb', scale: 'dorian' });
    expect(settingsOf({ key: 'D♯', scale: 'minor' })['key']).toEqual({ tonic: 'Eb', scale: 'natural-minor' });
  });

  it('model is a name and never a path', () => {
    for (const wrong of ['', ' ', '..', '../lstm', 'a/b', 'a\\b', '.hidden', 'a\0', 'x'.repeat(65)]) {
      expect(refusal({ model: wrong }).code).toBe('options.model');
    }
    const fine = 'my_model-2.1';
    expect(parseOptions({ model: fine }, 7).settings.model).toBe(fine);
  });

  it.each(['albeniz', 'Albéniz', 'ALBENIZ'])('ignore accents and case: %s', (composer) => {
    expect(parseOptions({ composer }, 7).settings.composer).toBe('albéniz');
  });

  it('shorten long input in messages', () => {
    expect(refusal({ key: 'x'.repeat(5000) }).details).toMatchObject({ given: 'x'.repeat(40) });
  });
});

describe('options of one kind of model', () => {
  it.each([
    [{}, undefined, keyboardKinds],
    [{ notes: 5 }, 'lstm', ['lstm']],
    [{ notes: 5 }, undefined, keyboardKinds],
    [{ mood: 'sad' }, undefined, ['transformer']],
    [{ sampling: 'source' }, undefined, ['lstm']],
    [{ text: 'slow' }, 'transformer', ['transformer']],
    [{ genre: 'waltz', mood: 'sad' }, undefined, songKinds],
    [{ chords: 'Am F' }, undefined, songKinds],
  ] as const)('%j with a model of the kind %s require one of the kinds %j', (raw, kind, needed) => {
    expect(kindsFor(raw, isSong(raw, kind), kind)).toEqual(needed);
  });

  it.each([
    [{}, undefined, false],
    [{ text: 'slow', mood: 'sad', bpm: 90 }, undefined, true],
    [{ text: 'slow', mood: 'sad' }, undefined, false],
    [{}, 'book', true],
    [{}, 'lstm', false],
  ] as const)('%j with the kind %s ask for a song: %s', (raw, kind, song) => {
    expect(isSong(raw, kind)).toBe(song);
  });

  it.each([
    [{ mood: 'sad' }, 'lstm', 'options.mood'],
    [{ sampling: 'spread' }, 'transformer', 'options.sampling'],
    [{ sampling: 'spread', era: 'baroque' }, undefined, 'options.era'],
    [{ notes: 5, genre: 'waltz' }, undefined, 'options.notes'],
    [{ genre: 'waltz' }, 'lstm', 'options.genre'],
  ] as const)('%j are refused with the kind %s', (raw, kind, code) => {
    expect(() => kindsFor(raw, isSong(raw, kind), kind)).toThrow(expect.objectContaining({ code }));
  });

  it('never suggest anything that is refused, too', () => {
    const names = rawNames.filter((name) => specOf(name).networks !== undefined);
    const kinds = [undefined, 'transformer', 'lstm', 'song', 'book'] as const;
    for (const [i, one] of names.entries()) {
      for (const other of names.slice(i)) {
        for (const kind of kinds) {
          const raw = { [one]: '1', [other]: '1' };
          const error = refusalIn(() => kindsFor(raw, isSong(raw, kind), kind));
          if (error === undefined) continue;
          const details = error.details as OptionProblem;
          if (details.problem === 'kind') {
            const advised = details.kind as ModelKind;
            expect(refusalIn(() => kindsFor(raw, isSong(raw, advised), advised))).toBeUndefined();
          } else {
            expect(details).toMatchObject({ problem: 'instead' });
            expect(
              refusalIn(() => kindsFor({ [one]: '1' }, isSong({ [one]: '1' }, undefined))),
            ).toBeUndefined();
          }
        }
      }
    }
  });

  it('name two options that exclude each other', () => {
    expect(refusalIn(() => kindsFor({ sampling: 'source', mood: 'sad' }, false))?.details).toEqual({
      problem: 'instead',
      option: 'mood',
      instead: 'sampling',
    });
  });

  it.each([
    [{ notes: 5, mood: 'sad' }, { notes: 6 }, { notes: 6, mood: 'sad' }],
    [{ mood: 'sad', tempo: 2 }, { model: 'lstm' }, { tempo: 2, model: 'lstm' }],
    [{ sampling: 'source', model: 'lstm' }, { mood: 'sad' }, { mood: 'sad' }],
    [{ text: 'sad', key: 'C' }, { sampling: 'source' }, { key: 'C', sampling: 'source' }],
    [{ notes: 5, velocity: 50, key: 'C' }, { genre: 'waltz' }, { key: 'C', genre: 'waltz' }],
  ] as const)('%j under %j are %j', (earlier, winning, both) => {
    expect(overriding(earlier, winning)).toEqual(both);
  });
});

function refusalIn(work: () => unknown): UserError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}
