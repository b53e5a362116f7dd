import { VoiceOpcodes } from 'discord-api-types/voice/v8';
import type { Form } from '../rules/form.js';
import { DaveGroup } from './dave-group.js';
import type { AudioFrame, Participant } from './participant.js';

/** Newest version of the end-to-end encryption that Discord speaks. */
export const daveVersion = 1;

/** Who is connected in one channel, and what they send each other. */
export class VoiceRoom {
  readonly #participants = new Set<Participant>();
  readonly #group: DaveGroup | undefined;

  /** @param isEncrypted from end to end, as everywhere but in stage channels */
  constructor(
    readonly channelId: string,
    isEncrypted: boolean,
  ) {
    this.#group = isEncrypted ? new DaveGroup(channelId) : undefined;
  }

  get isEmpty(): boolean {
    return this.#participants.size === 0;
  }

  /** 0 where nothing is encrypted from end to end. */
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

  /** What a participant says about the encryption, as JSON. */
  receive(participant: Participant, op: VoiceOpcodes, data: Form): void {
    if (!this.#participants.has(participant)) return;
    // Op 31, a commit or welcome that they could not use, is followed by a new key package.
    if (op === VoiceOpcodes.DaveTransitionReady) {
      this.#group?.ready(participant, data.integer('transition_id') ?? 0);
    }
  }

  /** What a participant says about the encryption, in MLS. @throws RangeError when it cannot be read */
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
