import { describe, expect, it } from 'vitest';
import { Draft, type DraftPart, type Moment } from '../../../src/model/song/draft.js';
import { endingOf } from '../../../src/model/song/duties.js';
import { layoutOf, type Commission } from '../../../src/model/song/layout.js';
import { knownFigures, type KnownFigures } from '../../../src/model/rules/copies.js';
import { lagsAt } from '../../../src/model/song/rules/balance.js';
import type { Drawing } from '../../../src/model/song/rules/rule.js';
import type { NetworkNote } from '../../../src/model/song/sequence.js';
import { defaultSongSettings, songRules, type SongRules } from '../../../src/model/song/sampling.js';
import { Random } from '../../../src/model/random.js';
import type { SongPlan } from '../../../src/plan/song-plan.js';
import { bands } from './plans.js';

const plays = [
  { first: 0, end: 2 },
  { first: 3, end: 5 },
];
const pop: SongPlan = {
  style: 'pop',
  taught: 'pop',
  bpm: 120,
  key: { tonic: 'D', scale: 'natural-minor' },
  barCount: 5,
  meters: [{ bar: 0, numerator: 4, denominator: 4 }],
  chords: [
    { onset: 0, root: 'D', kind: 'min' },
    { onset: 96, root: 'A', kind: '7' },
    { onset: 384, root: 'D', kind: 'min' },
  ],
  chordsGiven: false,
  sections: [{ bar: 0, letter: 'A', timesBefore: 0 }],
  parts: bands.pop!.map((part) => ({ ...part, isPatterned: false, plays })),
};
const quartet: SongPlan = {
  ...pop,
  taught: 'quartet',
  parts: bands.quartet!.map((part) => ({ ...part, isPatterned: false, plays })),
};

const nothing: Drawing = { past: [], phrases: new Set() };

interface Scene {
  readonly draft: Draft;
  readonly rules: SongRules;
  /** Whether a part can strike a note at an onset. */
  readonly enters: (part: number, onset: number) => boolean;
  /** Whether it can strike a pitch. */
  readonly strikes: (part: number, onset: number, pitch: number) => boolean;
  /** Maximum and minimum length of the note. */
  readonly lasts: (
    part: number,
    onset: number,
    pitch: number,
  ) => { readonly least: number; readonly most: number };
  /** Adds a note. */
  readonly note: (part: number, onset: number, pitch: number, duration: number) => void;
}

function scene(plan: SongPlan, commission: Partial<Commission> = {}, known?: KnownFigures): Scene {
  const whole: Commission = { plan, given: [], temperature: 0.8, seed: 1, ...commission };
  const draft = new Draft(plan);
  const rules = songRules(
    whole,
    draft,
    layoutOf(whole, draft, new Random(1)),
    endingOf(draft),
    defaultSongSettings,
    known,
  );
  const at = (onset: number): Moment => draft.moment(onset);
  const partOf = (index: number): DraftPart => draft.parts[index]!;
  return {
    draft,
    rules,
    enters: (part, onset) => rules.entries.every((rule) => rule(partOf(part), at(onset), draft)),
    strikes: (part, onset, pitch) =>
      rules.pitches.every((rule) => rule(pitch, partOf(part), at(onset), draft)),
    lasts: (part, onset, pitch) => {
      const limits = rules.lengths.map((rule) => rule(pitch, partOf(part), at(onset), draft));
      return {
        least: Math.max(...limits.map(({ least = 1 }) => least)),
        most: Math.min(...limits.map(({ most = 1000 }) => most)),
      };
    },
    note: (part, onset, pitch, duration) =>
      draft.add({ onset, part: partOf(part).number, pitch, duration, velocity: 80 }),
  };
}

const [melody, counter, piano, bass, drums] = [0, 1, 2, 3, 4];

