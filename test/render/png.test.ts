import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../src/render/png.js';

const side = fc.integer({ min: 1, max: 40 });
const pixels = fc
  .tuple(side, side)
  .chain(([width, height]) =>
    fc
      .uint8Array({ minLength: 4 * width * height, maxLength: 4 * width * height })
      .map((rgba) => ({ width, height, rgba })),
  );

describe('a PNG', () => {
  it('has the given pixels, as another program reads it', () => {
    fc.assert(
      fc.property(pixels, ({ width, height, rgba }) => {
        const read = PNG.sync.read(Buffer.from(encodePng({ width, height, rgba })), { checkCRC: true });
        expect([read.width, read.height]).toEqual([width, height]);
        expect(Buffer.compare(read.data, Buffer.from(rgba))).toBe(0);
      }),
    );
  });

  it('can be transferred to another thread', () => {
    const bytes = encodePng({ width: 1, height: 1, rgba: Uint8Array.of(1, 2, 3, 255) });
    expect(bytes.buffer.byteLength).toBe(bytes.length);
  });
});
