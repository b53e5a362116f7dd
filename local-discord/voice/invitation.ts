import { VoiceCloseCodes } from 'discord-api-types/voice/v8';
import type { Form } from '../rules/form.js';
import type { VoiceRoom } from './voice-room.js';
import type { Credentials } from './voice-session.js';

/** A bot that the main gateway has sent to the voice server, and the room that it is to enter. */
export interface Invitation {
  readonly credentials: Credentials;
  readonly room: VoiceRoom;
}

/** How an attempt to identify is refused. */
export interface Refusal {
  readonly code: VoiceCloseCodes;
  readonly reason: string;
}

/**
 * Why a bot may not identify (op 0); undefined if it may.
 * @param invitation of the guild that it names
 */
export function refusalOf(identify: Form, invitation: Invitation | undefined): Refusal | undefined {
  if (invitation === undefined) return { code: VoiceCloseCodes.ServerNotFound, reason: 'Server not found' };
  const { credentials, room } = invitation;
  if (identify.raw('token') !== credentials.token) {
    return { code: VoiceCloseCodes.AuthenticationFailed, reason: 'Authentication failed' };
  }
  if (
    identify.raw('session_id') !== credentials.sessionId ||
    identify.raw('user_id') !== credentials.userId
  ) {
    return { code: VoiceCloseCodes.SessionNoLongerValid, reason: 'Session is no longer valid' };
  }
  if ((identify.integer('max_dave_protocol_version') ?? 0) < room.daveVersion) {
    const code = VoiceCloseCodes.EndToEndEncryptionDAVEProtocolRequired;
    return { code, reason: 'E2EE/DAVE protocol required' };
  }
  return undefined;
}
