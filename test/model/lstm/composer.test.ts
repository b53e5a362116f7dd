import { describe, expect, it } from 'vitest';
import { parametersFrom, type Parameters } from '../../../src/model/lstm/architecture.js';
import { ModelOutputError, mostUnread, type ComposedNotes } from '../../../src/model/composer.js';
import type { GeneratedNote } from '../../../src/model/generated.js';
import { LstmComposer } from '../../../src/model/lstm/composer.js';
import { RunState } from '../../../src/model/lstm/sliding-network.js';
import { scaleNames, tonics } from '../../../src/music/theory/key.js';
import { prepareOpening } from '../../../src/model/opening.js';
import type { CompositionRequest } from '../../../src/request/request.js';
import { scalePitchClasses } from '../../../src/music/theory/scale.js';
import { finishMusic } from '../../../src/compose/finish.js';
import { endOf } from '../../../src/music/note.js';
import { collect } from '../collect.js';
import { kerasLike, openingOf, request, tiled, withBiases } from './fixtures.js';
import { startFrom } from '../../compose/tasks.js';

const weights = tiled(21);
const restful = withBiases(weights, { duration: -5, headWeights: 0, step: 0.2 });
const motionless = withBiases(weights, { step: 0, duration: 0.3, headWeights: 0 });

function compose(parameters: Parameters, changes: Partial<CompositionRequest> = {}): ComposedNotes {
  const composer = new LstmComposer(parameters, 1);
  const [composed] = collect(composer, [composer.open(request(changes))]);
  expect(composer.busy).toBe(false);
  return composed!;
}

/** Onsets of opening and new notes. */
function onsets({ opening, generated }: ComposedNotes): number[] {
  let now = opening.notes.at(-1)!.onsetSeconds;
  return [
    ...opening.notes.map((note) => note.onsetSeconds),
    ...generated.map(({ stepSeconds }) => (now += stepSeconds)),
  ];
}

describe('a composition', () => {
  it('follows from its seed', () => {
    const first = compose(weights, { seed: 7 });
    expect(compose(weights, { seed: 7 }).generated).toEqual(first.generated);
    expect(compose(weights, { seed: 8 }).generated).not.toEqual(first.generated);
    expect(compose(kerasLike(1), { seed: 7 }).generated).not.toEqual(first.generated);
  });

  it('uses the network’s timing unchanged, if requested', () => {
    const heads = withBiases(weights, { step: 0.25, duration: 0.5, headWeights: 0 });
    const { generated } = compose(heads, { sampling: 'source' });
    expect(new Set(generated.map((note) => note.stepSeconds))).toEqual(new Set([0.25]));
    expect(new Set(generated.map((note) => note.durationSeconds))).toEqual(new Set([0.5]));
    const drawn = compose(heads, { sampling: 'spread' }).generated;
    expect(new Set(drawn.map((note) => note.stepSeconds)).size).toBe(drawn.length);
  });

  it('ends after the requested number of seconds', () => {
    const { notes: _, ...asked } = request({ seed: 5 });
    for (const length of [15, 40]) {
      const composer = new LstmComposer(weights, 1);
      const [composed] = collect(composer, [composer.open({ ...asked, length })]) as [ComposedNotes];
      const { notes } = finishMusic({ ...asked, length }, composed.opening, composed.generated);
      expect(endOf(notes)).toBeGreaterThan(0.9 * length);
      expect(endOf(notes)).toBeLessThan(1.1 * length);
    }
  });

  it('is the same alongside others', () => {
    const wanted = [
      request({ seed: 1, notes: 20 }),
      request({ seed: 2, notes: 35, voices: 'mono', key: { tonic: 'Eb', scale: 'blues' } }),
      request({ seed: 3, notes: 10, quantise: 'straight', task: startFrom(openingOf(3)) }),
      request({ seed: 4, notes: 25, temperature: 2 }),
    ];
    const composer = new LstmComposer(weights, 3);
    const streams = wanted.slice(0, 3).map((one) => composer.open(one));
    while (!streams.some(({ ended }) => ended)) composer.step();
    streams.push(composer.open(wanted[3]!));
    collect(composer, streams).forEach(({ generated }, i) => {
      expect(generated).toEqual(compose(weights, wanted[i]).generated);
    });
  });

  it('can be stopped without affecting others', () => {
    const composer = new LstmComposer(weights, 2);
    const other = composer.open(request({ seed: 5 }));
    const stays = composer.open(request({ seed: 6 }));
    for (let i = 0; i < 30; i++) composer.step();
    composer.close(other);
    composer.close(other);
    const [{ generated }] = collect(composer, [stays]) as [ComposedNotes];
    expect(composer.busy).toBe(false);
    expect(other.ended).toBe(false);
    expect(generated).toEqual(compose(weights, { seed: 6 }).generated);
  });

  it('waits for its reader, without affecting itself or others', () => {
    const composer = new LstmComposer(weights, 2);
    const unread = composer.open(request({ seed: 5, notes: 2 * mostUnread }));
    const other = composer.open(request({ seed: 6, notes: 3 * mostUnread }));
    const [{ generated }] = collect(composer, [other]) as [ComposedNotes];
    expect(generated).toEqual(compose(weights, { seed: 6, notes: 3 * mostUnread }).generated);
    expect([unread.progress, unread.ended]).toEqual([mostUnread, false]);
    const [late] = collect(composer, [unread]) as [ComposedNotes];
    expect(late.generated).toEqual(compose(weights, { seed: 5, notes: 2 * mostUnread }).generated);
  });

  it('can continue forever, as it would for a while', () => {
    const composer = new LstmComposer(weights, 1);
    const stream = composer.open(request({ notes: Infinity }));
    const heard: GeneratedNote[] = [];
    while (heard.length < 700) {
      composer.step();
      heard.push(...stream.read());
    }
    composer.close(stream);
    expect(heard).toEqual(compose(weights, { notes: 700 }).generated);
  });

  it.each([1, 2, 75])('has exactly %i notes', (notes) => {
    expect(compose(weights, { notes }).generated).toHaveLength(notes);
  });

  it.each([1, 24, 25, 400])('follows an opening of %i notes', (notes) => {
    const opening = openingOf(notes);
    const composed = compose(weights, { task: startFrom(opening), notes: 5 });
    expect(composed.opening).toEqual(prepareOpening({ task: startFrom(opening), voices: 'poly' }));
    expect(composed.generated).toHaveLength(5);
  });

  it('repeats a short opening, ending with its last note', () => {
    const heard: number[] = [];
    const composer = new LstmComposer(weights, 1);
    const stream = composer.open(request({ task: startFrom(openingOf(7)), notes: 1 }));
    for (let i = 0; i < 25; i++) heard.push(stream.next(new RunState())!.pitch);
    const pitches = openingOf(7).notes.map((note) => note.pitch);
    expect(heard).toEqual([...pitches.slice(3), ...pitches, ...pitches, ...pitches]);
  });

  it('stays in any scale', () => {
    const composer = new LstmComposer(weights, scaleNames.length);
    const keys = scaleNames.map((scale, i) => ({ tonic: tonics[i % tonics.length]!, scale }));
    const streams = keys.map((key) => composer.open(request({ key, temperature: 5, notes: 40 })));
    for (const [i, { opening, generated }] of collect(composer, streams).entries()) {
      const belongs = scalePitchClasses(keys[i]!);
      const notes = [...opening.notes, ...generated];
      expect(notes.filter(({ pitch }) => !belongs[pitch % 12])).toEqual([]);
    }
  });

  it('keeps the notes of a single voice apart', () => {
    const { generated } = compose(motionless, { voices: 'mono' });
    expect(Math.min(...generated.map((note) => note.stepSeconds))).toBeGreaterThanOrEqual(0.1);
  });
});

