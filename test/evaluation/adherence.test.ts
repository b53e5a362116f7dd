import { describe, expect, it } from 'vitest';
import { adherence, requestsInAll, type ComposeMidi, type Wish } from '../../src/evaluation/adherence.js';
import { Random } from '../../src/model/random.js';
import { finishPiece } from '../../src/compose/finish.js';
import type { GeneratedNote } from '../../src/model/generated.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { prepareOpening } from '../../src/model/opening.js';
import { grids } from '../../src/music/edit/quantise.js';
import type { CompositionRequest } from '../../src/request/request.js';
import { parseScale, parseTonic, scalePitchClasses } from '../../src/music/theory/scale.js';
import { openingOf, request } from '../model/lstm/fixtures.js';
import { startFrom } from '../compose/tasks.js';

/** A product that draws any pitches of the scale and finishes them as requested. */
const obedient: ComposeMidi = ({ notes, seed, key, scale, quantise, voices, ...amounts }) => {
  const wanted: CompositionRequest = request({
    ...amounts,
    notes,
    seed,
    task: startFrom(openingOf(30, seed)),
    quantise: grids.find((each) => each === quantise) ?? 'none',
    voices: voices === 'mono' ? 'mono' : 'poly',
    ...(key !== undefined &&
      scale !== undefined && { key: { tonic: parseTonic(key), scale: parseScale(scale) } }),
  });
  const random = new Random(seed);
  const belongs = wanted.key && scalePitchClasses(wanted.key);
  const generated: GeneratedNote[] = [];
  while (generated.length < notes) {
    const pitch = 45 + random.below(30);
    if (belongs?.[pitch % 12] === false) continue;
    generated.push({ pitch, stepSeconds: 0.3 * random.uniform(), durationSeconds: 0.1 + random.uniform() });
  }
  return Promise.resolve(writeMidi(finishPiece(wanted, prepareOpening(wanted), generated)));
};

describe('adherence', () => {
  it('is complete for a bot that follows options', async () => {
    let composed = 0;
    const results = await adherence(obedient, (done) => (composed = done));
    expect(composed).toBe(requestsInAll);
    expect(results.map(({ control }) => control)).toEqual([
      'tempo',
      'pitch',
      'velocity',
      'key',
      'quantise',
      'voices',
      'all',
    ]);
    for (const { control, requests, obeyed } of results)
      expect([control, obeyed]).toEqual([control, requests]);
    expect(results.slice(0, 3).map(({ correlation }) => correlation)).toEqual(
      [1, 1, 1].map((one) => expect.closeTo(one, 9) as number),
    );
  });

  it('is zero for a bot that ignores options', async () => {
    const results = await adherence(({ notes, seed }) => obedient({ notes, seed }));
    for (const { control, obeyed } of results) expect([control, obeyed]).toEqual([control, 0]);
    // The tempo never changes: no order, so no correlation.
    expect(results[0]!.correlation).toBeUndefined();
  });

  it.each(['tempo', 'pitch', 'velocity', 'key', 'quantise', 'voices'] as const)(
    'only misses %s if only that is not followed',
    async (ignored) => {
      const results = await adherence(({ notes, seed, ...wish }) => {
        const heeded: Wish = Object.fromEntries(Object.entries(wish).filter(([name]) => name !== ignored));
        return obedient({ ...heeded, notes, seed });
      });
      for (const { control, requests, obeyed } of results) {
        if (control === ignored) expect([control, obeyed]).toEqual([control, 0]);
        else if (control !== 'all') expect([control, obeyed]).toEqual([control, requests]);
      }
    },
  );
});
