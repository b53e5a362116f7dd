import { describe, expect, it } from 'vitest';
import { decodeTransformer, tensorsOf } from '../../../src/model/transformer/weights.js';
import { madeUpModel, vocabulary } from './fixtures.js';

const { shape } = madeUpModel();
const json = JSON.stringify({ shape, typicalNats: 10, vocabulary });
const tensors = [...tensorsOf(shape, vocabulary)];
const count = tensors.reduce((sum, [, size]) => sum + size, 0);

/** A file of these halves (IEEE 754 binary16, as bits), padded with zeros. */
function fileOf(...halves: number[]): Uint8Array {
  const bytes = new Uint8Array(2 * count);
  halves.forEach((bits, i) => new DataView(bytes.buffer).setUint16(2 * i, bits, true));
  return bytes;
}

describe('decodeTransformer', () => {
  it('reads every kind of half', () => {
    const { weights } = decodeTransformer(json, fileOf(0x3c00, 0xc000, 0x0001, 0x8001, 0x7bff, 0x3555));
    const values = new Float32Array(6);
    weights.read(tensors[0]![0], values);
    expect([...values]).toEqual([1, -2, 2 ** -24, -(2 ** -24), 65_504, 1365 / 4096]);
  });

  it('finds each tensor in its place', () => {
    const bytes = fileOf();
    let at = 0;
    tensors.forEach(([, size], i) => {
      new DataView(bytes.buffer).setUint16(2 * at, 0x3c00 + i, true);
      at += size;
    });
    const { weights } = decodeTransformer(json, bytes);
    tensors.forEach(([name], i) => {
      const first = new Float32Array(1);
      weights.read(name, first);
      expect(first[0], name).toBe(1 + i / 1024);
    });
  });

  it.each([0x7c00, 0xfc00, 0x7e00, 0x7c01])('refuses what is not finite: %i', (bits) => {
    expect(() => decodeTransformer(json, fileOf(0x3c00, bits))).toThrow('Tensor tags holds values');
  });

  it.each([-1, 1])('refuses a file of another size (%i)', (difference) => {
    const bytes = new Uint8Array(2 * count + difference);
    expect(() => decodeTransformer(json, bytes)).toThrow(`not ${2 * count}`);
  });

  it('refuses missing facts, or facts of another type', () => {
    expect(() =>
      decodeTransformer(json.replace('"typicalNats":10', '"typicalNats":"10"'), fileOf()),
    ).toThrow();
    expect(() => decodeTransformer(json.replace('"heads"', '"hats"'), fileOf())).toThrow();
  });
});
