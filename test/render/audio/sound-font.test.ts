import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BasicSoundBank, SoundBankLoader } from 'spessasynth_core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checkSoundFont,
  readSoundFont,
  shippedSoundFont,
  soundFontFormat,
} from '../../../src/render/audio/sound-font.js';

const piano = await readFile(new URL('./fixtures/piano.sf2', import.meta.url));
const shipped = await readFile(shippedSoundFont);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sound-font-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes);
  return path;
}

/** Where a chunk's data begin. */
function chunk(id: string): number {
  return piano.indexOf(id, 0, 'latin1') + 8;
}

describe('checkSoundFont', () => {
  it('accepts the shipped piano', async () => {
    await expect(checkSoundFont(shippedSoundFont)).resolves.toBeUndefined();
    expect((await readSoundFont(shippedSoundFont)).length).toBe(shipped.length);
  });

  it('accepts a bank written by another program', async () => {
    const path = await file('saw.sf2', new Uint8Array(BasicSoundBank.getSampleSoundBankFile()));
    await expect(checkSoundFont(path)).resolves.toBeUndefined();
  });

  it('refuses a missing file', async () => {
    await expect(checkSoundFont(join(folder, 'none.sf2'))).rejects.toMatchObject({
      code: 'sound-font.unreadable',
      details: { file: 'none.sf2' },
    });
  });

  it('refuses other kinds of file', async () => {
    const path = await file('song.sf2', Buffer.from('RIFF\0\0\0\0WAVEfmt '));
    await expect(checkSoundFont(path)).rejects.toMatchObject({ code: 'sound-font.unknown' });
    await expect(checkSoundFont(await file('empty.sf2', new Uint8Array()))).rejects.toMatchObject({
      code: 'sound-font.unknown',
    });
  });

  it('refuses a huge file without reading it', async () => {
    const path = await file('huge.sf2', piano.subarray(0, 12));
    await truncate(path, 65e6);
    await expect(checkSoundFont(path)).rejects.toMatchObject({ code: 'sound-font.too-large' });
  });

  it('refuses SF3 by its version, and by a compressed sample under another version', async () => {
    const version3 = Uint8Array.from(piano);
    version3[chunk('ifil')] = 3;
    const disguised = Uint8Array.from(piano);
    disguised[chunk('shdr') + 3 * 46 + 44]! |= 0x10;
    for (const bytes of [version3, disguised]) {
      expect(soundFontFormat(bytes)).toBe('sf3');
      await expect(checkSoundFont(await file('piano.sf3', bytes))).rejects.toMatchObject({
        code: 'sound-font.compressed',
      });
    }
  });

  it('refuses a silent bank', async () => {
    const silent = Uint8Array.from(piano);
    silent.fill(0, chunk('smpl'), piano.indexOf('pdta', 0, 'latin1') - 8);
    await expect(checkSoundFont(await file('silent.sf2', silent))).rejects.toMatchObject({
      code: 'sound-font.silent',
    });
  });

  it('refuses a truncated bank', async () => {
    const path = await file('half.sf2', piano.subarray(0, piano.length / 2));
    await expect(checkSoundFont(path)).rejects.toMatchObject({ code: 'sound-font.broken' });
  });

  it('recognises the format of any bytes', () => {
    for (let length = 0; length < 400; length++) {
      expect([undefined, 'sf2', 'sf3']).toContain(soundFontFormat(piano.subarray(0, length)));
    }
  });
});

describe('the shipped piano', () => {
  it('is one uncompressed preset of four layers in stereo, small enough, with the notice of its author', () => {
    const bank = SoundBankLoader.fromArrayBuffer(Uint8Array.from(shipped).buffer);
    expect(bank.presets.map(({ program, bankMSB }) => [program, bankMSB])).toEqual([[0, 0]]);
    expect(bank.samples.length).toBe(25 * 4 * 2);
    expect(soundFontFormat(shipped)).toBe('sf2');
    expect(shipped.length).toBeLessThan(25e6);
    expect(bank.soundBankInfo.copyright).toBe('Alexander Holm, CC BY 3.0');
    expect(bank.soundBankInfo.comment).toContain('https://creativecommons.org/licenses/by/3.0/');
  });
});
