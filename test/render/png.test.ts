import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/render/png.js';

const side = fc.integer({ min: 1, max: 40 });
const pictures = fc
  .tuple(side, side, side)
  .chain(([width, height, stripHeight]) =>
    fc
      .uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height })
      .map((pixels) => ({ width, height, pixels, stripHeight })),
  );

function* strips(pixels: Uint8Array, bytes: number): Generator<Uint8Array> {
  for (let at = 0; at < pixels.length; at += bytes) yield pixels.subarray(at, at + bytes);
}

describe('a PNG', () => {
  it('has the pixels of all strips, as another program reads it', () => {
    fc.assert(
      fc.property(pictures, ({ width, height, pixels, stripHeight }) => {
        const rgba = strips(pixels, 4 * width * stripHeight);
        const read = PNG.sync.read(Buffer.from(encodePng({ width, height, rgba })), { checkCRC: true });
        expect([read.width, read.height]).toEqual([width, height]);
        expect(Buffer.compare(read.data, Buffer.from(pixels))).toBe(0);
      }),
    );
  });

  it('can be transferred to another thread', () => {
    const bytes = encodePng({ width: 1, height: 1, rgba: [Uint8Array.of(1, 2, 3, 255)] });
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  });
});
