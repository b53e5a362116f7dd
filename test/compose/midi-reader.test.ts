import { afterEach, describe, expect, it } from 'vitest';
import { MidiReader } from '../../src/compose/midi-reader.js';

const lost: unknown[] = [];
let reader: MidiReader;
afterEach(async () => {
  lost.length = 0;
  await reader.close();
});

function open(deadlineMs: number): MidiReader {
  reader = new MidiReader({
    deadlineMs,
    onLost: (cause) => lost.push(cause),
    program: new URL('./faulty-reader.mjs', import.meta.url),
  });
  return reader;
}

const nothing = new Uint8Array();

describe('the thread that reads MIDI files', () => {
  it('is replaced when a file crashes it', async () => {
    open(10_000);
    const dies = reader.opening(nothing, 'dies.mid');
    await expect(dies).rejects.toMatchObject({ name: 'UserError', code: 'midi.unreadable' });
    await expect(reader.opening(nothing, 'fine.mid')).resolves.toMatchObject({ title: 'fine.mid' });
    expect(lost).toHaveLength(1);
  });

  it('is stopped when it hangs, twice: the error message then does not blame the file, and the operator is told', async () => {
    open(300);
    const hangs = reader.opening(nothing, 'hangs.mid');
    const behind = reader.opening(nothing, 'fine.mid');
    await expect(hangs).rejects.toMatchObject({ name: 'UserError', code: 'midi.slow' });
    await expect(behind).resolves.toMatchObject({ title: 'fine.mid' });
    expect(lost.map(String)).toEqual([
      expect.stringContaining('more than 300 ms'),
      expect.stringContaining('more than 600 ms'),
    ]);
  });

  it('has twice as long for the second try', async () => {
    open(1000);
    await expect(reader.opening(nothing, 'slow.mid')).resolves.toMatchObject({ title: 'slow.mid' });
    expect(lost).toHaveLength(1);
  });

  it('does not count the time that a file waits for its turn', async () => {
    open(2000);
    const names = Array.from({ length: 4 }, () => 'slow.mid');
    const read = await Promise.all(names.map((name) => reader.opening(nothing, name)));
    expect(read).toHaveLength(4);
    expect(lost).toEqual([]);
  });
});
