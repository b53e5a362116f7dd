import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changed, formatChange, parseChange, type Change } from '../../../src/music/edit/change.js';
import { endSeconds, type Piece } from '../../../src/music/piece.js';
import { band } from '../../render/audio/band-fixture.js';

const song = band(4);
const part = fc.nat(12);
const changes: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constantFrom('mute', 'unmute', 'solo'), part }),
  fc.constant({ kind: 'everybody' } as const),
  fc.record({ kind: fc.constant('instrument'), part, program: fc.nat(127) }),
  fc.record({ kind: fc.constant('tempo'), percent: fc.integer({ min: 25, max: 400 }) }),
  fc.record({ kind: fc.constant('key'), semitones: fc.integer({ min: -12, max: 12 }) }),
);

function after(...all: Change[]): Piece {
  return all.reduce((piece, change) => changed(piece, change)!, song);
}

const volumes = ({ tracks }: Piece): (number | undefined)[] => tracks.map(({ volume }) => volume);

describe('a change', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(changes, (change) => {
        expect(parseChange(formatChange(change))).toEqual(change);
      }),
    );
  });

  it.each([
    '',
    'mute',
    'mute--1',
    'mute-01',
    'tempo-5',
    'key-99',
    'instrument-0-128',
    'solo-1-2',
    'drop-1',
    'mute-1 ',
  ])('is rejected when someone sends %j', (text) => {
    expect(parseChange(text)).toBeUndefined();
  });

  it('moves and drops no note within its bar, whatever is changed', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 6 }), (all) => {
        let piece = song;
        for (const change of all) piece = changed(piece, change) ?? piece;
        piece.tracks.forEach(({ notes }, i) => {
          const own = song.tracks[i]!.notes;
          expect(notes.map(({ pitch: _pitch, ...note }) => note)).toEqual(
            own.map(({ pitch: _pitch, ...note }) => note),
          );
          expect(new Set(notes.map(({ pitch }, k) => pitch - own[k]!.pitch)).size).toBe(1);
          for (const { pitch } of notes) expect(pitch >= 0 && pitch <= 127).toBe(true);
        });
        expect(piece.tracks.some(({ volume }) => volume !== 0)).toBe(true);
      }),
    );
  });

  it('mutes, unmutes and solos a part, and unmutes all', () => {
    const muted = after({ kind: 'mute', part: 1 });
    expect(volumes(muted)).toEqual([undefined, 0, undefined, undefined, undefined]);
    expect(changed(muted, { kind: 'unmute', part: 1 })).toEqual(song);
    expect(volumes(after({ kind: 'solo', part: 3 }))).toEqual([0, 0, 0, undefined, 0]);
    expect(after({ kind: 'solo', part: 3 }, { kind: 'everybody' })).toEqual(song);
    expect(changed(after({ kind: 'solo', part: 3 }), { kind: 'mute', part: 3 })).toBeUndefined();
    expect(changed(song, { kind: 'solo', part: 9 })).toBeUndefined();
  });

  it('swaps an instrument, but not drums', () => {
    const { tracks } = after({ kind: 'instrument', part: 0, program: 40 });
    expect(tracks[0]).toMatchObject({ program: 40, name: 'Flute', role: 'melody' });
    expect(tracks.slice(1)).toEqual(song.tracks.slice(1));
    expect(changed(song, { kind: 'instrument', part: 4, program: 1 })).toBeUndefined();
  });

  it('speeds it up, also without a written tempo', () => {
    const seconds = endSeconds(song);
    expect(endSeconds(after({ kind: 'tempo', percent: 125 }))).toBeCloseTo(seconds / 1.25, 3);
    const unstated = changed({ ...song, tempos: [] }, { kind: 'tempo', percent: 80 })!;
    expect(endSeconds(unstated)).toBeCloseTo(seconds / 0.8, 3);
  });

  it('transposes notes, key and chords, but not the drums', () => {
    const { tracks, keys, chords } = after({ kind: 'key', semitones: 3 });
    expect(keys[0]!.key).toEqual({ tonic: 'C', scale: 'natural-minor' });
    expect(chords!.slice(0, 4).map(({ chord }) => chord!.root)).toEqual(['C', 'Ab', 'Eb', 'Bb']);
    expect(tracks[0]!.notes[0]!.pitch).toBe(song.tracks[0]!.notes[0]!.pitch + 3);
    expect(tracks[4]).toEqual(song.tracks[4]);
    expect(after({ kind: 'key', semitones: 5 }, { kind: 'key', semitones: -5 })).toEqual(song);
  });
});
