import { describe, expect, it } from 'vitest';
import { natsPerNote } from '../../../src/model/transformer/likelihood.js';
import {
  decodeMemory,
  MemoryRules,
  mostRemembered,
  PieceMemory,
} from '../../../src/model/transformer/memory.js';
import { TransformerNetwork } from '../../../src/model/transformer/network.js';
import { toNotes, type NoteTuple } from '../../../src/model/transformer/tokens.js';
import { fields, fieldSizes } from '../../../src/model/transformer/vocabulary.js';
import { expected, madeUpModel, vocabulary } from './fixtures.js';

const settings = decodeMemory(JSON.stringify(expected.memory.settings));
const rules = new MemoryRules(settings, vocabulary);
/** The same, with a single vote, which depends on alignments alone. */
const rulesOf = (vote: keyof typeof settings.gates): MemoryRules => {
  const never = [-50, 0, 0, 0, 0];
  const gates = {
    dt: never,
    pitch: never,
    interval: never,
    velocity: never,
    duration: never,
    release: never,
  };
  const weights = Object.entries(settings.weights).map(([name, each]) => [name, { ...each, likeness: 0 }]);
  const aligning = { ...settings, weights: Object.fromEntries(weights) as typeof settings.weights };
  return new MemoryRules({ ...aligning, gates: { ...gates, [vote]: settings.gates[vote] } }, vocabulary);
};
const width = 8;
const sizes = fieldSizes(vocabulary);

/** A state of the network that depends on the last pitch alone. */
function stateAfter(pitch: number): Float32Array {
  return Float32Array.from({ length: width }, (_, i) => Math.sin(pitch * (i + 1)));
}

function note(pitch: number, dt = 20): NoteTuple {
  return [0, dt, pitch, 16, 40];
}

function memoryOf(pitches: readonly number[], by = rules): PieceMemory {
  const memory = new PieceMemory(by, width);
  for (const pitch of pitches) memory.hear(note(pitch), stateAfter(pitch));
  return memory;
}

