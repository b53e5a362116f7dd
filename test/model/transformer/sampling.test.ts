/** The Transformer's list of rules for a request: each rule at its place, with its weight. */
import { describe, expect, it } from 'vitest';
import { knownFigures, type KnownFigures } from '../../../src/model/rules/copies.js';
import { keyPrior as keyPriorOf } from '../../../src/model/rules/pitch.js';
import type { Ahead, Close } from '../../../src/model/rules/ahead.js';
import { leanToBeat } from '../../../src/model/rules/beat.js';
import type { PastNote } from '../../../src/model/rules/rule.js';
import {
  defaultTransformerSettings,
  samplingRules,
  type TransformerSettings,
} from '../../../src/model/transformer/sampling.js';
import type { fields } from '../../../src/model/transformer/vocabulary.js';
import type { Note } from '../../../src/music/note.js';
import type { Key } from '../../../src/music/theory/key.js';
import type { CompositionRequest } from '../../../src/request/request.js';
import { musicOf, startFrom } from '../../compose/tasks.js';
import { request } from '../lstm/fixtures.js';
import { vocabulary } from './fixtures.js';

type Past = readonly PastNote[];

interface Situation {
  readonly wanted?: Partial<CompositionRequest>;
  readonly settings?: Partial<TransformerSettings>;
  readonly figures?: KnownFigures;
  readonly past?: Past;
  /** Onset of the next note. */
  readonly onsetSeconds?: number;
  readonly ahead?: Ahead;
}

const leastStepSeconds = vocabulary.dtEdges.slice(0, -1).map((ticks) => ticks / vocabulary.ticksPerSecond);
const sizes = { class: vocabulary.classes.length, dt: leastStepSeconds.length, pitch: 128, velocity: 32 };

/** Applies a field's list to these logits; all others are very low. */
function ruled(
  field: (typeof fields)[number],
  logits: Readonly<Record<number, number>>,
  { wanted, settings, figures, past = [], onsetSeconds = 1000, ahead }: Situation = {},
): Float64Array {
  const asked = request(wanted);
  const model = { vocabulary, ...(figures && { knownFigures: figures }) };
  const amounts = { ...defaultTransformerSettings, ...settings };
  const rules = samplingRules(asked, musicOf(asked.task), model, amounts)[field];
  const values = new Float64Array(field === 'duration' ? vocabulary.durationEdges.length - 1 : sizes[field]);
  values.fill(-1000);
  for (const [value, logit] of Object.entries(logits)) values[Number(value)] = logit;
  for (const rule of rules) rule(values, { past, onsetSeconds, ...(ahead && { ahead }) });
  return values;
}

/** A melody with a note every quarter of a second. */
const melody = (pitches: readonly number[]): Past =>
  pitches.map((pitch, i) => ({ pitch, onsetSeconds: i / 4, durationSeconds: 0.2 }));

const loud = (note: PastNote): Note => ({ ...note, velocity: 80 });

const close: Close = { key: { tonic: 'C', scale: 'major' }, notesBefore: 0, size: 3, holdSeconds: 2 };

const nothingMissing = { density: 0, polyphony: 0, loudness: 0 };

const temperatures = [0.5, 1, 2];
/** The first bin that begins at or after this time. */
const binFrom = (seconds: number): number => leastStepSeconds.findIndex((least) => least >= seconds);

describe('the class of a note', () => {
  it('is the piano, even if another is likelier', () => {
    const piano = vocabulary.classes.indexOf('piano');
    const values = ruled('class', Object.fromEntries(vocabulary.classes.map((_, i) => [i, 10])));
    values.forEach((logit, i) => expect(logit > -Infinity).toBe(i === piano));
  });
});

