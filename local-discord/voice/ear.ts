// The WebAssembly build: the native one crashes the whole process when a thread that used it ends.
import { Decoder } from '@evan/opus/wasm/index.mjs';
import { DAVESession, type ProposalsResult } from '@snazzah/davey';
import { VoiceOpcodes } from 'discord-api-types/voice/v8';
import { Form } from '../rules/form.js';
import { frameSamples, type HeardFrame } from './heard.js';
import type { AudioFrame, Participant } from './participant.js';
import type { VoiceRoom } from './voice-room.js';

const channels = 2;
const sampleRate = 48_000;
const silence = Buffer.of(0xf8, 0xff, 0xfe);
/** Suffix of every end-to-end encrypted frame. */
const daveMarker = 0xfafa;
/** For this long after receiving keys, Discord's clients still accept unencrypted frames. */
const transitionMs = 10_000;
/** davey's number for audio. */
const audio = 0;

/**
 * Called with every frame, after it was decrypted and decoded or this has failed.
 * @param pcm its samples at 48 kHz, left and right interleaved
 */
export type Hears = (frame: HeardFrame, pcm?: Int16Array) => void;

/** davey's session with plain numbers: of its enums, only the types are exported. */
interface DaveSession extends Omit<DAVESession, 'decrypt' | 'processProposals'> {
  decrypt(userId: string, mediaType: number, packet: Buffer): Buffer;
  processProposals(operation: number, proposals: Buffer, userIds: string[]): ProposalsResult;
}

/**
 * A person's client in a voice channel: takes part in end-to-end encryption like Discord's own, and decrypts
 * and decodes whatever arrives.
 */
export class Ear implements Participant {
  readonly #room: VoiceRoom;
  readonly #hears: Hears;
  readonly #session: DaveSession | undefined;
  readonly #others = new Set<string>();
  /** When it first received keys. */
  #keysSince: number | undefined;
  readonly #decoder = new Decoder({ channels, sample_rate: sampleRate });

  constructor(
    readonly userId: string,
    room: VoiceRoom,
    hears: Hears,
  ) {
    this.#room = room;
    this.#hears = hears;
    if (room.daveVersion > 0) this.#session = new DAVESession(room.daveVersion, userId, room.channelId);
  }

  /** Whether it has keys: as soon as someone else with keys is in the channel. */
  get hasKeys(): boolean {
    return this.#session?.ready ?? false;
  }

  /** Thirty digits, identical for all members with the same keys; empty without keys. */
  get privacyCode(): string {
    return this.#session?.voicePrivacyCode ?? '';
  }

  tell(op: VoiceOpcodes, data: unknown): void {
    const form = new Form(data);
    if (op === VoiceOpcodes.ClientsConnect) {
      for (const id of form.values('user_ids')) this.#others.add(String(id));
    } else if (op === VoiceOpcodes.ClientDisconnect) this.#others.delete(form.text('user_id') ?? '');
  }

  tellBinary(op: VoiceOpcodes, payload: Buffer): void {
    const session = this.#session;
    if (session === undefined) return;
    if (op === VoiceOpcodes.DaveMlsExternalSender) {
      session.setExternalSender(payload);
      this.#say(VoiceOpcodes.DaveMlsKeyPackage, session.getSerializedKeyPackage());
    } else if (op === VoiceOpcodes.DaveMlsProposals) {
      const answer = session.processProposals(payload.readUInt8(), payload.subarray(1), [...this.#others]);
      const { commit, welcome = Buffer.alloc(0) } = answer;
      if (commit) this.#say(VoiceOpcodes.DaveMlsCommitWelcome, Buffer.concat([commit, welcome]));
    } else if (op === VoiceOpcodes.DaveMlsAnnounceCommitTransition) {
      session.processCommit(payload.subarray(2));
      this.#getReady(payload.readUInt16BE());
    } else if (op === VoiceOpcodes.DaveMlsWelcome) {
      session.processWelcome(payload.subarray(2));
      this.#getReady(payload.readUInt16BE());
    }
  }

  hear({ userId, ssrc, sequence, timestamp, at, payload }: AudioFrame): void {
    const kind = kindOf(payload);
    const arrived = { ssrc, sequence, timestamp, at, kind };
    try {
      const opus = kind === 'encrypted' ? this.#decrypt(userId, payload) : payload;
      if (kind === 'plain' && this.#insists(at)) throw new Error('It is not encrypted');
      const pcm = samplesOf(this.#decoder.decode(opus));
      if (pcm.length !== frameSamples * channels) throw new Error('It does not last 20 ms');
      this.#hears({ ...arrived, opus }, pcm);
    } catch (error) {
      this.#hears({ ...arrived, failure: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Whether it now rejects unencrypted frames. */
  #insists(at: number): boolean {
    if (this.hasKeys) this.#keysSince ??= at;
    return this.#keysSince !== undefined && at - this.#keysSince > transitionMs;
  }

  #decrypt(userId: string, payload: Buffer): Buffer {
    if (this.#session === undefined) throw new Error('Nothing is encrypted here');
    return this.#session.decrypt(userId, audio, payload);
  }

  #getReady(transition: number): void {
    const answer = new Form({ transition_id: transition });
    setImmediate(() => this.#room.receive(this, VoiceOpcodes.DaveTransitionReady, answer));
  }

  /** Asynchronous, as over a network. */
  #say(op: VoiceOpcodes, payload: Buffer): void {
    setImmediate(() => this.#room.receiveBinary(this, op, payload));
  }
}

/**
 * The audio of consecutive frames; missing ones are replaced by silence.
 * @returns samples at 48 kHz, left and right interleaved
 */
export function decodeFrames(frames: readonly HeardFrame[]): Int16Array {
  const decoder = new Decoder({ channels, sample_rate: sampleRate });
  const parts: Int16Array[] = [];
  let before: HeardFrame | undefined;
  for (const frame of frames) {
    const missing = before?.ssrc === frame.ssrc ? ((frame.sequence - before.sequence) & 0xffff) - 1 : 0;
    if (missing > 0) parts.push(new Int16Array(missing * frameSamples * channels));
    parts.push(frame.opus ? samplesOf(decoder.decode(frame.opus)) : new Int16Array(frameSamples * channels));
    before = frame;
  }
  const pcm = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    pcm.set(part, at);
    at += part.length;
  }
  return pcm;
}

function samplesOf(bytes: Uint8Array): Int16Array {
  return new Int16Array(bytes.slice().buffer);
}

function kindOf(payload: Buffer): HeardFrame['kind'] {
  if (payload.equals(silence)) return 'silence';
  const isEncrypted = payload.length > 2 && payload.readUInt16BE(payload.length - 2) === daveMarker;
  return isEncrypted ? 'encrypted' : 'plain';
}
