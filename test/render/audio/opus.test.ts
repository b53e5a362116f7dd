import { describe, expect, it } from 'vitest';
import {
  OggOpusEncoder,
  oggOpusFrames,
  oggOpusSeconds,
  oggOpusSize,
} from '../../../src/render/audio/opus.js';
import { decode, readPages } from './ogg-reader.js';
import { has, run } from '../programs.js';
import { correlation, join, sine } from './signals.js';

const tone = join([sine(220, 1, -12), sine(330, 1.2345, -18)]);

function encode(left: Float32Array, right: Float32Array, bitrate = 64_000, block = 5000): Uint8Array {
  const encoder = new OggOpusEncoder(bitrate);
  for (let from = 0; from < left.length; from += block) {
    encoder.add(left.subarray(from, from + block), right.subarray(from, from + block));
  }
  return encoder.finish();
}

describe('Ogg Opus', () => {
  it('has the headers and pages of RFC 7845', () => {
    const [head, tags, ...audio] = readPages(encode(tone, tone));
    expect([...head!.packets[0]!]).toEqual([
      ...Buffer.from('OpusHead'),
      ...[1, 2, 312 % 256, 312 >> 8, 0x80, 0xbb, 0, 0, 0, 0, 0],
    ]);
    expect(head).toMatchObject({ flags: 2, granule: 0 });
    expect(Buffer.from(tags!.packets[0]!).toString('latin1')).toBe(
      'OpusTags\x0a\x00\x00\x00Musical AI\x00\x00\x00\x00',
    );
    expect(tags).toMatchObject({ flags: 0, granule: 0 });
    expect([head, tags, ...audio].map((page) => page!.sequence)).toEqual([0, 1, 2, 3, 4]);
    // 107,256 frames and 312 before them, 50 packets of 960 on a page.
    expect(audio.map((page) => page.packets.length)).toEqual([50, 50, 13]);
    expect(audio.map((page) => page.granule)).toEqual([48_000, 96_000, 107_256 + 312]);
    expect(audio.map((page) => page.flags)).toEqual([0, 0, 4]);
  });

  it.each([1, 647, 648, 649, 960, 48_000 - 312, 48_000, 48_001, 2 * 48_000 - 312])(
    'decodes to exactly %i frames',
    (frames) => {
      const file = encode(tone.subarray(0, frames), tone.subarray(0, frames));
      expect(decode(file).left.length).toBe(frames);
      expect(oggOpusSeconds(file)).toBe(frames / 48_000);
    },
  );

  it.each([1, 323, 324, 480, 24_000, 24_001])('decodes %i frames at 24 kHz to twice as many', (frames) => {
    const slow = tone.filter((_, i) => i % 2 === 0).subarray(0, frames);
    const encoder = new OggOpusEncoder(64_000, 24_000);
    encoder.add(slow, slow);
    const file = encoder.finish();
    const { left } = decode(file);
    expect(left.length).toBe(2 * frames);
    expect(oggOpusSeconds(file)).toBe(frames / 24_000);
    expect(file.length).toBeLessThanOrEqual(oggOpusSize(2 * frames, 64_000));
    if (frames > 480) expect(correlation(left, tone.subarray(0, 2 * frames))).toBeGreaterThan(0.99);
  });

  it('has no length if it is incomplete', () => {
    const file = encode(tone, tone);
    for (const part of [file.subarray(0, -1), file.subarray(1), Buffer.from('not music'), new Uint8Array()]) {
      expect(oggOpusSeconds(part)).toBeUndefined();
    }
  });

  it('sounds as the original did, in place, on both sides', () => {
    const right = tone.toReversed();
    const decoded = decode(encode(tone, right));
    expect(correlation(decoded.left, tone)).toBeGreaterThan(0.99);
    expect(correlation(decoded.right, right)).toBeGreaterThan(0.99);
  });

  it('does not depend on how the signal is cut into blocks', () => {
    expect(encode(tone, tone, 64_000, 333)).toEqual(encode(tone, tone, 64_000, 100_000));
  });

  it('clips instead of wrapping around', () => {
    const loud = tone.map((x) => x * 8);
    const decoded = decode(encode(loud, loud, 96_000));
    expect(
      correlation(
        decoded.left,
        loud.map((x) => Math.max(-1, Math.min(1, x))),
      ),
    ).toBeGreaterThan(0.99);
  });

  it.each([96_000, 64_000])('is never larger than predicted, and little smaller, at %i bit/s', (bitrate) => {
    for (const frames of [1, 960, 48_000, 107_256]) {
      const size = encode(tone.subarray(0, frames), tone.subarray(0, frames), bitrate).length;
      expect(size).toBeLessThanOrEqual(oggOpusSize(frames, bitrate));
      expect(oggOpusSize(frames, bitrate) - size).toBeLessThan(400);
    }
  });

  it('predicts how much fits', () => {
    for (const bytes of [10_000, 1e6, 8e6, 25e6]) {
      const frames = oggOpusFrames(bytes, 64_000);
      expect(oggOpusSize(frames, 64_000)).toBeLessThanOrEqual(bytes);
      expect(oggOpusSize(frames + 48_000, 64_000)).toBeGreaterThan(bytes);
    }
    expect(oggOpusFrames(100, 64_000)).toBe(0);
  });

  it('does not end the process when its thread ends', () => {
    const opus = new URL('../../../dist/render/audio/opus.js', import.meta.url).href;
    const thread = `import('${opus}').then(({ OggOpusEncoder }) => {
      const encoder = new OggOpusEncoder(64000);
      encoder.add(new Float32Array(9600), new Float32Array(9600));
      encoder.finish();
    })`;
    const program = `import { Worker } from 'node:worker_threads';
      new Worker(${JSON.stringify(thread)}, { eval: true })
        .on('error', (error) => { throw error; })
        .on('exit', () => setTimeout(() => console.log('alive'), 100));`;
    const args = ['--input-type=module', '--eval', program];
    expect(run(process.execPath, args, new Uint8Array()).toString()).toBe('alive\n');
  });

  it.skipIf(!has('ffmpeg'))('is decoded by ffmpeg to as many frames (needs ffmpeg)', () => {
    const raw = run('ffmpeg', '-v error -i - -f f32le -'.split(' '), encode(tone, tone));
    const samples = new Float32Array(raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.length));
    expect(samples.length).toBe(2 * tone.length);
    expect(
      correlation(
        samples.filter((_, i) => i % 2 === 0),
        tone,
      ),
    ).toBeGreaterThan(0.99);
  });
});