describe('the time to a note', () => {
  const [short, long] = [binFrom(0.1), binFrom(0.5)];

  it.each(temperatures)('follows the temperature %d', (temperature) => {
    const values = ruled('dt', { [short]: 1, [long]: -2 }, { wanted: { temperature } });
    expect(values[short]! - values[long]!).toBeCloseTo(3 / temperature, 9);
  });

  it.each(temperatures)('makes chords rarer, equally at temperature %d', (temperature) => {
    const values = ruled('dt', { 0: 0, 2: 0, [short]: 0 }, { wanted: { temperature } });
    expect(values[short]! - values[0]!).toBeCloseTo(defaultTransformerSettings.fewerChords, 9);
    expect(values[short]! - values[2]!).toBeCloseTo(defaultTransformerSettings.fewerChords, 9);
  });

  it.each(temperatures)('favours the beat, equally at temperature %d', (temperature) => {
    const past = melody(Array.from({ length: 30 }, (_, i) => 60 + (i % 5)));
    const [onBeat, off] = [binFrom(0.25), binFrom(0.37)];
    const expected = new Float64Array(sizes.dt).fill(-1000);
    expected[onBeat] = expected[off] = 0;
    leanToBeat(leastStepSeconds, defaultTransformerSettings.beat)(expected, { past, onsetSeconds: 1000 });
    expect(expected[onBeat] - expected[off]).toBeGreaterThan(0.1);
    const values = ruled('dt', { [onBeat]: 0, [off]: 0 }, { past, wanted: { temperature } });
    expect(values[onBeat]! - values[off]!).toBeCloseTo(expected[onBeat] - expected[off], 6);
  });

  it('avoids speeds that real music does not have', () => {
    const past = Array.from({ length: 60 }, (_, i) => ({
      ...{ pitch: 60 + (i % 7), onsetSeconds: i ** 1.01, durationSeconds: 0.2 },
    }));
    const values = ruled('dt', { [short]: 0, [long]: 0 }, { past, settings: { beat: 0 } });
    expect(values[short]! - values[long]!).toBeGreaterThan(defaultTransformerSettings.realPace);
  });

  it('is shorter while the planned density is not reached', () => {
    const ahead = { missing: { ...nothingMissing, density: 0.5 } };
    const values = ruled('dt', { [short]: 0, [long]: 0 }, { ahead, settings: { beat: 0 } });
    const expected = 0.5 * Math.log(leastStepSeconds[long]! / leastStepSeconds[short]!);
    expect(values[short]! - values[long]!).toBeCloseTo(defaultTransformerSettings.steerDensity * expected, 6);
  });

  it('is the theme’s where the theme returns', () => {
    const ahead = { theme: { pitch: 60, stepSeconds: leastStepSeconds[long]! } };
    const values = ruled('dt', { [short]: 0, [long]: 0 }, { ahead });
    expect(values[long]! - values[short]!).toBeCloseTo(defaultTransformerSettings.theme, 6);
  });

  it('within the last sound is that of a chord', () => {
    const values = ruled('dt', { 0: 0, [long]: 50 }, { ahead: { close: { ...close, place: 1 } } });
    expect([values[0]! > -Infinity, values[long]!]).toEqual([true, -Infinity]);
  });

  it('is no longer than four seconds', () => {
    const values = ruled('dt', { [binFrom(3)]: 0, [binFrom(4.2)]: 50 });
    expect(values[binFrom(3)]).toBeGreaterThan(-Infinity);
    expect(values[binFrom(4.2)]).toBe(-Infinity);
  });

  it('keeps notes of a single voice a tenth of a second or a grid line apart', () => {
    const least = (wanted: Partial<CompositionRequest>): number =>
      leastStepSeconds[ruled('dt', {}, { wanted }).findIndex((logit) => logit > -Infinity)]!;
    expect(least({})).toBe(0);
    expect(least({ voices: 'mono' })).toBeCloseTo(0.1);
    const sixteenth = 60 / musicOf(request().task).tempoBpm / 4;
    const onGrid = least({ voices: 'mono', quantise: 'straight' });
    expect(onGrid).toBeGreaterThanOrEqual(sixteenth - 1e-9);
    expect(onGrid).toBeLessThan(sixteenth + 0.02);
  });

  it('allows ten notes per moment of the grid', () => {
    const past = Array.from({ length: 10 }, (_, i) => ({
      ...{ pitch: 50 + i, onsetSeconds: 0, durationSeconds: 1 },
    }));
    expect(ruled('dt', {}, { past })[0]).toBe(-Infinity);
    expect(ruled('dt', {}, { past })[binFrom(0.03)]).toBeGreaterThan(-Infinity);
    const onGrid = ruled('dt', {}, { past, wanted: { quantise: 'straight' } });
    expect(onGrid[binFrom(0.05)]).toBe(-Infinity); // less than half of 150 ms
    expect(onGrid[binFrom(0.08)]).toBeGreaterThan(-Infinity);
    expect(ruled('dt', {}, { past: past.slice(1) })[0]).toBeGreaterThan(-Infinity);
  });

  it('limits an opening without rhythm to fifteen notes a second, unless more are requested', () => {
    // In three moments, so that ten fingers suffice.
    const past = Array.from({ length: 15 }, (_, i) => ({
      ...{ pitch: 50 + i, onsetSeconds: Math.floor(i / 5) / 10, durationSeconds: 1 },
    }));
    const [opening] = [past.slice(0, 1)].map((notes) => ({
      ...musicOf(request().task),
      notes: notes.map(loud),
    }));
    const task = startFrom(opening!);
    const least = (wanted: Partial<CompositionRequest>): number =>
      leastStepSeconds[ruled('dt', {}, { past, wanted }).findIndex((logit) => logit > -Infinity)]!;
    expect(least({})).toBe(0);
    expect(least({ task })).toBeGreaterThanOrEqual(0.8 - 1e-9);
    expect(least({ task })).toBeLessThan(0.85);
    expect(least({ task, density: 'medium' })).toBeGreaterThan(0.7);
    expect(least({ task, density: 'busy' })).toBe(0);
    expect(least({ task: { kind: 'continue', piece: opening! } })).toBeGreaterThan(0.7);
  });

  it.each([0, 0.1])('excludes values below a share of %d of the likeliest', (stepMinP) => {
    const [kept, rare] = [Math.log(0.1) + 0.01, Math.log(0.1) - 0.01];
    const values = ruled('dt', { [short]: 0, 60: kept, 61: rare }, { settings: { stepMinP } });
    expect([60, 61].map((bin) => values[bin]! > -Infinity)).toEqual([true, stepMinP === 0]);
  });
});

