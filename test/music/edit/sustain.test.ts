import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { corpusLimits, uploadLimits } from '../../../src/music/midi/limits.js';
import type { NoteLengths } from '../../../src/music/midi/notes.js';
import { readKeyboard } from '../../../src/music/midi/read.js';
import { note, off, on, smf, track, varint } from '../midi/midi-bytes.js';
import { describeWithData } from '../../shared-data.js';

const pedal = (delta: number, value: number, channel = 0): number[] => [
  ...varint(delta),
  0xb0 | channel,
  64,
  value,
];

/** `[pitch, onset, duration]` of each note, in beats, for a file with 480 ticks per beat at 120 bpm. */
function heard(bytes: Uint8Array, lengths: NoteLengths): number[][] {
  return readKeyboard(bytes, uploadLimits, lengths).notes.map((n) =>
    [n.pitch, n.onsetSeconds * 2, n.durationSeconds * 2].map((value) => Number(value.toFixed(6))),
  );
}

const extended = (...events: number[][]): number[][] => heard(smf([track(...events)]), 'pedal-extended');

describe('the sustain pedal', () => {
  it('is only applied on request', () => {
    const file = smf([track(pedal(0, 127), note(480, 60), pedal(480, 0))]);
    expect(readKeyboard(file).notes).toMatchObject([{ pitch: 60, durationSeconds: 0.5 }]);
    expect(heard(file, 'key-held')).toEqual([[60, 0, 1]]);
    expect(heard(file, 'pedal-extended')).toEqual([[60, 0, 2]]);
  });

  it('holds a note until its pitch is struck again', () => {
    expect(extended(pedal(0, 64), note(480, 60), on(480, 60), off(480, 60), pedal(480, 63))).toEqual([
      [60, 0, 2],
      [60, 2, 2],
    ]);
  });

  it('does not end a note whose key is down when it is lifted', () => {
    expect(extended(pedal(0, 100), on(0, 60), pedal(480, 0), off(480, 60))).toEqual([[60, 0, 2]]);
  });

  it('holds notes released after it went down, not before', () => {
    expect(extended(note(480, 60), pedal(0, 100), note(480, 62), pedal(480, 10))).toEqual([
      [60, 0, 1],
      [62, 1, 2],
    ]);
  });

  it('that is never lifted holds until the track ends', () => {
    expect(extended(pedal(0, 127), note(480, 60), note(480, 62))).toEqual([
      [60, 0, 2],
      [62, 1, 1],
    ]);
  });

  it('belongs to one channel', () => {
    expect(extended(pedal(0, 127, 1), note(480, 60), note(480, 62, 64, 1), pedal(480, 0, 1))).toEqual([
      [60, 0, 1],
      [62, 1, 2],
    ]);
  });

  it('does what a piano does, tick by tick', () => {
    const moment = fc.record({
      wait: fc.integer({ min: 0, max: 3 }),
      act: fc.oneof(
        fc.record({ pedal: fc.constantFrom(0, 63, 64, 127) }),
        fc.record({ key: fc.integer({ min: 60, max: 62 }) }),
      ),
    });
    fc.assert(
      fc.property(fc.array(moment, { maxLength: 40 }), (moments) => {
        const events: number[][] = [];
        const down = new Set<number>();
        const sounding = new Map<number, number[]>();
        const expected: number[][] = [];
        let pedalIsDown = false;
        let tick = 0;
        const end = (pitch: number): void => {
          const sounded = sounding.get(pitch);
          sounding.delete(pitch);
          if (sounded !== undefined) sounded[2] = tick - sounded[1]!;
        };
        const release = (pitch: number): void => {
          down.delete(pitch);
          if (!pedalIsDown) end(pitch);
        };
        for (const { wait, act } of moments) {
          tick += wait;
          if ('pedal' in act) {
            events.push(pedal(wait, act.pedal));
            pedalIsDown = act.pedal >= 64;
            if (!pedalIsDown) [...sounding.keys()].filter((pitch) => !down.has(pitch)).forEach(end);
          } else if (down.has(act.key)) {
            events.push(off(wait, act.key));
            release(act.key);
          } else {
            events.push(on(wait, act.key));
            end(act.key);
            down.add(act.key);
            const struck = [act.key, tick, 0];
            sounding.set(act.key, struck);
            expected.push(struck);
          }
        }
        tick += 1;
        events.push([1, 0xb0, 1, 0]);
        for (const pitch of [...down]) {
          events.push(off(0, pitch));
          release(pitch);
        }
        [...sounding.keys()].forEach(end);
        const played = expected.filter(([, , length]) => length! > 0);
        fc.pre(played.length > 0);
        const start = Math.min(...played.map(([, onset]) => onset!));
        const ticks = heard(smf([track(...events)]), 'pedal-extended').map(([pitch, onset, length]) => [
          pitch,
          Math.round(onset! * 480),
          Math.round(length! * 480),
        ]);
        type Heard = readonly (number | undefined)[];
        const byOnset = (a: Heard, b: Heard): number => a[1]! - b[1]! || a[0]! - b[0]!;
        expect(ticks.sort(byOnset)).toEqual(
          played.map(([pitch, onset, length]) => [pitch, onset! - start, length]).sort(byOnset),
        );
      }),
    );
  });
});

describeWithData('maestro-v2.0.0/2004', 'on MAESTRO', (maestro) => {
  it('adds, moves and shortens no note, except for repeats', () => {
    const name = readdirSync(maestro).sort()[0]!;
    const bytes = readFileSync(new URL(encodeURIComponent(name), maestro));
    const held = readKeyboard(bytes, corpusLimits).notes;
    const long = readKeyboard(bytes, corpusLimits, 'pedal-extended').notes;
    expect(long.map(({ pitch, onsetSeconds }) => [pitch, onsetSeconds])).toEqual(
      held.map(({ pitch, onsetSeconds }) => [pitch, onsetSeconds]),
    );
    expect(long.every((each, i) => each.durationSeconds >= held[i]!.durationSeconds - 1e-9)).toBe(true);
    const total = (notes: typeof held): number => notes.reduce((sum, each) => sum + each.durationSeconds, 0);
    expect(total(long) / total(held)).toBeGreaterThan(1.1);
  });
});
