import { MlsReader } from './mls.js';

/** A member's answer to proposals (op 28). */
export interface CommitWelcome {
  readonly groupId: Buffer;
  /** The epoch that the commit ends. */
  readonly epoch: bigint;
  /** An MLSMessage, for existing members of the group. */
  readonly commit: Buffer;
  /** For the added members; empty if none is added. */
  readonly welcome: Buffer;
}

const publicMessage = 1;
const fromMember = 1;
const isCommit = 3;

/**
 * Splits op 28, in which a commit and a welcome follow each other without a length: parses the commit to find
 * its end (RFC 9420, sections 6, 7.2, 7.6 and 12.4).
 * @throws RangeError when it is not a commit
 */
export function splitCommitWelcome(payload: Buffer): CommitWelcome {
  const reader = new MlsReader(payload);
  reader.uint16(); // The protocol's version
  expectValue(reader.uint16(), publicMessage, 'public message');
  const groupId = reader.vector();
  const epoch = reader.uint64();
  expectValue(reader.uint8(), fromMember, 'member’s message');
  reader.uint32(); // The sender's leaf
  reader.vector(); // Authenticated data
  expectValue(reader.uint8(), isCommit, 'commit');
  reader.vector(); // Proposals
  if (reader.uint8() === 1) skipUpdatePath(reader);
  reader.vector(); // Signature
  reader.vector(); // Confirmation tag
  reader.vector(); // Membership tag
  const end = reader.offset;
  return { groupId, epoch, commit: payload.subarray(0, end), welcome: payload.subarray(end) };
}

function skipUpdatePath(reader: MlsReader): void {
  reader.vector(); // Encryption key
  reader.vector(); // Signature key
  reader.uint16(); // A basic credential …
  reader.vector(); // … and its identity
  for (let list = 0; list < 5; list += 1) reader.vector(); // Capabilities
  const fromKeyPackage = 1;
  const fromCommit = 3;
  const source = reader.uint8();
  if (source === fromKeyPackage) reader.bytes(16); // Lifetime
  if (source === fromCommit) reader.vector(); // Parent hash
  reader.vector(); // Extensions
  reader.vector(); // Signature
  reader.vector(); // Nodes of the path
}

function expectValue(value: number, expected: number, what: string): void {
  if (value !== expected) throw new RangeError(`This is no ${what}: ${value}`);
}
