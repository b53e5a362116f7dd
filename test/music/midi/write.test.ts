import fc from 'fast-check';
import midiFile from 'midi-file';
import { describe, expect, it } from 'vitest';
import { readMidi } from '../../../src/music/midi/read.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import type { Piece } from '../../../src/music/piece.js';
import { ticksPerQuarter } from '../../../src/music/ticks.js';
import {
  keySignature,
  meta,
  name,
  off,
  on,
  program,
  smf,
  tempo,
  text,
  timeSignature,
  track,
} from './midi-bytes.js';
import { pieces } from '../../compose/pieces.js';

const keyless: Piece = {
  title: 'Für Elise',
  tempoBpm: 90,
  timeSignature: { numerator: 3, denominator: 8 },
  program: 6,
  givenNotes: 1,
  metrical: true,
  notes: [
    { pitch: 57, onsetSeconds: 0, durationSeconds: 2 / 3, velocity: 1 },
    { pitch: 76, onsetSeconds: 0, durationSeconds: 1 / 3, velocity: 127 },
    { pitch: 76, onsetSeconds: 1 / 3, durationSeconds: 1 / 9, velocity: 64 },
  ],
};
const piece: Piece = { ...keyless, key: { tonic: 'A', scale: 'harmonic-minor' } };

/** The notes as they stand in the file, in ticks, by an independent parser. */
function ticksInFile(bytes: Uint8Array): { pitch: number; velocity: number; start: number; end: number }[] {
  const notes: { pitch: number; velocity: number; start: number; end: number }[] = [];
  let tick = 0;
  for (const event of midiFile.parseMidi(bytes).tracks[1]!) {
    tick += event.deltaTime;
    if (event.type === 'noteOn') {
      notes.push({ pitch: event.noteNumber, velocity: event.velocity, start: tick, end: -1 });
    } else if (event.type === 'noteOff') {
      notes.find(({ pitch, end }) => pitch === event.noteNumber && end === -1)!.end = tick;
    }
  }
  return notes;
}

describe('writeMidi', () => {
  it('writes exactly these bytes', () => {
    const settings = track(
      tempo(0, 666_667),
      timeSignature(0, 3, 3),
      keySignature(0, 0, 1),
      text('made for a test'),
    );
    const music = track(
      name('Für Elise'),
      program(0, 6),
      on(0, 57, 1),
      on(0, 76, 127),
      [...off(240, 76).slice(0, -1), 0],
      on(0, 76, 64),
      [...off(80, 76).slice(0, -1), 0],
      [...off(160, 57).slice(0, -1), 0],
    );
    expect([...writeMidi(piece, ['made for a test'])]).toEqual([...smf([settings, music])]);
  });

  it('leaves the key signature out where there is none', () => {
    const chromatic: Piece = { ...piece, key: { tonic: 'C', scale: 'chromatic' } };
    for (const without of [keyless, chromatic]) {
      const [settings] = midiFile.parseMidi(writeMidi(without)).tracks;
      expect(settings!.map(({ type }) => type)).toEqual(['setTempo', 'timeSignature', 'endOfTrack']);
    }
  });

  it('writes lengths beyond 127 bytes', () => {
    const [long, short] = ['y'.repeat(300), '月光の曲'];
    const bytes = writeMidi({ ...piece, title: short }, [long]);
    expect(readMidi(bytes)).toMatchObject({ title: short, texts: [long] });
    expect([...bytes].join()).toContain(meta(0, 1, Array<number>(300).fill(121)).join());
  });

  it('gives every note at least a tick', () => {
    const short = { pitch: 60, onsetSeconds: 0, durationSeconds: 1e-5, velocity: 64 };
    expect(ticksInFile(writeMidi({ ...piece, notes: [short] }))).toMatchObject([{ start: 0, end: 1 }]);
  });

  it('keeps what is in the piece, on the nearest ticks', () => {
    fc.assert(
      fc.property(pieces, (any) => {
        const ticks = (seconds: number): number => ((seconds * any.tempoBpm) / 60) * ticksPerQuarter;
        const found = ticksInFile(writeMidi(any));
        expect(found.map(({ pitch, velocity }) => [pitch, velocity])).toEqual(
          any.notes.map(({ pitch, velocity }) => [pitch, velocity]),
        );
        for (const [i, { start, end }] of found.entries()) {
          const { onsetSeconds, durationSeconds } = any.notes[i]!;
          expect(Math.abs(start - ticks(onsetSeconds))).toBeLessThanOrEqual(0.5 + 1e-6);
          if (end !== start + 1) {
            expect(Math.abs(end - ticks(onsetSeconds + durationSeconds))).toBeLessThanOrEqual(0.5 + 1e-6);
          }
        }
      }),
    );
  });

  it('is read back by readMidi with the same ticks', () => {
    fc.assert(
      fc.property(pieces, (any) => {
        const bytes = writeMidi(any, ['a', 'b']);
        const contents = readMidi(bytes);
        const inFile = ticksInFile(bytes);
        const secondsPerTick = Math.round(6e7 / any.tempoBpm) / 1e6 / ticksPerQuarter;
        const first = Math.min(...inFile.map(({ start }) => start));
        const read = contents.notes.map(({ pitch, velocity, onsetSeconds, durationSeconds }) => {
          const start = first + onsetSeconds / secondsPerTick;
          return [start, pitch, velocity, start + durationSeconds / secondsPerTick];
        });
        expect(read.map((numbers) => numbers.map((n) => Math.round(n * 1e4) / 1e4))).toEqual(
          inFile
            .sort((a, b) => a.start - b.start || a.pitch - b.pitch)
            .map(({ start, pitch, velocity, end }) => [start, pitch, velocity, end]),
        );
        expect(contents.program).toBe(any.program);
        expect(contents.timeSignature).toEqual(any.timeSignature);
        expect(contents.texts).toEqual(['a', 'b']);
      }),
    );
  });

  it('needs time linear in the notes', () => {
    const notes = Array.from({ length: 4000 }, (_, i) => ({
      pitch: 60,
      onsetSeconds: i * 0.3,
      durationSeconds: 0.2,
      velocity: 64,
    }));
    const start = process.cpuUsage();
    writeMidi({ ...piece, notes });
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(500);
  });
});
