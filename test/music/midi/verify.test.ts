import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { MidiVerificationError, verifyMidi } from '../../../src/music/midi/verify.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import type { Note } from '../../../src/music/note.js';
import type { Piece } from '../../../src/music/piece.js';
import { on, smf, track } from './midi-bytes.js';
import { pieces } from '../../compose/pieces.js';

const notes: readonly Note[] = [
  { pitch: 60, onsetSeconds: 0, durationSeconds: 0.5, velocity: 64 },
  { pitch: 64, onsetSeconds: 0.5, durationSeconds: 0.25, velocity: 65 },
  { pitch: 64, onsetSeconds: 0.75, durationSeconds: 2, velocity: 100 },
];
const piece: Piece = {
  title: 'Мелодия',
  tempoBpm: 97,
  timeSignature: { numerator: 6, denominator: 8 },
  key: { tonic: 'Eb', scale: 'major' },
  program: 11,
  notes,
  givenNotes: 0,
  metrical: false,
};

function withNote(change: Partial<Note>, index = 1): Piece {
  return { ...piece, notes: notes.map((note, i) => (i === index ? { ...note, ...change } : note)) };
}

describe('verifyMidi', () => {
  it('accepts what writeMidi writes, for any piece', () => {
    fc.assert(
      fc.property(pieces, (any) => {
        verifyMidi(writeMidi(any, ['text']), any);
      }),
    );
  });

  const tick = 60 / piece.tempoBpm / 480;
  it.each<[string, Piece, RegExp]>([
    ['pitch', withNote({ pitch: 65 }), /pitch of note 2 is 64 in the file, 65 in the piece/],
    ['velocity', withNote({ velocity: 66 }), /velocity of note 2 is 65 in the file, 66/],
    ['velocity of the first note', withNote({ velocity: 65 }, 0), /velocity of note 1 is 64 in the file, 65/],
    ['onset', withNote({ onsetSeconds: 0.5 + 1.01 * tick }), /onset of note 2/],
    ['length', withNote({ durationSeconds: 0.25 - 1.01 * tick }), /end of note 2/],
    ['number of notes', { ...piece, notes: notes.slice(0, 2) }, /number of notes is 3 in the file, 2/],
    ['tempo', { ...piece, tempoBpm: 97.001 }, /tempo in microseconds is/],
    ['title', { ...piece, title: 'Мелодии' }, /track name is/],
    ['program', { ...piece, program: 12 }, /program is 11 in the file, 12/],
    [
      'time signature',
      { ...piece, timeSignature: { numerator: 6, denominator: 4 } },
      /is 6\/8 in the file, 6\/4/,
    ],
    ['key', { ...piece, key: { tonic: 'C', scale: 'natural-minor' } }, /key signature/],
  ])('notices another %s', (_, other, message) => {
    const bytes = writeMidi(piece);
    expect(() => verifyMidi(bytes, other)).toThrow(MidiVerificationError);
    expect(() => verifyMidi(bytes, other)).toThrow(message);
  });

  it.each<[string, Partial<Note>]>([
    ['a velocity of 0', { velocity: 0 }],
    ['a velocity of 128', { velocity: 128 }],
    ['a pitch of 128', { pitch: 128 }],
    ['an onset before the start', { onsetSeconds: -1 }],
    ['an onset that is not a number', { onsetSeconds: NaN }],
    ['a length that is not a number', { durationSeconds: NaN }],
    ['an endless length', { durationSeconds: Infinity }],
  ])('lets no file with %s through', (_, change) => {
    const broken = withNote(change);
    expect(() => verifyMidi(writeMidi(broken), broken)).toThrow(MidiVerificationError);
  });

  it.each([1, 3.5, Infinity, NaN])('lets no file at a tempo of %d bpm through', (tempoBpm) => {
    const broken = { ...piece, tempoBpm };
    expect(() => verifyMidi(writeMidi(broken), broken)).toThrow(MidiVerificationError);
  });

  it('refuses files that are not as written', () => {
    const bytes = [...writeMidi(piece)];
    const empty = { ...piece, notes: [] };
    for (const other of [
      [],
      bytes.slice(0, -1),
      bytes.slice(0, -4),
      [...bytes, 0],
      [...bytes, ...bytes],
      [...smf([track(on(0, 60))])],
      [...smf([track(), track(), track()])],
      [...writeMidi(empty)],
    ]) {
      expect(() => verifyMidi(Uint8Array.from(other), piece)).toThrow(MidiVerificationError);
    }
  });

  it('notices any changed byte that changes the music', () => {
    const bytes = writeMidi(piece);
    const unnoticed: number[] = [];
    for (let at = 0; at < bytes.length; at++) {
      for (const flip of [0x01, 0x80, 0x55, 0xff]) {
        const broken = bytes.slice();
        broken[at]! ^= flip;
        try {
          verifyMidi(broken, piece);
          unnoticed.push(at);
        } catch (error) {
          expect(error).toBeInstanceOf(MidiVerificationError);
        }
      }
    }
    // Free to change: the metronome of the time signature and the release velocities.
    const metronome = bytes.findIndex((_, i) => bytes[i] === 0xff && bytes[i + 1] === 0x58) + 5;
    const releases = [...bytes.keys()].filter(
      (i) => bytes[i - 2] === 0x80 && bytes[i - 1]! >= 60 && bytes[i] === 0,
    );
    const free = new Set([metronome, metronome + 1, ...releases]);
    expect(unnoticed.filter((at) => !free.has(at))).toEqual([]);
  });

  it('starts no timer and leaves the bytes alone', () => {
    const timer = vi.spyOn(globalThis, 'setTimeout');
    const bytes = writeMidi(piece);
    const before = bytes.slice();
    verifyMidi(bytes, piece);
    expect(timer).not.toHaveBeenCalled();
    expect(bytes).toEqual(before);
    timer.mockRestore();
  });
});
