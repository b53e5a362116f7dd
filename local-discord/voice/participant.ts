import type { VoiceOpcodes } from 'discord-api-types/voice/v8';

/** 20 ms of audio as forwarded by the voice server, without transport encryption. */
export interface AudioFrame {
  readonly userId: string;
  /** ID of the stream; changes each time someone joins. */
  readonly ssrc: number;
  /** 16 bits, incremented for each frame. */
  readonly sequence: number;
  /** 32 bits, in samples at 48 kHz. */
  readonly timestamp: number;
  /** When it arrived, in milliseconds of `performance.now()`. */
  readonly at: number;
  /** An Opus packet, end-to-end encrypted if the channel requires it. */
  readonly payload: Buffer;
}

/** Someone at the voice server: a bot over the network, or a simulated person. */
export interface Participant {
  readonly userId: string;
  tell(op: VoiceOpcodes, data: unknown): void;
  tellBinary(op: VoiceOpcodes, payload: Buffer): void;
  /** Absent for those who never listen. */
  hear?(frame: AudioFrame): void;
}
