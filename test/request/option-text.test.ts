import { describe, expect, it } from 'vitest';
import { formatOptions, optionsOf, parseOptionText } from '../../src/request/option-text.js';
import { optionSpecs, rawNames, specOf, type RawName } from '../../src/request/options.js';
import { formatDuration } from '../../src/request/duration.js';
import { parseOptions } from '../../src/request/parse-options.js';
import { goOnFrom, startFrom } from '../compose/tasks.js';

const written = new Map(Object.keys(optionSpecs).map((name) => [name, name]));
const opening = {
  title: 'A prelude',
  notes: [{ pitch: 60, onsetSeconds: 0, durationSeconds: 1, velocity: 64 }],
  tempoBpm: 120,
  timeSignature: { numerator: 4, denominator: 4 },
};

/** A valid value that is not the default. */
function exampleOf(name: RawName): string | number {
  const spec = specOf(name);
  switch (spec.kind) {
    case 'integer':
    case 'number':
      return spec.min;
    case 'choice':
      return spec.choices.at(-1)!;
    case 'several':
      return spec.choices.slice(0, 2).join(',');
    case 'duration':
      return formatDuration(spec.examples[0]!);
    case 'notation':
      return spec.examples[0]!;
    case 'name':
      return 'bach-prelude';
    case 'text':
      return 'sad slow music';
    case 'title':
      return 'Night rain';
    case 'words':
      throw new Error(`${name} stands for other options.`);
  }
}

describe('options in a text', () => {
  it.each([
    ['notes:200 temp:0.8', { notes: '200', temp: '0.8' }],
    ['  notes : 200\n temp=0.8  ', { notes: '200', temp: '0.8' }],
    ['NOTES:200 key:F# scale:"natural minor"', { notes: '200', key: 'F#', scale: 'natural minor' }],
    ['scale:“harmonic minor” seed:1', { scale: 'harmonic minor', seed: '1' }],
    ['opening:bach-prelude', { opening: 'bach-prelude' }],
    ['', {}],
  ])('%j', (text, options) => {
    expect(parseOptionText(text, written)).toEqual(options);
  });

  it.each([
    ['play something', { problem: 'unreadable', word: 'play' }],
    ['notes:200 fast', { problem: 'unreadable', word: 'fast' }],
    ['notes:', { problem: 'unreadable', word: 'notes:' }],
    ['note:200', { problem: 'unknown', name: 'note', names: [...new Set(written.values())] }],
    ['notes:1 notes:2', { problem: 'twice', option: 'notes' }],
    ['scale:natural minor', { problem: 'unreadable', word: 'minor' }],
    ['temp:"', { problem: 'unreadable', word: 'temp:"' }],
  ])('%j is refused', (text, details) => {
    expect(() => parseOptionText(text, written)).toThrow(
      expect.objectContaining({ name: 'UserError', details }),
    );
  });

  it('round-trips a request', () => {
    const given = {
      ...{ notes: 20, temp: 0.8, tempo: 1.5, pitch: 60, velocity: 70, key: 'F#', scale: 'dorian' },
      ...{ quantise: 'straight', voices: 'mono', sampling: 'source', seed: 5, model: 'lstm' },
    };
    const { settings } = parseOptions(given, 0);
    const request = { ...settings, task: startFrom({ ...opening, name: 'bach-prelude' }, 'name') };
    const text = formatOptions(optionsOf(request));
    expect(text).toBe(
      'notes:20 temp:0.8 key:F# scale:dorian tempo:1.5 pitch:60 velocity:70 quantise:straight voices:mono sampling:source seed:5 model:lstm opening:bach-prelude',
    );
    expect(parseOptions(parseOptionText(text, written), 0)).toEqual(
      parseOptions({ ...given, opening: 'bach-prelude' }, 0),
    );
  });

  it.each(rawNames)('keeps %s', (name) => {
    const given = { seed: 5, [name]: exampleOf(name) };
    const { settings, openingName } = parseOptions(given, 0);
    const start = { ...opening, ...(openingName !== undefined && { name: openingName }) };
    const made = optionsOf({ ...settings, task: startFrom(start, 'name') });
    expect(made).toHaveProperty(name);
    expect(parseOptions(made, 0)).toEqual(parseOptions(given, 0));
  });

  it('leaves out options that a continuation cannot have', () => {
    const { settings } = parseOptions({ seed: 1 }, 0);
    const options = optionsOf({ ...settings, task: goOnFrom(opening) });
    expect(Object.keys(options)).toEqual(['notes', 'temp', 'quantise', 'voices', 'seed', 'model']);
  });
});
