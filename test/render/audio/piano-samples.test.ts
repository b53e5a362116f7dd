import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { pianoFor, pianoSamples } from '../../../src/render/audio/piano-samples.js';
import { programsOf, shippedSoundFont, soundFontFormat } from '../../../src/render/audio/sound-font.js';
import { synthesise } from '../../../src/render/audio/synth.js';
import { midiOf } from './midi-fixture.js';
import { highest, join } from './signals.js';

describe('the samples of the piano', () => {
  const samples = [...pianoSamples(shippedSoundFont)];

  it('are one for each key and velocity, at most three semitones away on a piano', () => {
    for (let pitch = 0; pitch < 128; pitch++) {
      for (let velocity = 1; velocity < 128; velocity++) {
        const found = samples.filter(
          ({ keys, velocities }) =>
            pitch >= keys.from &&
            pitch <= keys.to &&
            velocity >= velocities.from &&
            velocity <= velocities.to,
        );
        if (found.length !== 1) expect([pitch, velocity, found.length]).toEqual([pitch, velocity, 1]);
        if (pitch >= 21 && pitch <= 108) expect(Math.abs(found[0]!.root - pitch)).toBeLessThanOrEqual(3);
      }
    }
  });

  it('are stereo, looped, and die away as the recordings do', () => {
    expect(samples).toHaveLength(100);
    for (const { left, right, loopStart, rate, holdSeconds, decaySeconds, releaseSeconds } of samples) {
      expect(right).toHaveLength(left.length);
      expect(left).not.toEqual(right);
      expect(highest(Float32Array.from(left))).toBeGreaterThan(100);
      expect((left.length - loopStart) / rate).toBeCloseTo(0.5, 3);
      expect(holdSeconds).toBeLessThan(2.6);
      expect(decaySeconds).toBeGreaterThan(1);
      expect([0.5, 4]).toContain(releaseSeconds);
    }
  });
});

describe('the piano for some notes', () => {
  const notes = [60, 64, 67, 71].map((pitch, i) => ({ pitch, velocity: 20 + 30 * i }));

  it('is a small SoundFont with the recordings of these', async () => {
    const whole = await readFile(shippedSoundFont);
    const bytes = pianoFor(shippedSoundFont, notes);
    expect(soundFontFormat(bytes)).toBe('sf2');
    expect(programsOf(bytes)).toEqual(programsOf(whole));
    expect(bytes.length).toBeLessThan(whole.length / 10);
    // Without notes, it is a SoundFont, too.
    expect(soundFontFormat(pianoFor(shippedSoundFont, []))).toBe('sf2');
  });

  it('sounds exactly like the whole piano', async () => {
    const midi = midiOf(notes.map((note, i) => ({ ...note, onsetSeconds: i / 4, durationSeconds: 0.5 })));
    const options = { maxFrames: 96_000, sampleRate: 48_000 } as const;
    const heard = async (bytes: Uint8Array): Promise<Float32Array> => {
      const left: Float32Array[] = [];
      for await (const block of synthesise(midi, [{ read: () => Promise.resolve(bytes) }], options))
        left.push(block.left.slice());
      return join(left);
    };
    const whole = await heard(await readFile(shippedSoundFont));
    expect(highest(whole)).toBeGreaterThan(0.01);
    expect(await heard(pianoFor(shippedSoundFont, notes))).toEqual(whole);
  });
});
