import type { VoiceEncryptionMode } from 'discord-api-types/voice/v8';
import { transportModes } from './transport.js';

/** What goes wrong at the voice server, until it is changed back. */
export class VoiceFaults {
  /** What closes the next attempts to identify, one after the other. */
  refusals: number[] = [];
  /** False gives nobody a voice server: the endpoint is null. */
  allocates = true;
  /** False lets heartbeats go unanswered. */
  acknowledgesHeartbeats = true;
  /** A slow host: so much later comes each of its messages. */
  delayMs = 0;
  /** How the connection may be encrypted; Discord promises no more than XChaCha20. */
  modes: readonly VoiceEncryptionMode[] = transportModes;
  /** Which packets are lost on their way. @param packet its number since the start, from 1 */
  loses: (packet: number) => boolean = () => false;
}
