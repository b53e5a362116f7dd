import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { MidiVerificationError, verifyMidi } from '../../../src/music/midi/verify.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import type { Piece } from '../../../src/music/piece.js';
import { fixedTempo } from '../../../src/music/tempo-map.js';
import type { Track, TrackNote } from '../../../src/music/track.js';
import { on, smf, track } from './midi-bytes.js';
import { pieces } from '../../compose/pieces.js';

const notes: readonly TrackNote[] = [
  { pitch: 60, startTick: 0, lengthTicks: 388, velocity: 64 },
  { pitch: 64, startTick: 388, lengthTicks: 194, velocity: 65 },
  { pitch: 64, startTick: 582, lengthTicks: 1552, velocity: 100 },
];
const alone: Track = { name: '', program: 11, isDrums: false, notes };
const piece: Piece = {
  title: 'Мелодия',
  ticksPerQuarter: 480,
  tempos: [{ tick: 0, microsecondsPerQuarter: 618_557 }],
  meters: [{ tick: 0, numerator: 6, denominator: 8 }],
  keys: [{ tick: 0, key: { tonic: 'Eb', scale: 'major' } }],
  hasBars: false,
  tracks: [alone],
};
const drums: Track = { name: 'Drums', program: 0, isDrums: true, notes: notes.slice(0, 1) };
const bass: Track = { name: 'Bass', program: 33, isDrums: false, volume: 80, pan: 20, notes };
/** Several tracks, with changes of tempo, meter and key. */
const song: Piece = {
  ...piece,
  tempos: [...piece.tempos, { tick: 480, microsecondsPerQuarter: 500_000 }],
  meters: [...piece.meters, { tick: 720, numerator: 3, denominator: 4 }],
  keys: [...piece.keys, { tick: 720, key: { tonic: 'D', scale: 'major' } }],
  chords: [{ tick: 720, chord: { root: 'D', kind: 'maj' } }],
  sections: [{ tick: 720, name: 'B' }],
  tracks: [{ ...alone, name: 'Voice' }, drums, bass],
};

function withTrack(change: Partial<Track>): Piece {
  return { ...piece, tracks: [{ ...alone, ...change }] };
}

function withNote(change: Partial<TrackNote>, index = 1): Piece {
  return withTrack({ notes: notes.map((note, i) => (i === index ? { ...note, ...change } : note)) });
}

describe('verifyMidi', () => {
  it('accepts what writeMidi writes, for any piece', () => {
    fc.assert(
      fc.property(pieces, (any) => {
        verifyMidi(writeMidi(any, ['text']), any);
      }),
    );
  });

  it.each<[string, Piece, RegExp]>([
    ['pitch', withNote({ pitch: 65 }), /pitch of note 2 is 64 in the file, 65 in the piece/],
    ['velocity', withNote({ velocity: 66 }), /velocity of note 2 is 65 in the file, 66/],
    ['velocity of the first note', withNote({ velocity: 65 }, 0), /velocity of note 1 is 64 in the file, 65/],
    ['onset', withNote({ startTick: 389 }), /onset of note 2/],
    ['length', withNote({ lengthTicks: 193 }), /end of note 2/],
    ['number of notes', withTrack({ notes: notes.slice(0, 2) }), /number of notes is 3 in the file, 2/],
    [
      'tempo',
      { ...piece, tempos: [{ tick: 0, microsecondsPerQuarter: 618_556 }] },
      /tempo in microseconds is/,
    ],
    ['title', { ...piece, title: 'Мелодии' }, /track name is/],
    ['program', withTrack({ program: 12 }), /program is 0: 11 in the file, 0: 12/],
    [
      'time signature',
      { ...piece, meters: [{ tick: 0, numerator: 6, denominator: 4 }] },
      /is 0: 6\/8 in the file, 0: 6\/4/,
    ],
    ['key', { ...piece, keys: [{ tick: 0, key: { tonic: 'C', scale: 'natural-minor' } }] }, /key signature/],
    ['instrument', withTrack({ isDrums: true }), /channel is 1 in the file, 10/],
    ['volume', withTrack({ volume: 100 }), /volume and pan/],
  ])('notices a different %s', (_, other, message) => {
    const bytes = writeMidi(piece);
    expect(() => verifyMidi(bytes, other)).toThrow(MidiVerificationError);
    expect(() => verifyMidi(bytes, other)).toThrow(message);
  });

  it.each<[string, Partial<Piece>, RegExp]>([
    ['another order of tracks', { tracks: [song.tracks[0]!, bass, drums] }, /channel/],
    ['a track less', { tracks: song.tracks.slice(0, 2) }, /number of tracks/],
    ['another name', { tracks: song.tracks.with(2, { ...bass, name: 'Cello' }) }, /track name/],
    ['another pan', { tracks: song.tracks.with(2, { ...bass, pan: 21 }) }, /volume and pan/],
    [
      'no volume',
      { tracks: song.tracks.with(2, { ...drums, name: 'Bass', isDrums: false, program: 33 }) },
      /volume/,
    ],
    ['drums that are none', { tracks: song.tracks.with(1, { ...drums, isDrums: false }) }, /channel/],
    ['another change of tempo', { tempos: song.tempos.slice(0, 1) }, /tempo/],
    ['another change of meter', { meters: song.meters.slice(0, 1) }, /time signature/],
    ['another change of key', { keys: song.keys.slice(0, 1) }, /key signature/],
    ['another chord', { chords: [{ tick: 720, chord: { root: 'D', kind: 'min' } }] }, /chords/],
    ['another section', { sections: [{ tick: 720, name: 'C' }] }, /sections/],
    ['another title', { title: 'Song' }, /track name/],
  ])('notices %s in a song', (_, change, message) => {
    const bytes = writeMidi(song);
    verifyMidi(bytes, song);
    expect(() => verifyMidi(bytes, { ...song, ...change })).toThrow(message);
  });

  it.each<[string, Partial<TrackNote>]>([
    ['a velocity of 0', { velocity: 0 }],
    ['a velocity of 128', { velocity: 128 }],
    ['a pitch of 128', { pitch: 128 }],
    ['an onset before the start', { startTick: -1 }],
    ['an onset that is no tick', { startTick: 388.5 }],
    ['an onset that is not a number', { startTick: NaN }],
    ['no length', { lengthTicks: 0 }],
    ['a length that is not a number', { lengthTicks: NaN }],
    ['an endless length', { lengthTicks: Infinity }],
  ])('rejects a file with %s', (_, change) => {
    const broken = withNote(change);
    expect(() => verifyMidi(writeMidi(broken), broken)).toThrow(MidiVerificationError);
  });

  it.each([1, 3.5, Infinity, NaN])('rejects a file at a tempo of %d bpm', (tempoBpm) => {
    const broken = { ...piece, tempos: fixedTempo(tempoBpm) };
    expect(() => verifyMidi(writeMidi(broken), broken)).toThrow(MidiVerificationError);
  });

  it('refuses files that are not as written', () => {
    const bytes = [...writeMidi(piece)];
    const empty = withTrack({ notes: [] });
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
    // Not compared: the metronome of the time signature, and release velocities.
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
