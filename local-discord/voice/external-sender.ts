import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { uint16, uint32, uint64, uint8, vector } from './mls.js';

const mls10 = uint16(1);
const publicMessage = uint16(1);
/** The signature belongs to the first and only external sender of the group. */
const external = Buffer.concat([uint8(2), uint32(0)]);
const isProposal = uint8(2);
const basicCredential = uint16(1);

/**
 * The voice server as an external sender of an MLS group: it is not a member and reads nothing, but can
 * propose additions and removals (RFC 9420, section 12.1.8).
 */
export class ExternalSender {
  /** Its public key and a credential, for the members (op 25). */
  readonly package: Buffer;
  readonly #privateKey: KeyObject;

  constructor() {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = privateKey;
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const point = Buffer.concat([uint8(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
    this.package = Buffer.concat([vector(point), basicCredential, vector(Buffer.from('voice server'))]);
  }

  /** A signed proposal as an MLSMessage. */
  propose(groupId: Buffer, epoch: bigint, proposal: Buffer): Buffer {
    const content = Buffer.concat([
      vector(groupId),
      uint64(epoch),
      external,
      vector(), // Authenticated data
      isProposal,
      proposal,
    ]);
    const framed = Buffer.concat([mls10, publicMessage, content]);
    const labelled = Buffer.concat([vector(Buffer.from('MLS 1.0 FramedContentTBS')), vector(framed)]);
    return Buffer.concat([framed, vector(sign('sha256', labelled, this.#privateKey))]);
  }
}

/** A proposal to add the owner of a key package. */
export function add(keyPackage: Buffer): Buffer {
  return Buffer.concat([uint16(1), keyPackage]);
}

/** A proposal to remove the member at a leaf of the tree. */
export function remove(leaf: number): Buffer {
  return Buffer.concat([uint16(3), uint32(leaf)]);
}