describe('the pitch of a note', () => {
  const { pitchTemperature, pitchClassCache, fewerRepeats, keyPrior, loopWarmth, pitchMinP } =
    defaultTransformerSettings;
  const cMajor: Key = { tonic: 'C', scale: 'major' };

  it.each(temperatures)('follows the temperature %d', (temperature) => {
    const values = ruled('pitch', { 60: 0.5, 64: -0.5 }, { wanted: { temperature } });
    expect(values[60]! - values[64]!).toBeCloseTo(1 / (pitchTemperature * temperature), 9);
  });

  it('has a higher temperature while the music loops', () => {
    const past = melody(Array.from({ length: 80 }, (_, i) => 60 + (i % 4)));
    const settings = { pitchClassCache: 0 };
    const values = ruled('pitch', { 70: 0.5, 80: -0.5 }, { past, settings });
    expect(values[70]! - values[80]!).toBeCloseTo(1 / (pitchTemperature + loopWarmth), 9);
  });

  it.each(temperatures)('favours the tones of the piece, equally at temperature %d', (temperature) => {
    const values = ruled('pitch', { 48: 0, 50: 0 }, { past: melody([60]), wanted: { temperature } });
    expect(values[48]! - values[50]!).toBeCloseTo(pitchClassCache * Math.log(1.02 / 0.02), 9);
  });

  it.each(temperatures)('is less often the latest one again, equally at temperature %d', (temperature) => {
    const values = ruled('pitch', { 60: 0, 72: 0 }, { past: melody([72, 60]), wanted: { temperature } });
    expect(values[72]! - values[60]!).toBeCloseTo(fewerRepeats, 9);
  });

  it.each(temperatures)('favours a requested key, equally at temperature %d', (temperature) => {
    const past = melody([71, 62, 64]);
    const expected = new Float64Array(128);
    keyPriorOf(cMajor, keyPrior)(expected, { past, onsetSeconds: 1000 });
    const wanted = { key: cMajor, temperature };
    const values = ruled('pitch', { 60: 0, 71: 0 }, { past, wanted, settings: { pitchClassCache: 0 } });
    expect(expected[60]! - expected[71]!).toBeGreaterThan(0.5);
    expect(values[60]! - values[71]!).toBeCloseTo(expected[60]! - expected[71]!, 9);
  });

  it('favours a requested mode on the opening’s tonic, without forbidding anything', () => {
    const { opening } = request().task as Extract<CompositionRequest['task'], { kind: 'start' }>;
    const task = { kind: 'start', opening: { ...opening, key: { ...cMajor } }, chosenBy: 'seed' } as const;
    const past = melody([61, 66, 68]);
    const wanted = { mood: ['sad'], task } as const;
    const values = ruled(
      'pitch',
      { 63: 0, 70: 0, 64: 0 },
      { past, wanted, settings: { pitchClassCache: 0 } },
    );
    expect(values[63]! - values[64]!).toBeGreaterThan(0.5);
    expect(values[64]).toBeGreaterThan(-Infinity);
  });

  it('is the theme’s where the theme returns, and the tonic at the end', () => {
    const theme = ruled(
      'pitch',
      { 60: 0, 64: 0 },
      { ahead: { theme: { pitch: 64 } }, settings: { pitchMinP: 0 } },
    );
    expect(theme[64]! - theme[60]!).toBeCloseTo(defaultTransformerSettings.theme, 9);
    const last = ruled(
      'pitch',
      { 48: 0, 50: 50 },
      { past: melody([60, 55]), ahead: { close: { ...close, place: 0 } } },
    );
    expect([last[48]! > -Infinity, last[50]!]).toEqual([true, -Infinity]);
  });

  it('can be the raised sixth and seventh in a minor requested in words, but not with the scale option', () => {
    const key: Key = { tonic: 'A', scale: 'natural-minor' };
    const text = { said: 'a minor', character: {}, key, words: [], ignored: [] };
    const left = (wanted: Partial<CompositionRequest>): number[] =>
      [65, 66, 67, 68, 70].filter(
        (pitch) => ruled('pitch', { 65: 0, 66: 0, 67: 0, 68: 0, 70: 0 }, { wanted })[pitch]! > -Infinity,
      );
    expect(left({ key })).toEqual([65, 67]);
    expect(left({ key, text })).toEqual([65, 66, 67, 68]);
  });

  it('favours no key without a tonic, or that nobody requested', () => {
    const past = melody([70, 62, 64]);
    const key: Key = { tonic: 'C', scale: 'whole-tone' };
    for (const wanted of [{ key }, {}]) {
      const values = ruled('pitch', { 60: 0, 70: 0 }, { past, wanted, settings: { pitchClassCache: 0 } });
      expect(values[60]).toBe(values[70]);
    }
  });

  it('belongs to the scale and the piano', () => {
    const pitches = [19, 20, 21, 60, 61, 108, 109, 110];
    const left = (wanted: Partial<CompositionRequest>): number[] => {
      const values = ruled('pitch', Object.fromEntries(pitches.map((pitch) => [pitch, 0])), { wanted });
      return pitches.filter((pitch) => values[pitch]! > -Infinity);
    };
    expect(left({})).toEqual([21, 60, 61, 108]);
    expect(left({ key: cMajor })).toEqual([21, 60, 108]);
  });

  it('is not struck twice in a moment of the grid', () => {
    const past = melody([60]);
    const isLeft = (onsetSeconds: number, wanted: Partial<CompositionRequest> = {}): boolean =>
      ruled('pitch', { 60: 0, 62: 0 }, { past, onsetSeconds, wanted })[60]! > -Infinity;
    expect([0.02, 0.05].map((onset) => isLeft(onset))).toEqual([false, true]);
    expect([0.05, 0.1].map((onset) => isLeft(onset, { quantise: 'straight' }))).toEqual([false, true]);
  });

  it('never copies 48 notes of a training piece', () => {
    const piece = Uint8Array.from({ length: 200 }, (_, i) => 40 + ((i * i * 7 + 3 * i) % 37));
    const figures = knownFigures([piece]);
    const isLeft = (notes: number, known?: KnownFigures): boolean => {
      const past = melody([...piece.subarray(0, notes)]);
      const logits = { [piece[notes]!]: 10, 30: 9 };
      return ruled('pitch', logits, { past, ...(known && { figures: known }) })[piece[notes]!]! > -Infinity;
    };
    expect([46, 47].map((notes) => isLeft(notes, figures))).toEqual([true, false]);
    expect(isLeft(47)).toBe(true);
  });

  it.each(temperatures)(
    'is never below the minimum share of the likeliest, at temperature %d',
    (temperature) => {
      const limit = pitchTemperature * temperature * Math.log(pitchMinP);
      const values = ruled(
        'pitch',
        { 60: 0, 62: 0.99 * limit, 64: 1.01 * limit },
        { wanted: { temperature } },
      );
      expect([60, 62, 64].map((pitch) => values[pitch]! > -Infinity)).toEqual([true, true, false]);
    },
  );

  it('has the minimum share applied last', () => {
    const limit = pitchTemperature * Math.log(pitchMinP);
    // A tone of the returning theme is above the limit because it is due.
    const ahead = { theme: { pitch: 65 } };
    const values = ruled('pitch', { 70: 5, 65: limit - 0.3, 77: limit - 0.3 }, { ahead });
    expect([65, 77].map((pitch) => values[pitch]! > -Infinity)).toEqual([true, false]);
  });
});

