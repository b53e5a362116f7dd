import { VoiceOpcodes } from 'discord-api-types/voice/v8';
import type { Form } from '../rules/form.js';
import { DaveGroup } from './dave-group.js';
import type { AudioFrame, Participant } from './participant.js';

/** Latest version of the end-to-end encryption that Discord supports. */
export const daveVersion = 1;

/** The participants connected in one channel, and their traffic. */
export class VoiceRoom {
  readonly #participants = new Set<Participant>();
  readonly #group: DaveGroup | undefined;

  /** @param isEncrypted end-to-end, as everywhere except in stage channels */
  constructor(
    readonly channelId: string,
    isEncrypted: boolean,
  ) {
    this.#group = isEncrypted ? new DaveGroup(channelId) : undefined;
  }

  get isEmpty(): boolean {
    return this.#participants.size === 0;
  }

  /** 0 without end-to-end encryption. */
  get daveVersion(): number {
    return this.#group === undefined ? 0 : daveVersion;
  }

  enter(participant: Participant): void {
    const others = [...this.#participants];
    this.#participants.add(participant);
    for (const other of others) other.tell(VoiceOpcodes.ClientsConnect, { user_ids: [participant.userId] });
    if (others.length > 0) {
      participant.tell(VoiceOpcodes.ClientsConnect, { user_ids: others.map(({ userId }) => userId) });
    }
    this.#group?.enter(participant);
  }

  leave(participant: Participant): void {
    if (!this.#participants.delete(participant)) return;
    for (const other of this.#participants) {
      other.tell(VoiceOpcodes.ClientDisconnect, { user_id: participant.userId });
    }
    this.#group?.leave(participant);
  }

  /** Handles a participant's JSON message about encryption. */
  receive(participant: Participant, op: VoiceOpcodes, data: Form): void {
    if (!this.#participants.has(participant)) return;
    // Op 31, for an invalid commit or welcome, is followed by a new key package.
    if (op === VoiceOpcodes.DaveTransitionReady) {
      this.#group?.ready(participant, data.integer('transition_id') ?? 0);
    }
  }

  /**
   * Handles a participant's MLS message about encryption.
   * @throws RangeError when it is invalid
   */
  receiveBinary(participant: Participant, op: VoiceOpcodes, payload: Buffer): void {
    if (!this.#participants.has(participant)) return;
    if (op === VoiceOpcodes.DaveMlsKeyPackage) this.#group?.offer(participant, payload);
    else if (op === VoiceOpcodes.DaveMlsCommitWelcome) this.#group?.commit(participant, payload);
  }

  tellOthers(participant: Participant, op: VoiceOpcodes, data: unknown): void {
    for (const other of this.#participants) if (other !== participant) other.tell(op, data);
  }

  forward(from: Participant, frame: AudioFrame): void {
    for (const other of this.#participants) if (other !== from) other.hear?.(frame);
  }

  stop(): void {
    this.#group?.stop();
  }
}