/** The probabilities of a field, where the network finds all values alike. */
function probabilities(memory: PieceMemory, field: number, next: NoteTuple = note(60)): number[] {
  const logits = new Float32Array(sizes[field]!);
  memory.mix(field, next, logits);
  const weights = Array.from(logits, Math.exp);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const theme = [60, 64, 67, 72, 71, 67, 62, 65];
const pitch = fields.indexOf('pitch');

describe('PieceMemory', () => {
  it('predicts what the training code predicts', () => {
    const { notes, nats } = expected.memory;
    const network = new TransformerNetwork({ ...madeUpModel(), memory: settings }, 1);
    const result = natsPerNote(network, [toNotes(notes, vocabulary)]);
    expect(result.notes).toBe(notes.length - 1);
    for (const field of ['dt', 'pitch', 'velocity', 'duration'] as const) {
      expect(result.fields[field]).toBeCloseTo(nats[field]!, 4);
    }
  });

  it('expects a passage to go on as it did before', () => {
    const memory = memoryOf([...theme, 50, 53, ...theme.slice(0, 5)]);
    const next = probabilities(memory, pitch);
    expect(next.indexOf(Math.max(...next))).toBe(theme[5]);
    expect(next[theme[5]!]).toBeGreaterThan(20 / 128);
  });

  it('also if one of its notes is another, left out, or new', () => {
    for (const again of [
      [60, 64, 67, 72, 70, 67, 62],
      [60, 64, 72, 71, 67, 62],
      [60, 64, 67, 72, 90, 71, 67, 62],
    ]) {
      const next = probabilities(memoryOf([...theme, 50, 53, ...again]), pitch);
      expect(next.indexOf(Math.max(...next))).toBe(65);
    }
  });

  it('expects a passage to go on as it did in another key', () => {
    for (const shift of [-12, -3, 2, 7]) {
      const again = theme.slice(0, 5).map((each) => each + shift);
      const next = probabilities(memoryOf([...theme, 50, 53, ...again], rulesOf('interval')), pitch);
      expect(next.indexOf(Math.max(...next))).toBe(theme[5]! + shift);
    }
  });

  it('keeps to the keyboard where it moves a passage beyond its end', () => {
    const high = [110, 114, 117, 122, 121, 117];
    const again = high.slice(0, 3).map((each) => each + 9);
    const next = probabilities(memoryOf([...high, 50, 53, ...again], rulesOf('interval')), pitch);
    expect(next.every(Number.isFinite)).toBe(true);
    expect(next.indexOf(Math.max(...next))).toBe(127);
  });

  it('expects a note to end with those that sound, mostly with the most of them', () => {
    const memory = new PieceMemory(rulesOf('release'), width);
    // At ticks 10, 20, 30 and 40; the first three end at 70, the last one at 60.
    const lengths = [60, 50, 40, 20];
    for (const [i, ticks] of lengths.entries())
      memory.hear([0, 10, 60 + i, 16, ticks - 1], stateAfter(60 + i));
    const duration = fields.indexOf('duration');
    // The next one begins at 45.
    const next = probabilities(memory, duration, note(70, 5));
    const likeliest = [...next.keys()].toSorted((a, b) => next[b]! - next[a]!);
    expect(likeliest.slice(0, 2)).toEqual([24, 14]);
    expect(next[24]! / next[14]!).toBeGreaterThan(5);
    // When all have ended, no duration is likelier.
    const silent = probabilities(memory, duration, note(70, 100));
    expect(Math.max(...silent)).toBeCloseTo(1 / sizes[duration]!, 9);
  });

  it('expects the same step, velocity and duration, or nearly', () => {
    for (const [field, name] of fields.entries()) {
      if (name === 'class' || name === 'pitch') continue;
      const memory = memoryOf([...theme, 50, 53, ...theme.slice(0, 5)], rulesOf(name));
      const next = probabilities(memory, field, note(theme[5]!));
      const before = note(0)[field]!;
      expect(next.indexOf(Math.max(...next))).toBe(before);
      expect(next[before + 1]).toBeGreaterThan(next[before + 12]!);
    }
  });

  it('leaves the class alone, and everything while there is nothing to recall', () => {
    for (const [memory, field] of [
      [memoryOf([...theme, ...theme]), 0],
      [memoryOf([60]), pitch],
      [memoryOf([]), pitch],
    ] as const) {
      const logits = Float32Array.from({ length: sizes[field]! }, (_, i) => i % 7);
      const before = Float32Array.from(logits);
      memory.mix(field, note(60), logits);
      expect(logits).toEqual(before);
    }
  });

  it('gives finite logits that are logarithms of probabilities, however sure the network is', () => {
    const memory = memoryOf([...theme, ...theme]);
    for (let field = 1; field < fields.length; field++) {
      const logits = new Float32Array(sizes[field]!).fill(-90);
      logits[3] = 90;
      memory.mix(field, note(60), logits);
      expect(logits.every(Number.isFinite)).toBe(true);
      expect(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)).toBeCloseTo(1, 4);
    }
  });

  it('is as the network without strength', () => {
    const memory = memoryOf([...theme, ...theme]);
    memory.strength = 0;
    expect(Math.max(...probabilities(memory, pitch))).toBeCloseTo(1 / 128, 6);
  });

  it('knows nothing of the piece before once it is cleared', () => {
    const memory = memoryOf([...theme, ...theme]);
    memory.clear();
    for (const each of theme.slice(0, 5)) memory.hear(note(each), stateAfter(each));
    const fresh = memoryOf(theme.slice(0, 5));
    expect(probabilities(memory, pitch)).toEqual(probabilities(fresh, pitch));
  });

  it('forgets the older half of a piece without end', () => {
    const memory = memoryOf([...theme, 50]);
    for (let i = 9; i < mostRemembered; i++) memory.hear(note(30 + (i % 5)), stateAfter(30 + (i % 5)));
    const recalls = (): number => {
      const next = probabilities(memory, pitch);
      return next.indexOf(Math.max(...next));
    };
    for (const each of theme.slice(0, 4)) memory.hear(note(each), stateAfter(each));
    expect(recalls()).not.toBe(theme[4]);
    for (const each of theme.slice(4)) memory.hear(note(each), stateAfter(each));
    for (const each of theme.slice(0, 4)) memory.hear(note(each), stateAfter(each));
    expect(recalls()).toBe(theme[4]);
  });

  it('rejects files that do not hold its settings', () => {
    expect(() => decodeMemory('{}')).toThrow();
    expect(() =>
      decodeMemory(JSON.stringify({ ...settings, gates: { ...settings.gates, dt: [1] } })),
    ).toThrow();
  });
});

describe('a network with a memory', () => {
  it('hears each note once, also where its context begins anew', () => {
    const once = toNotes(expected.notes, vocabulary);
    const offset = once.at(-1)!.onsetSeconds + 1;
    // 120 notes, of which 64 fit into the context.
    const music = [...once, ...once.map((each) => ({ ...each, onsetSeconds: each.onsetSeconds + offset }))];
    const lossWith = (network: TransformerNetwork): number => natsPerNote(network, [music]).fields.pitch;
    const without = lossWith(new TransformerNetwork(madeUpModel(), 1));
    const model = { ...madeUpModel(), memory: settings };
    expect(lossWith(new TransformerNetwork(model, 1))).toBeLessThan(without - 0.5);
    // A state that was used before is as good as new.
    const used = new TransformerNetwork(model, 1);
    natsPerNote(used, [music.slice(7, 90)]);
    expect(lossWith(used)).toBe(lossWith(new TransformerNetwork(model, 1)));
  });
});
