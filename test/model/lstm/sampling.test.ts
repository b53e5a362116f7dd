/** The LSTM's lists of rules for a request: each rule at its place, with its weight. */
import { describe, expect, it } from 'vitest';
import { defaultLstmSettings, samplingRules, type LstmSettings } from '../../../src/model/lstm/sampling.js';
import { Random } from '../../../src/model/random.js';
import type { PastNote, Timing } from '../../../src/model/rules/rule.js';
import { spread } from '../../../src/model/rules/spread.js';
import type { CompositionRequest } from '../../../src/request/request.js';
import { request } from './fixtures.js';
import { musicOf, startFrom } from '../../compose/tasks.js';

interface Situation {
  readonly wanted?: Partial<CompositionRequest>;
  readonly settings?: Partial<LstmSettings>;
  readonly past?: readonly PastNote[];
  readonly onsetSeconds?: number;
}

function listOf({ wanted, settings }: Situation): ReturnType<typeof samplingRules> {
  const asked = request(wanted);
  const amounts = { ...defaultLstmSettings, ...settings };
  return samplingRules(asked, musicOf(asked.task).tempoBpm, new Random(1), amounts);
}

/** Applies the list to these logits; all others are very low. */
function pitches(logits: Readonly<Record<number, number>>, situation: Situation = {}): Float64Array {
  const values = new Float64Array(128).fill(-1000);
  for (const [pitch, logit] of Object.entries(logits)) values[Number(pitch)] = logit;
  const { past = [], onsetSeconds = 1000 } = situation;
  for (const rule of listOf(situation).pitch) rule(values, { past, onsetSeconds });
  return values;
}

/** Applies the list to a timing output by the network. */
function timed(stepSeconds: number, durationSeconds: number, situation: Situation = {}): Timing {
  const timing = { stepSeconds, durationSeconds };
  const { past = [] } = situation;
  for (const rule of listOf(situation).timing) {
    rule(timing, { past, onsetSeconds: past.at(-1)?.onsetSeconds ?? 0 });
  }
  return timing;
}

const melody = (notes: readonly number[], durationSeconds = 0.2): readonly PastNote[] =>
  notes.map((pitch, i) => ({ pitch, onsetSeconds: i / 4, durationSeconds }));
const source = { sampling: 'source' } as const;
const temperatures = [0.5, 1, 2];

describe('the pitch of a note', () => {
  it.each(temperatures)('follows the temperature %d', (temperature) => {
    for (const sampling of ['spread', 'source'] as const) {
      const values = pitches({ 60: 0.5, 64: -0.5 }, { wanted: { temperature, sampling } });
      expect(values[60]! - values[64]!).toBeCloseTo(1 / temperature, 9);
    }
  });

  it.each(temperatures)('favours the tones of the piece, equally at temperature %d', (temperature) => {
    const past = melody([60]);
    const apart = (situation: Situation): number => {
      const values = pitches({ 48: 0, 50: 0 }, { past, ...situation });
      return values[48]! - values[50]!;
    };
    const whole = defaultLstmSettings.pitchClassCache * Math.log(1.02 / 0.02);
    expect(apart({ wanted: { temperature } })).toBeCloseTo(whole, 9);
    expect(apart({ wanted: { temperature }, settings: { pitchClassCache: 0.5 } })).toBeCloseTo(whole / 2, 9);
    expect(apart({ wanted: { temperature, ...source } })).toBe(0);
  });

  it('belongs to the scale and the piano', () => {
    const asked = [19, 20, 21, 60, 61, 108, 109, 110];
    const left = (wanted: Partial<CompositionRequest>): number[] => {
      const values = pitches({}, { wanted });
      return asked.filter((pitch) => values[pitch]! > -Infinity);
    };
    expect(left({})).toEqual([21, 60, 61, 108]);
    expect(left({ key: { tonic: 'C', scale: 'major' } })).toEqual([21, 60, 108]);
  });

  it('is not struck twice in a moment of the grid', () => {
    const past = melody([60]);
    const isLeft = (onsetSeconds: number, wanted: Partial<CompositionRequest> = {}): boolean =>
      pitches({ 60: 0, 62: 0 }, { past, onsetSeconds, wanted })[60]! > -Infinity;
    expect([0.02, 0.05].map((onset) => isLeft(onset))).toEqual([false, true]);
    expect([0.05, 0.1].map((onset) => isLeft(onset, { quantise: 'straight' }))).toEqual([false, true]);
  });
});

describe('the timing of a note', () => {
  it('is drawn around the network’s output, or is that output', () => {
    const expected = { stepSeconds: 0.2, durationSeconds: 0.4 };
    expect(timed(0.2, 0.4, { wanted: source })).toEqual(expected);
    spread(new Random(1))(expected, { past: [], onsetSeconds: 0 });
    expect(timed(0.2, 0.4)).toEqual(expected);
    const [once, never] = [1, 0].map((durationSpread) => timed(0.2, 0.4, { settings: { durationSpread } }));
    expect(never!.durationSeconds).toBe(0.4);
    expect(once!.durationSeconds).not.toBe(0.4);
  });

  it('has limits', () => {
    expect(timed(9, 99, { wanted: source })).toEqual({ stepSeconds: 4, durationSeconds: 30 });
    expect(timed(-1, -1, { wanted: source })).toEqual({ stepSeconds: 0, durationSeconds: 0 });
  });

  it('keeps notes of a single voice a tenth of a second or a grid line apart', () => {
    const step = (wanted: Partial<CompositionRequest>): number =>
      timed(0.01, 1, { wanted: { ...source, ...wanted } }).stepSeconds;
    expect([step({}), step({ voices: 'mono' })]).toEqual([0.01, 0.1]);
    expect(step({ voices: 'mono', quantise: 'straight' })).toBeCloseTo(
      60 / musicOf(request().task).tempoBpm / 4,
      9,
    );
  });

  it('allows ten notes per moment of the grid', () => {
    const past = Array.from({ length: 10 }, (_, i) => ({
      ...{ pitch: 50 + i, onsetSeconds: 0, durationSeconds: 1 },
    }));
    const step = (situation: Situation): number => timed(0.01, 1, situation).stepSeconds;
    expect(step({ past, wanted: source })).toBe(0.03);
    expect(step({ past, wanted: { ...source, quantise: 'straight' } })).toBeCloseTo(0.15, 9);
    expect(step({ past: past.slice(1), wanted: source })).toBe(0.01);
  });

  it('makes a note sound after eight rests', () => {
    const rests = melody(new Array<number>(8).fill(60), 0);
    expect(timed(0.1, 0, { past: rests, wanted: source }).durationSeconds).toBe(0.25);
    expect(timed(0.1, 0, { past: rests.slice(1), wanted: source }).durationSeconds).toBe(0);
  });
});

it('limits an opening without rhythm to fifteen notes a second', () => {
  const past = Array.from({ length: 15 }, (_, i) => ({
    ...{ pitch: 50 + i, onsetSeconds: Math.floor(i / 5) / 10, durationSeconds: 1 },
  }));
  const notes = [{ pitch: 60, onsetSeconds: 0, durationSeconds: 1, velocity: 80 }];
  const task = startFrom({ ...musicOf(request().task), notes });
  expect(timed(0, 1, { past, wanted: source }).stepSeconds).toBe(0);
  for (const sampling of ['source', 'spread'] as const) {
    expect(timed(0, 1, { past, wanted: { task, sampling } }).stepSeconds).toBeGreaterThan(0.8 - 1e-9);
  }
});
