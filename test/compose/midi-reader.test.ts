import { afterAll, describe, expect, it } from 'vitest';
import { MidiReader } from '../../src/compose/midi-reader.js';

const reader = new MidiReader({
  deadlineMs: 1500,
  program: new URL('./faulty-reader.mjs', import.meta.url),
});
afterAll(() => reader.close());

describe('the thread that reads MIDI files', () => {
  it.each(['hangs.mid', 'dies.mid'])('is replaced when it %s', async (name) => {
    await expect(reader.opening(new Uint8Array(), name)).rejects.toMatchObject({
      name: 'UserError',
      code: 'midi.unreadable',
    });
    await expect(reader.opening(new Uint8Array(), 'fine.mid')).resolves.toMatchObject({ title: 'fine.mid' });
  });
});
