import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascii, checksum, oggPage } from '../../../src/render/audio/ogg.js';
import { readPages } from './ogg-reader.js';

const place = { serial: 7, sequence: 3, first: false, last: true };

describe('Ogg pages', () => {
  it('have the checksum of RFC 3533', () => {
    // The check value of CRC-32/CKSUM, 0x765e7680, before its final inversion.
    expect(checksum(ascii('123456789'))).toBe(~0x765e7680 >>> 0);
  });

  it('can be read back, whatever the packet lengths', () => {
    const packet = fc.uint8Array({ maxLength: 1100 });
    fc.assert(
      fc.property(fc.array(packet, { minLength: 1, maxLength: 40 }), fc.maxSafeNat(), (packets, granule) => {
        const page = oggPage(
          packets.map((bytes, i) => ({ bytes, granule: i === packets.length - 1 ? granule : 0 })),
          place,
        );
        expect(readPages(page)).toEqual([{ flags: 4, granule, serial: 7, sequence: 3, packets }]);
      }),
    );
  });

  it('refuse more than fits on one page', () => {
    const packets = Array.from({ length: 52 }, () => ({ bytes: new Uint8Array(1100), granule: 0 }));
    expect(() => oggPage(packets, place)).toThrow(RangeError);
  });
});
