import { randomBytes } from 'node:crypto';
import type { RemoteInfo } from 'node:dgram';
import { VoiceOpcodes, type VoiceEncryptionMode } from 'discord-api-types/voice/v8';
import type { Participant } from './participant.js';
import type { Transport } from './transport.js';
import type { VoiceFaults } from './voice-faults.js';
import type { VoiceRoom } from './voice-room.js';
import type { Wire } from './wire.js';

/** What the main gateway has given a bot to identify with. */
export interface Credentials {
  readonly guildId: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly token: string;
}

/** A bot's session at the voice server; it outlives a lost connection. */
export class VoiceSession implements Participant {
  transport: Transport | undefined;
  /** The source address of its packets. */
  address: Pick<RemoteInfo, 'address' | 'port'> | undefined;
  /** Whether it has announced audio (op 5), without which its packets are soon dropped. */
  hasSpoken = false;
  /** When the first packet arrived that was not announced. */
  unannouncedMs: number | undefined;
  #wire: Wire | undefined;
  /** The latest message's number, and the messages that the client has not acknowledged. */
  #sequence = 0;
  #sent: { readonly sequence: number; readonly data: string | Buffer }[] = [];

  constructor(
    readonly credentials: Credentials,
    readonly ssrc: number,
    readonly room: VoiceRoom,
    private readonly faults: VoiceFaults,
  ) {}

  get userId(): string {
    return this.credentials.userId;
  }

  /** Absent while its connection is lost. */
  get wire(): Wire | undefined {
    return this.#wire;
  }

  select(mode: VoiceEncryptionMode): Transport {
    this.transport = { mode, key: randomBytes(32) };
    return this.transport;
  }

  /** Takes over a connection, and resends what the client has missed. */
  connect(wire: Wire, acknowledged: number): void {
    this.#wire = wire;
    this.acknowledge(acknowledged);
    for (const { data } of this.#sent) wire.send(data);
  }

  disconnect(): void {
    this.#wire = undefined;
  }

  /** @param code close code; without one the connection is lost */
  close(code?: number): void {
    if (code === undefined) this.#wire?.cut();
    else this.#wire?.close(code);
    this.#wire = undefined;
  }

  /** The client has received everything up to this number. */
  acknowledge(sequence: number): void {
    this.#sent = this.#sent.filter((message) => message.sequence > sequence);
  }

  tell(op: VoiceOpcodes, data: unknown): void {
    this.#send(JSON.stringify({ op, d: data, seq: this.#next() }));
  }

  tellBinary(op: VoiceOpcodes, payload: Buffer): void {
    const isCommit =
      op === VoiceOpcodes.DaveMlsAnnounceCommitTransition || op === VoiceOpcodes.DaveMlsWelcome;
    const isDamaged = isCommit && this.faults.damagedCommits > 0;
    if (isDamaged) this.faults.damagedCommits -= 1;
    const head = Buffer.alloc(3);
    head.writeUInt16BE(this.#next() & 0xffff);
    head.writeUInt8(op, 2);
    this.#send(Buffer.concat([head, isDamaged ? payload.subarray(0, -1) : payload]));
  }

  #next(): number {
    this.#sequence += 1;
    return this.#sequence;
  }

  #send(data: string | Buffer): void {
    this.#sent.push({ sequence: this.#sequence, data });
    this.#wire?.send(data);
  }
}