describe('velocity and duration of a note', () => {
  it.each(temperatures)('are the network’s own, also at temperature %d', (temperature) => {
    for (const field of ['velocity', 'duration'] as const) {
      const values = ruled(field, { 3: 0.7, 5: -0.4 }, { wanted: { temperature } });
      expect(values[3]! - values[5]!).toBeCloseTo(1.1, 9);
    }
  });

  it('are louder and longer while the planned character is not reached', () => {
    const { steerLoudness, steerPolyphony } = defaultTransformerSettings;
    const loudness = ruled(
      'velocity',
      { 20: 0, 18: 0 },
      { ahead: { missing: { ...nothingMissing, loudness: 5 } } },
    );
    expect(loudness[20]! - loudness[18]!).toBeCloseTo(steerLoudness * 5 * 2 * vocabulary.velocitiesPerBin, 9);
    const ahead = { missing: { ...nothingMissing, polyphony: 0.2 } };
    const polyphony = ruled('duration', { 60: 0, 40: 0 }, { ahead });
    const [long, short] = [60, 40].map((bin) => vocabulary.durationEdges[bin]!);
    expect(polyphony[60]! - polyphony[40]!).toBeCloseTo(steerPolyphony * 0.2 * Math.log(long! / short!), 9);
  });

  it('exclude values with too small a share', () => {
    const [kept, rare] = [Math.log(0.04) + 0.01, Math.log(0.04) - 0.01];
    const isLeft = (field: 'velocity' | 'duration', settings: Partial<TransformerSettings> = {}) => {
      const values = ruled(field, { 3: 0, 5: kept, 7: rare }, { settings });
      return [3, 5, 7].map((value) => values[value]! > -Infinity);
    };
    expect(isLeft('velocity')).toEqual([true, true, false]);
    expect(isLeft('duration')).toEqual([true, true, true]);
    expect(isLeft('duration', { durationMinP: 0.04 })).toEqual([true, true, false]);
  });
});
