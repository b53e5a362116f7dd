import { describe, expect, it } from 'vitest';
import { readMidi } from '../../../src/music/midi/read.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import { endSeconds, type Piece } from '../../../src/music/piece.js';
import { integratedLoudness } from '../../../src/render/audio/loudness.js';
import { melodyOf, mix, performanceOf } from '../../../src/render/audio/mix.js';
import { partLoudnesses } from '../../../src/render/audio/part-loudness.js';
import { note, pieceOf } from '../piece-fixture.js';
import { band, bigBand, quartet } from './band-fixture.js';
import { distances, renderedParts } from './parts.js';

function leadOf(piece: Piece): number {
  return melodyOf(piece.tracks, partLoudnesses(piece, endSeconds(piece)));
}

/** Without roles, as the files of other people are. */
function withoutRoles(piece: Piece): Piece {
  return { ...piece, tracks: piece.tracks.map(({ role: _role, ...track }) => track) };
}

describe('a mix', () => {
  it.each([
    ['five', band(8)],
    ['nine', bigBand(4)],
    ['a quartet', quartet(4)],
  ])('of %s: the melody 3 dB above all other pitched parts, none 18 dB below it', async (_, piece) => {
    for (const [i, { closest, whole }] of (await distances(piece)).entries()) {
      if (i === 0) continue;
      if (!piece.tracks[i]!.isDrums) expect(closest).toBeGreaterThanOrEqual(3);
      expect(whole).toBeLessThanOrEqual(18);
    }
  });

  it('predicts each part’s loudness within 3 dB', async () => {
    const piece = band(4);
    const heard = await renderedParts(piece);
    const channels = mix(piece);
    partLoudnesses(piece, endSeconds(piece)).forEach(({ energies }, i) => {
      const foretold = integratedLoudness(energies) + 40 * Math.log10(channels[i]!.volume / 127);
      expect(Math.abs(foretold - heard[i]!.whole)).toBeLessThan(3);
    });
  });

  it('keeps basses and drums in the centre without reverb, and spreads the other parts', () => {
    const piece = bigBand(4);
    const channels = mix(piece);
    const places = piece.tracks.flatMap(({ role }, i) =>
      role === 'bass' || role === 'drums' || i === 0 ? [] : [channels[i]!.pan],
    );
    expect(new Set(places).size).toBe(places.length);
    for (const pan of places) expect(Math.abs(pan - 64)).toBeLessThanOrEqual(30);
    piece.tracks.forEach(({ role }, i) => {
      if (role === 'bass' || role === 'drums' || i === 0) expect(channels[i]!.pan).toBe(64);
      if (role === 'bass') expect(channels[i]!.reverb).toBe(0);
      else expect(channels[i]!.reverb).toBeGreaterThan(0);
    });
    expect(Math.max(...channels.map(({ volume }) => volume))).toBe(127);
  });

  it('finds the melody of files without roles by its track name, else the highest part', () => {
    expect(leadOf(withoutRoles(band(4)))).toBe(0);
    const named = withoutRoles(bigBand(4));
    const tracks = named.tracks.map((track, i) => (i === 3 ? { ...track, name: 'Lead vocal' } : track));
    expect(leadOf({ ...named, tracks })).toBe(3);
    expect(leadOf({ ...named, tracks: named.tracks.filter(({ isDrums }) => isDrums) })).toBe(-1);
  });

  it('follows a file’s volumes in part, and its panning and mutes fully', () => {
    const piece = withoutRoles(band(4));
    const set = (volume: number): number => {
      const tracks = piece.tracks.map((track, i) => (i === 1 ? { ...track, volume, pan: 9 } : track));
      const channels = mix({ ...piece, tracks });
      expect(channels[1]!.pan).toBe(9);
      return 40 * Math.log10(channels[1]!.volume / channels[0]!.volume);
    };
    expect(set(60)).toBeLessThan(set(100) - 2);
    expect(set(10)).toBeGreaterThan(set(60) - 2);
    expect(set(0)).toBe(-Infinity);
  });

  it('leaves a solo piano unchanged', () => {
    const piece = pieceOf([note(60, 0, 1), note(64, 1, 1)]);
    const midi = writeMidi(piece, ['a text']);
    expect(performanceOf(piece, midi)).toEqual({ midi, instruments: { programs: [0], hasDrums: false } });
  });

  it('plays each part on the nearest instrument, the same notes in the same places', () => {
    const piece = band(4);
    const tracks = piece.tracks.map((track, i) => (i === 0 ? { ...track, program: 77 } : track));
    const { midi, instruments } = performanceOf({ ...piece, tracks }, new Uint8Array());
    expect(instruments).toEqual({ programs: [73, 48, 0, 33], hasDrums: true });
    const played = readMidi(midi).piece.tracks;
    expect(played.map(({ program }) => program)).toEqual([73, 48, 0, 33, 0]);
    expect(played.map(({ notes }) => notes)).toEqual(tracks.map(({ notes }) => notes));
  });

  it("uses the operator's SoundFont for instruments that it has", () => {
    const owned = new Set([0, 77, -1]);
    const piece = band(4);
    const tracks = piece.tracks.map((track, i) => (i === 0 ? { ...track, program: 77 } : track));
    const { midi, instruments } = performanceOf({ ...piece, tracks }, new Uint8Array(), owned);
    expect(instruments).toEqual({ programs: [48, 33], hasDrums: false });
    expect(readMidi(midi).piece.tracks[0]!.program).toBe(77);
  });
});