describe('a network that only produces rests', () => {
  it('is made to play after eight of them', () => {
    const { generated } = compose(restful, { notes: 60 });
    const sounding = generated.map((note) => note.durationSeconds > 0);
    expect(sounding.filter(Boolean)).toHaveLength(6);
    expect(sounding.map((sounds) => (sounds ? '1' : '0')).join('')).toBe('000000001'.repeat(7).slice(0, 60));
  });
});

describe('a network that never advances', () => {
  it.each(['source', 'spread'] as const)('is moved on: %s', (sampling) => {
    const composed = compose(motionless, { notes: 200, sampling });
    const times = onsets(composed).slice(composed.opening.notes.length - 1);
    expect(times.at(-1)! - times[0]!).toBeGreaterThan(0.5);
    for (let i = 10; i < times.length; i++) expect(times[i]! - times[i - 10]!).toBeGreaterThan(0.0299);
  });

  it.each(['straight', 'triplet', 'seed'] as const)('is moved on from line to line: %s', (quantise) => {
    const composed = compose(motionless, { notes: 200, quantise });
    const stepSeconds = 0.6 / { straight: 4, triplet: 3, seed: 2 }[quantise];
    const counts = new Map<number, number>();
    for (const time of onsets(composed).slice(composed.opening.notes.length)) {
      const line = Math.round(time / stepSeconds);
      counts.set(line, (counts.get(line) ?? 0) + 1);
    }
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(10);
  });

  it('never strikes a key twice at once', () => {
    const composed = compose(motionless, { notes: 200, temperature: 0.1 });
    const times = onsets(composed);
    const { opening, generated } = composed;
    const pitches = [...opening.notes, ...generated].map((note) => note.pitch);
    for (let i = opening.notes.length; i < times.length; i++) {
      for (let j = i - 1; j >= 0 && times[i]! - times[j]! < 0.0299; j--) {
        expect(pitches[i]).not.toBe(pitches[j]);
      }
    }
  });
});

describe('a network whose outputs are not finite', () => {
  it.each(['pitch/bias', 'step/bias', 'duration/kernel', 'lstm/kernel'] as const)('is refused: %s', (bad) => {
    for (const value of [NaN, Infinity]) {
      const broken = parametersFrom((name) =>
        name === bad ? weights[name].slice().fill(value) : weights[name],
      );
      if (bad === 'lstm/kernel' && value === Infinity) continue; // saturates the gates, which is finite
      expect(() => compose(broken)).toThrow(ModelOutputError);
    }
  });
});
