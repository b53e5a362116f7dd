import { describe, expect, it } from 'vitest';
import {
  drawnCharacter,
  drawnFor,
  tagsFor,
  tagsOfEveryPiece,
  type Drawn,
} from '../../../src/model/transformer/wished-tags.js';
import type { Tags } from '../../../src/model/transformer/tags.js';
import { scaleNames, type Key } from '../../../src/music/theory/key.js';
import { eras } from '../../../src/request/words/wishes.js';
import type { Wishes } from '../../../src/request/settings.js';
import { understand } from '../../../src/request/words/understand.js';
import { composers } from '../../../src/request/words/composer-names.js';
import { startFrom } from '../../compose/tasks.js';
import { openingOf } from '../lstm/fixtures.js';
import { Random } from '../../../src/model/random.js';
import { rankCorrelation } from '../../../src/evaluation/statistics.js';
import { vocabulary } from './fixtures.js';

function tags(wishes: Wishes, key?: Key, openingKey?: Key): Tags {
  const opening = { ...openingOf(25), ...(openingKey && { key: openingKey }) };
  return tagsFor({ ...wishes, ...(key && { key }) }, opening, vocabulary);
}

function named(tag: string, value: string): Tags {
  return { [tag]: vocabulary.tags[tag]!.indexOf(value) };
}

describe('the tags of a request', () => {
  it('only contain the instrument when nothing is requested', () => {
    expect(tags({})).toEqual({});
    expect(Object.keys(tagsOfEveryPiece(vocabulary))).toEqual(['timebase', 'instruments', 'source']);
  });

  it('have every composer and era', () => {
    for (const composer of composers) expect(tags({ composer }), composer).toHaveProperty('composer');
    for (const era of eras) expect(tags({ era })).toMatchObject(named('era', era));
    expect(tags({ composer: 'chopin' })).toMatchObject({
      ...named('composer', 'Frédéric Chopin'),
      ...named('era', 'romantic'),
    });
  });

  it('grade from least to most, and a slow tempo by long gaps', () => {
    const last = (tag: string): number => vocabulary.gradedTags[tag]!.length;
    expect(tags({ density: 'sparse' })).toMatchObject({ density: 0 });
    expect(tags({ density: 'dense' })).toMatchObject({ density: last('density') });
    expect(tags({ polyphony: 'full' })).toMatchObject({ polyphony: last('polyphony') });
    const tempoOf = (said: string): unknown => tags({ text: { said, ...understand(said) } })['tempo'];
    expect(tempoOf('very slow')).toBe(last('tempo'));
    expect(tempoOf('slow')).toBe(last('tempo') - 1);
    expect(tempoOf('fast')).toBe(1);
    expect(tempoOf('very fast')).toBe(0);
  });

  it('name the key of any scale with a third', () => {
    const keyOf = (scale: Key['scale']): string | undefined =>
      vocabulary.tags['key']![tags({}, { tonic: 'Eb', scale })['key'] ?? -1];
    expect(scaleNames.map(keyOf)).toEqual([
      ...['Eb major', 'Eb minor', 'Eb minor', 'Eb minor', 'Eb minor', 'Eb minor', 'Eb major', 'Eb major'],
      ...['Eb minor', 'Eb major', 'Eb minor', 'Eb minor', undefined, undefined],
    ]);
  });

  it('have the mood’s mode on the opening’s tonic', () => {
    expect(tags({ mood: ['sad'] }, undefined, { tonic: 'G', scale: 'major' })).toMatchObject(
      named('key', 'G minor'),
    );
    expect(tags({ mood: ['sad'] }, { tonic: 'F', scale: 'major' })).toMatchObject(named('key', 'F major'));
    expect(vocabulary.tags['key']).toContain(vocabulary.tags['key']![tags({ mood: ['happy'] })['key']!]);
  });
});

describe('the character of a piece without wishes', () => {
  const drawn = Array.from({ length: 400 }, (_, seed) => drawnCharacter(new Random(seed), vocabulary));
  const gradesOf = (tag: string): number[] => drawn.map((tags) => tags[tag] as number);

  it('has every grade of each of its tags, and no others', () => {
    for (const tag of ['density', 'tempo', 'loudness', 'polyphony', 'register', 'dynamics']) {
      const grades = Array.from({ length: vocabulary.gradedTags[tag]!.length + 1 }, (_, grade) => grade);
      expect(
        [...new Set(gradesOf(tag))].toSorted((a, b) => a - b),
        tag,
      ).toEqual(grades);
    }
  });

  it('is mostly fast and loud where it is dense', () => {
    // The slowest has the highest grade of tempo.
    expect(rankCorrelation(gradesOf('density'), gradesOf('tempo'))).toBeLessThan(-0.7);
    expect(rankCorrelation(gradesOf('density'), gradesOf('loudness'))).toBeGreaterThan(0.7);
    expect(Math.abs(rankCorrelation(gradesOf('density'), gradesOf('register'))!)).toBeLessThan(0.2);
  });
});

describe('the character drawn for a piece', () => {
  const grades = { tempo: 3, density: 4, loudness: 2, dynamics: 1, register: 0, polyphony: 4 };
  const calm = { grades, measures: { density: 11.5, polyphony: 7.5, loudness: 62 } };
  const fast = {
    grades: { ...grades, tempo: 0, density: 7 },
    measures: { density: 21, polyphony: 8, loudness: 61 },
  };
  const characters = new Map([
    ['Wolfgang Amadeus Mozart', [calm, fast]],
    ['modern', [fast]],
  ]);
  const chosen = startFrom(openingOf(25), 'seed');
  const drawn = (wished: Tags, task: Parameters<typeof drawnFor>[0]['task'] = chosen, seed = 1): Drawn =>
    drawnFor({ task, seed }, wished, { vocabulary, characters });
  const mozart = tags({ composer: 'mozart' });
  const nothing = { tags: {} };
  const expectedFast = { tags: fast.grades, measures: fast.measures };

  it('is any if nothing is wished, and is not steered to', () => {
    expect(Object.keys(drawn({}).tags).sort()).toEqual(Object.keys(grades).sort());
    expect(drawn({}).measures).toBeUndefined();
  });

  it('is that of an excerpt by the composer, told one grade faster and denser where possible', () => {
    const expected = [{ tags: { ...grades, tempo: 2, density: 5 }, measures: calm.measures }, expectedFast];
    const all = Array.from({ length: 40 }, (_, seed) => drawn(mozart, chosen, seed));
    for (const each of all) expect(expected).toContainEqual(each);
    for (const each of expected) expect(all).toContainEqual(each);
    expect(expected).toContainEqual(drawn({ ...mozart, key: 3 }));
  });

  it('is of the era if the composer has no excerpts, and none if it has none either', () => {
    expect(drawn(tags({ composer: 'berg' }))).toEqual(expectedFast);
    expect(drawn(tags({ era: 'modern' }))).toEqual(expectedFast);
    expect(drawn(tags({ era: 'romantic' }))).toEqual(nothing);
    expect(drawnFor({ task: chosen, seed: 1 }, mozart, { vocabulary })).toEqual(nothing);
  });

  it('is none if a character is wished, or follows from the music given', () => {
    expect(drawn({ ...mozart, density: 0 })).toEqual(nothing);
    expect(drawn({ key: 3 })).toEqual(nothing);
    for (const wished of [{}, mozart]) expect(drawn(wished, startFrom(openingOf(25)))).toEqual(nothing);
  });
});