describe('the rules of songs', () => {
  it('place notes on the grid: 16ths and triplets, or the requested one', () => {
    const on = (onset: number, grid?: readonly number[]): boolean => {
      const { rules, draft } = scene(pop, grid && { grid });
      return rules.moments.every((rule) => rule(draft.moment(onset), draft));
    };
    expect([6, 8, 12, 96].map((onset) => on(onset))).toEqual([true, true, true, true]);
    expect([3, 5, 99].map((onset) => on(onset))).toEqual([false, false, false]);
    expect(on(8, [12])).toBe(false);
  });

  it('compose where a part plays, and not where it is given', () => {
    const { enters } = scene(pop);
    expect(enters(melody, 0)).toBe(true);
    expect(enters(melody, 2 * 96)).toBe(false);
    const given = scene(pop, { given: [{ onset: 0, part: drums, pitch: 36, duration: 6, velocity: 90 }] });
    expect(given.enters(drums, 0)).toBe(false);
  });

  it('keep a single voice single', () => {
    const { enters, lasts, note } = scene(pop);
    note(melody, 0, 69, 24);
    expect([enters(melody, 12), enters(melody, 24)]).toEqual([false, true]);
    note(melody, 72, 65, 24);
    expect(lasts(melody, 24, 69).most).toBe(48);
  });

  it('never strike a held key, nor hold one that is struck again', () => {
    const { strikes, lasts, note } = scene(pop);
    note(piano, 0, 69, 24);
    expect([strikes(piano, 12, 69), strikes(piano, 24, 69)]).toEqual([false, true]);
    note(piano, 72, 69, 12);
    expect(lasts(piano, 24, 69).most).toBe(48);
  });

  it('strike no more together than there are fingers', () => {
    const { enters, note } = scene(pop);
    [38, 50, 57, 62, 65, 69, 74].forEach((pitch, i) => {
      expect(enters(piano, 0)).toBe(i < 7);
      note(piano, 0, pitch, 24);
    });
    expect(enters(piano, 0)).toBe(false);
    note(counter, 0, 65, 24);
    expect(enters(counter, 0)).toBe(true);
    note(counter, 0, 69, 24);
    expect(enters(counter, 0)).toBe(false);
  });

  it('keep simultaneous keyboard notes within two hands', () => {
    const { strikes, note } = scene(pop);
    note(piano, 0, 38, 24);
    note(piano, 0, 57, 24);
    expect(strikes(piano, 0, 69)).toBe(true);
    expect(strikes(piano, 0, 81)).toBe(false);
  });

  it('stay in the range of the instrument', () => {
    const { strikes } = scene(pop);
    expect([strikes(bass, 0, 38), strikes(bass, 0, 62)]).toEqual([true, false]);
  });

  it('play chord tones on beats and scale tones between, without those the chord contradicts', () => {
    const { strikes } = scene(pop);
    expect([strikes(piano, 0, 64), strikes(piano, 12, 64)]).toEqual([false, true]);
    // Melodic parts are free on weak beats.
    expect([strikes(melody, 24, 64), strikes(melody, 48, 64)]).toEqual([true, false]);
    // C sharp is a tone of A7; C and B flat are in the key, but C clashes with A7.
    const over = (pitch: number): boolean => strikes(melody, 96 + 12, pitch);
    expect([over(61), over(60), over(70), over(63)]).toEqual([true, false, true, false]);
  });

  it('put the root in the bass where the chord begins, unless there is voice leading', () => {
    const { strikes } = scene(pop);
    expect([strikes(bass, 96, 33), strikes(bass, 96, 40), strikes(bass, 96 + 48, 40)]).toEqual([
      true,
      false,
      true,
    ]);
    const strings = scene(quartet);
    const cello = (onset: number, pitch: number): boolean => strings.strikes(3, onset, pitch);
    expect([cello(96, 40), cello(96, 45), cello(132, 40)]).toEqual([false, true, true]);
    strings.note(0, 96, 69, 48);
    expect(cello(96, 40)).toBe(true);
    expect(scene({ ...quartet, chordsGiven: true }).strikes(3, 96, 40)).toBe(false);
  });

  it('let voices lead on the beat in classical music, unless the chords were requested', () => {
    const free = scene(quartet);
    // G over D minor: on a beat, and where the chord begins.
    expect([free.strikes(2, 24, 55), free.strikes(2, 0, 55), free.strikes(1, 0, 67)]).toEqual([
      true,
      false,
      true,
    ]);
    const bound = scene({ ...quartet, chordsGiven: true });
    expect([bound.strikes(2, 24, 55), bound.strikes(1, 0, 67)]).toEqual([false, false]);
  });

  /** Nats that pitch 69 loses against another, as a part's next pitch after `pitches`. */
  const lost = ({ draft, rules }: Scene, index: number, pitches: readonly number[]): number => {
    const past = pitches.map((pitch, i) => ({ onset: 24 * i, part: 0, pitch, duration: 24, velocity: 80 }));
    const logits = new Float64Array(128);
    for (const rule of rules.draws.pitch) rule(logits, { ...nothing, part: draft.parts[index]!, past });
    return logits[60]! - logits[69]!;
  };

  it('repeat the pitch of a single voice less often: in pop the melody, in classical music every voice', () => {
    expect(lost(scene(quartet), melody, [69])).toBeGreaterThan(0.5);
    expect(lost(scene(quartet), counter, [69])).toBeGreaterThan(0.5);
    expect(lost(scene(pop), melody, [69])).toBeGreaterThan(0.3);
    expect(lost(scene(pop), bass, [69])).toBe(0);
    expect(lost(scene({ ...quartet, parts: pop.parts }), piano, [69])).toBe(0);
  });

  it('leave a pitch on which a melody dwells', () => {
    const tune = (times: number): number[] => [...Array<number>(times).fill(69), 67];
    for (const plan of [pop, quartet]) {
      const losses = [0, 5, 8, 15].map((times) => lost(scene(plan), melody, tune(times)));
      expect(losses[1]).toBe(losses[0]);
      expect(losses[2]).toBeGreaterThan(losses[1]! + 1);
      expect(losses[3]).toBeGreaterThan(losses[2]! + 2);
    }
    expect(lost(scene(pop), bass, tune(15))).toBe(0);
  });

  it('take up pitches of the phrases before', () => {
    for (const plan of [pop, quartet]) {
      const logits = new Float64Array(128);
      for (const rule of scene(plan).rules.draws.pitch) rule(logits, { ...nothing, phrases: new Set([64]) });
      expect(logits[64]! - logits[60]!).toBeGreaterThan(0.3);
    }
  });

  it('take them up most in loops of a band, and least among voices', () => {
    const gained = (taught: SongPlan['taught'], field: 'position' | 'part' | 'pitch'): number => {
      const logits = new Float64Array(192);
      const drawing = { ...nothing, phrases: new Set([64]) };
      for (const rule of scene({ ...pop, taught }).rules.draws[field]) rule(logits, drawing);
      return logits[64]! - logits[60]!;
    };
    const ascending = (['lied', 'orchestra', 'pop', 'band'] as const).map((taught) =>
      gained(taught, 'pitch'),
    );
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
    expect(new Set(ascending).size).toBe(4);
    expect(gained('band', 'position')).toBeGreaterThan(gained('pop', 'position'));
    expect(gained('band', 'part')).toBeGreaterThan(gained('pop', 'part'));
  });

  it('let the parts that are behind their usual number of notes play, and the others wait', () => {
    const { draft, rules, note } = scene({ ...pop, density: 0.5 });
    for (let onset = 0; onset < 96; onset += 6) note(counter, onset, 65 + (onset % 5), 6);
    note(melody, 0, 69, 24);
    const lags = lagsAt(draft.moment(96), draft);
    const numberOf = (index: number): number => draft.parts[index]!.number;
    expect(lags.get(numberOf(counter))).toBeLessThan(0.5);
    expect(lags.get(numberOf(melody))).toBeGreaterThan(1.5);
    const logits = new Float64Array(64);
    for (const rule of rules.draws.part) rule(logits, { ...nothing, lags });
    expect(logits[numberOf(counter)]).toBe(-Infinity);
    expect(logits[numberOf(melody)]! - logits[63]!).toBeGreaterThan(0.8);
    expect(rules.draws.part).toHaveLength(4);
  });

  it('count the notes of two bars at most, of composed parts, from where they entered', () => {
    const parts = pop.parts.map((part, i) => ({ ...part, isPatterned: i === bass }));
    const { draft, note } = scene({ ...pop, density: 0.5, parts });
    const lag = (index: number, onset: number): number | undefined =>
      lagsAt(draft.moment(onset), draft).get(draft.parts[index]!.number);
    expect([lag(melody, 0), lag(bass, 0)]).toEqual([1, undefined]);
    expect(lag(melody, 192)).toBeUndefined();
    expect(lag(melody, 288)).toBe(1);
    for (let onset = 0; onset < 24; onset += 6) note(piano, onset, 60, 6);
    expect(lag(piano, 24)).toBeLessThan(1);
    expect(lag(piano, 384)).toBeGreaterThan(10);
    expect(lagsAt(draft.moment(0), new Draft(pop)).size).toBe(0);
  });

  it('keep the accompaniment of requested chords to their tones, except in pop', () => {
    // A against G over D minor, between the beats.
    const gained = (plan: SongPlan, part: number): number => {
      const { draft, rules } = scene(plan);
      const logits = new Float64Array(128);
      const drawing = { ...nothing, part: draft.parts[part]!, harmony: draft.harmonyAt(12) };
      for (const rule of rules.draws.pitch) rule(logits, drawing);
      return logits[69]! - logits[67]!;
    };
    const requested: SongPlan = { ...quartet, chordsGiven: true };
    expect([gained(requested, 2), gained(requested, 3)].every((nats) => nats > 0.5)).toBe(true);
    expect([gained(requested, melody), gained(quartet, 2)]).toEqual([0, 0]);
    expect(gained({ ...pop, taught: 'band', chordsGiven: true }, piano)).toBeGreaterThan(0.5);
    expect(gained({ ...pop, chordsGiven: true }, piano)).toBe(0);
  });

  it('hold no note into a chord that it does not belong to', () => {
    const { lasts } = scene(pop);
    expect(lasts(piano, 72, 65).most).toBe(24);
    expect(lasts(piano, 72, 69).most).toBeGreaterThan(24);
  });

  it('end notes where their part is silent', () => {
    expect(scene(pop).lasts(melody, 96, 69).most).toBe(96);
  });

  it('give drums to two hands and two feet, and every stroke one length', () => {
    const { strikes, lasts, note } = scene(pop);
    note(drums, 0, 38, 6);
    note(drums, 0, 42, 6);
    expect([strikes(drums, 0, 49), strikes(drums, 0, 36), strikes(drums, 0, 46)]).toEqual([
      false,
      true,
      false,
    ]);
    note(drums, 0, 36, 6);
    expect([strikes(drums, 3, 36), strikes(drums, 6, 36), strikes(drums, 3, 38)]).toEqual([
      false,
      true,
      false,
    ]);
    expect(lasts(drums, 0, 36)).toEqual({ least: 6, most: 6 });
  });

  it('keep voices in order, where they are voices', () => {
    const { strikes, lasts, note } = scene(quartet);
    note(0, 0, 69, 96);
    note(2, 0, 57, 96);
    expect([strikes(1, 0, 74), strikes(1, 0, 69), strikes(1, 0, 53)]).toEqual([false, true, false]);
    note(2, 288, 69, 48);
    expect(lasts(1, 200, 57).most).toBeLessThanOrEqual(88);
    expect(scene(pop).strikes(counter, 0, 86)).toBe(true);
  });

  it('let an instrument that reaches above an earlier one go there', () => {
    const piccolo = { ...quartet.parts[1]!, range: [74, 98] as const };
    const trumpet = { ...quartet.parts[0]!, range: [55, 82] as const };
    const { strikes, note } = scene({ ...quartet, parts: [trumpet, piccolo, ...quartet.parts.slice(2)] });
    note(0, 0, 69, 96);
    expect([strikes(1, 0, 86), strikes(2, 0, 74), strikes(2, 0, 69)]).toEqual([true, false, true]);
  });

  it('end on the last chord, with its lowest tone in the bass', () => {
    const { enters, strikes, lasts, note } = scene(pop);
    const end = 4 * 96;
    note(bass, 288, 33, 48);
    expect([
      strikes(bass, end, 38),
      strikes(bass, end, 50),
      strikes(piano, end, 38),
      strikes(piano, end, 41),
    ]).toEqual([true, false, false, true]);
    expect([enters(piano, end), enters(piano, end + 24)]).toEqual([true, false]);
    expect(lasts(piano, end - 24, 57).most).toBe(24);
    expect(lasts(piano, end, 57).least).toBe(48);
  });

  it('end on tones of the last chord, wherever in its bar it begins', () => {
    const last = 4 * 72 + 48;
    const { strikes } = scene({
      ...pop,
      meters: [{ bar: 0, numerator: 3, denominator: 4 }],
      chords: [
        { onset: 0, root: 'D', kind: 'min' },
        { onset: last, root: 'D', kind: 'min' },
      ],
    });
    expect([strikes(melody, last - 24, 76), strikes(melody, last, 76), strikes(melody, last, 77)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('sample at the requested temperature, without unlikely values', () => {
    const { rules } = scene(pop);
    for (const field of ['bar', 'position', 'part', 'pitch', 'duration', 'velocity'] as const) {
      const logits = Float64Array.from([0, -2, -10]);
      for (const rule of rules.draws[field]) rule(logits, nothing);
      expect(logits[1]).toBeCloseTo(-2 / 0.8, 5);
      expect(logits[2]).toBe(-Infinity);
    }
  });

  it('end a copy of the training music, part by part', () => {
    const tune = Uint8Array.from({ length: 64 }, (_, i) => 60 + ((i * i) % 13));
    const { rules } = scene(pop, {}, knownFigures([tune]));
    const copying = [...tune.subarray(5, 36)].map((pitch, i): NetworkNote => ({
      onset: 12 * i,
      part: piano,
      pitch,
      duration: 12,
      velocity: 0,
    }));
    const drawn = (past: readonly NetworkNote[]): Float64Array => {
      const logits = new Float64Array(128);
      for (const rule of rules.draws.pitch) rule(logits, { ...nothing, past });
      return logits;
    };
    expect(drawn(copying)[tune[36]!]).toBe(-Infinity);
    expect(drawn(copying.slice(1))[tune[36]!]).toBe(0);
    expect(rules.draws.pitch).toHaveLength(6);
    expect(rules.draws.duration).toHaveLength(2);
  });

  it('are all tested here', () => {
    const { moments, entries, pitches, lengths } = scene(quartet).rules;
    expect([moments, entries, pitches, lengths].map((list) => list.length)).toEqual([1, 4, 8, 7]);
  });
});
