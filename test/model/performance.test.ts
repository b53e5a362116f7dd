import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPerformance } from '../../src/model/performance.js';
import { UserError } from '../../src/errors/user-error.js';
import { note, off, on, smf, track } from '../music/midi/midi-bytes.js';

let folder: string;
let path: string;
let cache: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'performance-'));
  path = join(folder, 'a.mid');
  cache = join(folder, 'cache');
  const pedal = (delta: number, value: number): number[] => [delta, 0xb0, 64, value];
  await writeFile(
    path,
    smf([track(pedal(0, 127), on(0, 60, 81), off(96, 60), pedal(96, 0), note(96, 62, 33))]),
  );
});
afterEach(() => rm(folder, { recursive: true }));

describe('a performance', () => {
  it.each([
    ['key-held', 0.1],
    ['pedal-extended', 0.2],
  ] as const)('is read with lengths %s, the same through its cache', async (lengths, durationSeconds) => {
    const notes = await readPerformance(path, lengths);
    expect(notes).toMatchObject([
      { pitch: 60, onsetSeconds: 0, velocity: 81 },
      { pitch: 62, velocity: 33 },
    ]);
    expect(notes[0]!.durationSeconds).toBeCloseTo(durationSeconds, 9);
    expect(await readPerformance(path, lengths, cache)).toEqual(notes);
    expect(await readPerformance(path, lengths, cache)).toEqual(notes);
    expect(await readdir(cache)).toEqual([expect.stringMatching(new RegExp(`\\.${lengths}$`))]);
  });

  it('is read again when the file has changed or the cache is damaged', async () => {
    await readPerformance(path, 'key-held', cache);
    await writeFile(join(cache, (await readdir(cache))[0]!), 'half a n');
    expect(await readPerformance(path, 'key-held', cache)).toHaveLength(2);
    await writeFile(path, smf([track(note(96, 70))]));
    await utimes(path, 1, 1);
    expect(await readPerformance(path, 'key-held', cache)).toMatchObject([{ pitch: 70 }]);
  });

  it('that is invalid is refused with an error message', async () => {
    await writeFile(path, '<!doctype html>');
    await expect(readPerformance(path, 'key-held', cache)).rejects.toThrow(UserError);
  });
});
