import type { VoiceEncryptionMode } from 'discord-api-types/voice/v8';
import { transportModes } from './transport.js';

/** Faults of the voice server, in effect until changed. */
export class VoiceFaults {
  /** Close codes for the next attempts to identify, in order. */
  refusals: number[] = [];
  /** How many of the next commits and welcomes (ops 29 and 30) reach the bot damaged. */
  damagedCommits = 0;
  /** False allocates no voice server: the endpoint is null. */
  allocates = true;
  /** False leaves heartbeats unanswered. */
  acknowledgesHeartbeats = true;
  /** A slow host: delay of each of its messages. */
  delayMs = 0;
  /** The offered encryption modes; Discord guarantees only XChaCha20. */
  modes: readonly VoiceEncryptionMode[] = transportModes;
  /**
   * Which packets are lost.
   * @param packet its number since the start, from 1
   */
  loses: (packet: number) => boolean = () => false;
}
