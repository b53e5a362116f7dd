import { createHash } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { readKeyboard } from '../../src/music/midi/read.js';
import { TrainingMusicReader } from '../../src/training/training-music-reader.js';
import { midiFile } from './training-music.js';
import { zip } from './zips.js';

const reader = new TrainingMusicReader();
const faulty = new TrainingMusicReader({
  deadlineMs: 1000,
  program: new URL('./faulty-music.mjs', import.meta.url),
});
afterAll(() => Promise.all([reader.close(), faulty.close()]));

const namesOf = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name);

describe('reading training music', () => {
  it('accepts MIDI files and zips of them, and lists what it skips', async () => {
    const [a, b, c] = [midiFile(1, 60), midiFile(2, 70), midiFile(3, 80)];
    const { pieces, data, refused } = await reader.read([
      a,
      { name: 'page.mid', bytes: Buffer.from('<!doctype html>') },
      { name: 'more.zip', bytes: zip([b, { ...a, name: 'again.mid' }, { ...c, name: 'notes.txt' }]) },
      { ...b, name: 'twin.mid' },
      c,
    ]);
    expect(namesOf(pieces)).toEqual(['melody-1.mid', 'melody-2.mid', 'melody-3.mid']);
    expect(pieces.map(({ sequence }) => sequence.pitch.length)).toEqual(
      [a, b, c].map(({ bytes }) => readKeyboard(bytes).notes.length),
    );
    const digest = createHash('sha256').update(b.bytes).digest('hex');
    expect(data).toContainEqual({ name: 'melody-2.mid', sha256: digest });
    expect(refused).toMatchObject([
      { name: 'page.mid', refusal: { code: 'midi.not-midi' } },
      { name: 'notes.txt', refusal: { code: 'training.file', details: { why: 'not-midi' } } },
      { name: 'again.mid', refusal: { code: 'training.same-file', details: { twin: 'melody-1.mid' } } },
      { name: 'twin.mid', refusal: { code: 'training.same-file', details: { twin: 'melody-2.mid' } } },
    ]);
  });

  it('refuses a zip that is too large', async () => {
    const bytes = zip(
      Array.from({ length: 9 }, (_, i) => ({ name: `${i}.mid`, bytes: new Uint8Array(4e6) })),
    );
    await expect(reader.read([midiFile(1, 60), { name: 'bomb.zip', bytes }])).rejects.toMatchObject({
      name: 'UserError',
      code: 'zip.too-large',
    });
  });

  it('stops between two files when it is cancelled', async () => {
    const stop = new AbortController();
    const files = async function* (): AsyncGenerator<ReturnType<typeof midiFile>> {
      yield midiFile(1, 60);
      stop.abort(new Error('enough'));
      yield await Promise.resolve(midiFile(2, 60));
    };
    await expect(reader.read(files(), stop.signal)).rejects.toThrow('enough');
  });

  it('retries a file that timed out on a busy machine', async () => {
    const { pieces, refused } = await faulty.read([{ name: 'slow.mid', bytes: new Uint8Array(4) }]);
    expect(namesOf(pieces)).toEqual(['slow.mid']);
    expect(refused).toEqual([]);
  });

  it('only loses the file that makes its thread hang or crash', async () => {
    const files = ['hangs.mid', 'fine.mid', 'dies.mid', 'well.mid'].map((name) => ({
      name,
      bytes: new Uint8Array(4),
    }));
    const { pieces, refused } = await faulty.read(files);
    expect(namesOf(pieces)).toEqual(['fine.mid', 'well.mid']);
    expect(refused).toMatchObject([
      { name: 'hangs.mid', refusal: { code: 'midi.slow' } },
      { name: 'dies.mid', refusal: { code: 'training.unreadable', details: { isZip: false } } },
    ]);
    await expect(faulty.read([{ name: 'x.zip', bytes: zip([]) }])).rejects.toMatchObject({
      code: 'midi.slow',
    });
  });
});
