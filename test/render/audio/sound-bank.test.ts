import { SoundBankLoader } from 'spessasynth_core';
import { describe, expect, it } from 'vitest';
import { nearestProgram, shippedPrograms } from '../../../src/render/audio/instruments.js';
import { renderPiece } from '../../../src/render/audio/audio.js';
import { shippedSounds } from '../../../src/render/audio/sound-bank.js';
import { programsOf, soundFontFormat } from '../../../src/render/audio/sound-font.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import { band } from './band-fixture.js';
import { decode } from './ogg-reader.js';
import { integratedLoudness, LoudnessMeter } from '../../../src/render/audio/loudness.js';
import { correlation, decibels, highest } from './signals.js';

const familyOf = (program: number): number => Math.floor(program / 8);

describe('the nearest instrument', () => {
  it('is the instrument itself if shipped, and a shipped one otherwise', () => {
    for (const program of shippedPrograms) expect(nearestProgram(program)).toBe(program);
    for (let program = 0; program < 128; program++) {
      expect(shippedPrograms).toContain(nearestProgram(program));
    }
  });

  it('is of the same General MIDI family, except for bowed strings and some winds', () => {
    const others = Array.from({ length: 128 }, (_, program) => program).filter(
      (program) => familyOf(program) !== familyOf(nearestProgram(program)),
    );
    // Tremolo strings and orchestra hits are a section; bagpipe and shanai are double reeds; the fiddle is a violin.
    expect(others).toEqual([44, 55, 109, 110, 111]);
  });
});

describe('the shipped sounds', () => {
  it('are one uncompressed preset each, drums too, and the same object every time', async () => {
    const wanted = { programs: [73, 33, 73], hasDrums: true };
    const sounds = shippedSounds(wanted);
    const read = await Promise.all(sounds.map((sound) => sound.read()));
    expect(read.map(soundFontFormat)).toEqual(['sf2', 'sf2', 'sf2']);
    expect(read.map((sound) => [...programsOf(sound)])).toEqual([[73], [33], [-1]]);
    const again = shippedSounds(wanted);
    again.forEach((sound, i) => expect(sound).toBe(sounds[i]));
  });

  it('contain their authors’ notices', async () => {
    const [flute] = shippedSounds({ programs: [73], hasDrums: false });
    const { copyright, comment } = SoundBankLoader.fromArrayBuffer(
      Uint8Array.from(await flute!.read()).buffer,
    ).soundBankInfo;
    expect(copyright).toMatch(/Frank Wen.*Michael Cowgill/);
    expect(comment).toContain('I hereby release Fluid under the MIT license');
  });

  it('refuse an instrument that they lack', async () => {
    const [none] = shippedSounds({ programs: [1], hasDrums: false });
    await expect(none!.read()).rejects.toThrow(RangeError);
  });
});

describe('a song', () => {
  it('is as loud as a piano piece, wide, below −1 dBFS, and reproducible', async () => {
    const piece = band(4);
    const midi = writeMidi(piece);
    const { bytes, durationSeconds } = await renderPiece(piece, midi);
    const { left, right } = decode(bytes);
    const meter = new LoudnessMeter();
    meter.add(left, right);
    expect(Math.abs(integratedLoudness(meter.energies) + 16)).toBeLessThan(0.5);
    expect(decibels(Math.max(highest(left), highest(right)))).toBeLessThanOrEqual(-1);
    expect(correlation(left, right)).toBeLessThan(0.98);
    expect(durationSeconds).toBeGreaterThan(8);
    expect((await renderPiece(piece, midi)).bytes).toEqual(bytes);
  });
});
