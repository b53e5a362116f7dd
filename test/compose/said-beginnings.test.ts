import { describe, expect, it } from 'vitest';
import { loadOpenings } from '../../src/compose/openings.js';
import { requestMaker } from '../../src/compose/requests.js';
import type { RawOptions } from '../../src/request/options.js';
import type { Opening } from '../../src/request/request.js';

const requests = requestMaker(await loadOpenings(), {
  names: () => ['transformer'],
  kind: () => 'transformer',
  candidates: () => ['transformer'],
  candidatesOf: () => ['transformer'],
});

describe('the meter and tempo in a text', () => {
  const openingOf = (options: RawOptions): Opening => {
    const { task } = requests.start(options);
    if (task.kind !== 'start') throw new Error(task.kind);
    return task.opening;
  };

  it.each([
    ['a waltz', [3]],
    ['in 6/8', [6]],
    ['a polka', [2, 4]],
  ])('chooses an opening in that meter: %s', (text, beats) => {
    for (let seed = 0; seed < 20; seed++) {
      expect(beats).toContain(openingOf({ text, seed }).timeSignature.numerator);
    }
  });

  it('takes precedence over a mode that no opening in that meter has', () => {
    expect(openingOf({ text: 'a sad piece in 6/8', seed: 1 }).timeSignature.numerator).toBe(6);
  });

  it('sets the tempo; an option overrides it, and Continue keeps it', () => {
    for (let seed = 0; seed < 20; seed++) {
      const { tempo } = requests.start({ text: '90 bpm', seed });
      const { tempoBpm } = openingOf({ text: '90 bpm', seed });
      expect(tempo).toBeCloseTo(Math.min(90 / tempoBpm, 2), 3);
    }
    expect(requests.start({ text: '90 bpm', seed: 1, tempo: 1.5 })).toMatchObject({ tempo: 1.5 });
    expect(requests.continue({ text: '90 bpm' }, openingOf({ seed: 1 }))).toMatchObject({ tempo: 1 });
  });
});
