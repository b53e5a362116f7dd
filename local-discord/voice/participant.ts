import type { VoiceOpcodes } from 'discord-api-types/voice/v8';

/** 20 ms of sound on their way, as the voice server passes them on: its own encryption is off. */
export interface AudioFrame {
  readonly userId: string;
  /** Whose stream it is; a new one each time someone joins. */
  readonly ssrc: number;
  /** 16 bits, one more for each frame. */
  readonly sequence: number;
  /** 32 bits, in samples at 48 kHz. */
  readonly timestamp: number;
  /** When it arrived, in milliseconds of `performance.now()`. */
  readonly at: number;
  /** An Opus packet, encrypted from end to end where the channel asks for it. */
  readonly payload: Buffer;
}

/** Someone at the voice server: a bot over the network, or a person at Discord's client. */
export interface Participant {
  readonly userId: string;
  tell(op: VoiceOpcodes, data: unknown): void;
  tellBinary(op: VoiceOpcodes, payload: Buffer): void;
  /** Absent for who never listens. */
  hear?(frame: AudioFrame): void;
}
