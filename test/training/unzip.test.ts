import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UserError, type FileRefusal } from '../../src/errors/user-error.js';
import { isZip, midiZipLimits, unzipMidi, type Unzipped } from '../../src/training/unzip.js';
import { zip } from './zips.js';

const text = (content: string): Uint8Array => Buffer.from(content);
const zeros = (megabytes: number): Uint8Array => new Uint8Array(megabytes * 2 ** 20);
const namesOf = ({ files }: Unzipped): string[] => files.map(({ name }) => name);

const left = (why: FileRefusal): unknown => ({
  code: 'training.file',
  details: { why, mostMegabytes: 4 },
});

const refusal = async (bytes: Uint8Array): Promise<unknown> =>
  unzipMidi(bytes).then(
    ({ files }) => files.length,
    (error: unknown) => error,
  );

describe('unpacking a zip', () => {
  it('returns its MIDI files, in order', async () => {
    const bytes = zip([
      { name: 'b.mid', bytes: text('second letter') },
      { name: 'folder/', bytes: text(''), stored: true },
      { name: 'folder/a.MIDI', bytes: text('first letter'), stored: true },
      { name: '__MACOSX/folder/._a.MIDI', bytes: text('noise') },
      { name: 'folder/.DS_Store', bytes: text('noise') },
      { name: 'empty.mid', bytes: text('') },
    ]);
    expect(isZip(bytes)).toBe(true);
    const { files, refused } = await unzipMidi(bytes);
    expect(files.map(({ name, bytes: content }) => [name, Buffer.from(content).toString()])).toEqual([
      ['b.mid', 'second letter'],
      ['a.MIDI', 'first letter'],
      ['empty.mid', ''],
    ]);
    expect(refused).toEqual([]);
  });

  it('lists what it skips, and why', async () => {
    const { files, refused } = await unzipMidi(
      zip([
        { name: 'more.zip', bytes: zip([{ name: 'deep.mid', bytes: text('x') }]) },
        { name: 'readme.txt', bytes: text('x') },
        { name: 'secret.mid', bytes: text('x'), flags: 1 },
        { name: 'odd.mid', bytes: text('x'), method: 12 },
        { name: 'large.mid', bytes: zeros(5) },
        { name: 'fine.mid', bytes: text('x') },
      ]),
    );
    expect(files.map(({ name }) => name)).toEqual(['fine.mid']);
    expect(refused).toMatchObject([
      { name: 'more.zip', refusal: left('zip-in-zip') },
      { name: 'readme.txt', refusal: left('not-midi') },
      { name: 'secret.mid', refusal: left('encrypted') },
      { name: 'odd.mid', refusal: left('unusual') },
      { name: 'large.mid', refusal: left('too-large') },
    ]);
  });

  it('shows short, printable names', async () => {
    const bytes = zip([
      { name: `${'x'.repeat(200)}.mid`, bytes: text('') },
      { name: 'a\u202eb\n.mid', bytes: text('') },
    ]);
    expect(namesOf(await unzipMidi(bytes))).toEqual([`${'x'.repeat(79)}…`, 'ab.mid']);
  });

  it.each(['../up.mid', '/etc/passwd.mid', 'C:/x.mid', 'a/../../b.mid'])(
    'refuses the name %j',
    async (name) => {
      expect(await refusal(zip([{ name, bytes: text('x') }]))).toMatchObject({
        name: 'UserError',
        code: 'zip.damaged',
      });
    },
  );
});

describe('a zip that is too large', () => {
  it('is refused when it holds too many files', async () => {
    const entry = { name: 'a.txt', bytes: text(''), stored: true };
    expect(await unzipMidi(zip(Array.from({ length: 500 }, () => entry)))).toMatchObject({ files: [] });
    expect(await refusal(zip(Array.from({ length: 501 }, () => entry)))).toMatchObject({
      code: 'zip.too-large',
      details: { files: 500 },
    });
  });

  it('is refused when it expands too much', async () => {
    const bytes = zip(Array.from({ length: 10 }, (_, i) => ({ name: `${i}.mid`, bytes: zeros(4) })));
    expect(bytes.length).toBeLessThan(60_000); // 40 MB in it
    expect(await refusal(bytes)).toMatchObject({
      code: 'zip.too-large',
      details: { unpackedMegabytes: expect.closeTo(4, 0) as number },
    });
  });

  it('is refused when the total is too large', async () => {
    const noise = Uint8Array.from({ length: 3 * 2 ** 20 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 24);
    const entries = Array.from({ length: 20 }, (_, i) => ({ name: `${i}.mid`, bytes: noise, stored: true }));
    expect(await refusal(zip(entries))).toMatchObject({
      code: 'zip.too-large',
      details: { unpackedMegabytes: 48 },
    });
  });

  it('is never unpacked beyond its stated size or the limit', async () => {
    const { files, refused } = await unzipMidi(
      zip([
        { name: 'lie.mid', bytes: zeros(200), statedBytes: 100 },
        { name: 'fine.mid', bytes: text('x') },
      ]),
    );
    expect(files.map(({ name }) => name)).toEqual(['fine.mid']);
    expect(refused).toMatchObject([{ name: 'lie.mid', refusal: left('damaged') }]);
    const limits = { ...midiZipLimits, maxTotalBytes: 2 ** 20 };
    await expect(unzipMidi(zip([{ name: 'a.mid', bytes: zeros(2) }]), limits)).rejects.toMatchObject({
      code: 'zip.too-large',
    });
  });
});

describe('a damaged zip', () => {
  const whole = zip([
    { name: 'a.mid', bytes: text('some music that is worth to be compressed, compressed, compressed') },
    { name: 'b/c.mid', bytes: text('more'), stored: true },
  ]);

  it('is refused when its end is missing', async () => {
    expect(await refusal(whole.subarray(0, whole.length - 10))).toMatchObject({ code: 'zip.damaged' });
  });

  it('is at worst refused, whatever bytes are changed', async () => {
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(changes, async (places) => {
        const bytes = Uint8Array.from(whole);
        for (const [place, value] of places) bytes[place] = value;
        const answer = await refusal(bytes);
        expect(typeof answer === 'number' || answer instanceof UserError).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
