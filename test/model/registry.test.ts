import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors/user-error.js';
import { loadModel, shippedModels } from '../../src/model/model-store.js';
import { lossPartsOf, totalLoss } from '../../src/model/losses.js';
import { kindOf, trainerOf } from '../../src/model/registry.js';
import {
  composesSongs,
  isTrainable,
  keyboardKinds,
  modelKinds,
  networks,
  songKinds,
  trainableKinds,
  trainingSettings,
} from '../../src/request/networks.js';
import { defaultModel } from '../../src/request/options.js';

const source = join(import.meta.dirname, '..', '..', 'src');

describe('the kinds of network', () => {
  it('have a folder and a format each', () => {
    const folders = readdirSync(join(source, 'model'), { withFileTypes: true });
    for (const kind of modelKinds) expect(folders.some(({ name }) => name === kind)).toBe(true);
    expect(new Set(modelKinds.map((kind) => networks[kind].format)).size).toBe(modelKinds.length);
  });

  it.each(modelKinds)('are identified by their format: %s', (kind) => {
    const { format, versions } = networks[kind];
    expect(kindOf(JSON.stringify({ format }))).toBe(kind);
    for (const version of versions) expect(kindOf(JSON.stringify({ format, version }))).toBe(kind);
    expect(() => kindOf(JSON.stringify({ format, version: Math.max(...versions) + 1 }))).toThrow(/version/);
  });

  it.each(modelKinds.filter((kind) => networks[kind].isBuiltIn))(
    'can all compose and be evaluated: %s',
    async (kind) => {
      const model = await loadModel([shippedModels], kind);
      expect(model.kind).toBe(kind);
      expect((await model.composer(3)).capacity).toBe(3);
      // Patterns and rules have no likelihood, and songs are evaluated style by style.
      if (composesSongs(kind) || networks[kind].isWeightless === true) {
        await expect(model.evaluation({})).rejects.toThrow(UserError);
        return;
      }
      const { settings } = await model.evaluation({});
      expect(Object.values(settings).every(Number.isFinite)).toBe(true);
    },
  );

  it('are offered in the order in which they are preferred', () => {
    expect(keyboardKinds.slice(0, 2)).toEqual(['transformer', 'lstm']);
    expect(songKinds.slice(0, 2)).toEqual(['song', 'book']);
    expect(keyboardKinds[0]).toBe(defaultModel);
  });

  it('include some that can be trained here', () => {
    expect(modelKinds.filter(isTrainable)).toEqual(trainableKinds);
    expect(isTrainable(undefined)).toBe(false);
    expect(trainableKinds.length).toBeGreaterThan(0);
  });

  it.each(trainableKinds)('bring what trains them: %s', async (kind) => {
    const { split, fromScratch } = await trainerOf(kind);
    expect(() => split([], 1)).toThrow(UserError);
    expect(fromScratch.engines.length).toBeGreaterThan(0);
    const { epochs, rate } = trainingSettings;
    for (const { min, max, default: usual } of [epochs, rate]) {
      expect(usual).toBeGreaterThanOrEqual(min);
      expect(usual).toBeLessThanOrEqual(max);
    }
  });

  it('weigh the parts of their loss, all of which must be known', () => {
    expect(lossPartsOf('lstm')).toEqual(['pitch', 'step', 'duration']);
    expect(totalLoss('lstm', { pitch: 4, step: 0.1, duration: 0.2 })).toBeCloseTo(0.5, 12);
    expect(totalLoss('lstm', { pitch: 4, step: 0.1 })).toBeNaN();
  });

  it('are never compared by name: models implement the differences', () => {
    const names = modelKinds.join('|');
    // `song` is also the name of a task.
    const unlikeTasks = modelKinds.filter((kind) => kind !== 'song').join('|');
    const compared = `(?<!task\\??\\.kind) [!=]== '(${names})'|case '(${unlikeTasks})'`;
    const comparing = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => new RegExp(compared).test(readFileSync(join(source, file), 'utf8')));
    expect(comparing).toEqual([]);
  });
});
