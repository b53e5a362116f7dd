import { describe, expect, it } from 'vitest';
import { ascii } from '../../../src/render/audio/ogg.js';
import { shippedSounds } from '../../../src/render/audio/sound-bank.js';
import { synthesise } from '../../../src/render/audio/synth.js';

/** A MIDI file of one note. */
function oneNote(program: number, pitch: number): Uint8Array {
  const events = [...[0, 0xc0, program, 0, 0x90, pitch, 100], ...[96, 0x80, pitch, 0, 0, 0xff, 0x2f, 0]];
  return Uint8Array.of(
    ...[...ascii('MThd'), 0, 0, 0, 6, 0, 0, 0, 1, 0, 96],
    ...[...ascii('MTrk'), 0, 0, 0, events.length, ...events],
  );
}

describe('an instrument of the bot', () => {
  // The piano, and those whose samples end the earliest.
  it.each([0, 33, 58, 65])('sounds on every key: program %i', async (program) => {
    const sounds = shippedSounds({ programs: [program], hasDrums: false });
    for (const pitch of [0, 20, 60, 109, 127]) {
      let peak = 0;
      for await (const { left } of synthesise(oneNote(program, pitch), sounds, { maxFrames: 24_000 })) {
        peak = left.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), peak);
      }
      expect([pitch, peak > 1e-3]).toEqual([pitch, true]);
    }
  });
});
