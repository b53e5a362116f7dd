import { createDecipheriv } from 'node:crypto';
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { VoiceEncryptionMode } from 'discord-api-types/voice/v8';

/** An RTP packet of a voice connection, decrypted. */
export interface RtpPacket {
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

/** The encryption of a voice connection between a client and the voice server. */
export interface Transport {
  readonly mode: VoiceEncryptionMode;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** The modes that Discord still supports, in order of preference. */
export const transportModes: readonly VoiceEncryptionMode[] = [
  VoiceEncryptionMode.AeadAes256GcmRtpSize,
  VoiceEncryptionMode.AeadXChaCha20Poly1305RtpSize,
];

const tagBytes = 16;
const counterBytes = 4;

export function isRtp(packet: Buffer): boolean {
  return packet.length > 12 + tagBytes + counterBytes && packet[0]! >> 6 === 2;
}

export function ssrcOf(packet: Buffer): number {
  return packet.readUInt32BE(8);
}

/**
 * Verifies and decrypts a packet: the header is unencrypted but authenticated; the nonce's counter is at the
 * end.
 * @throws Error when it is not authentic
 */
export function decryptPacket(packet: Buffer, { mode, key }: Transport): RtpPacket {
  const sources = packet[0]! & 0x0f;
  const isExtended = (packet[0]! & 0x10) !== 0;
  const header = packet.subarray(0, 12 + 4 * sources + (isExtended ? 4 : 0));
  const sealed = packet.subarray(header.length, packet.length - counterBytes);
  const counter = packet.subarray(packet.length - counterBytes);
  const plain =
    mode === VoiceEncryptionMode.AeadAes256GcmRtpSize
      ? openAesGcm(sealed, header, padded(counter, 12), key)
      : Buffer.from(xchacha20poly1305(key, padded(counter, 24), header).decrypt(sealed));
  const extensionBytes = isExtended ? 4 * header.readUInt16BE(header.length - 2) : 0;
  return {
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: ssrcOf(packet),
    payload: plain.subarray(extensionBytes),
  };
}

function openAesGcm(sealed: Buffer, header: Buffer, nonce: Buffer, key: Uint8Array): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAAD(header).setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const plain = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
  return Buffer.concat([plain, decipher.final()]);
}

function padded(counter: Buffer, length: number): Buffer {
  const nonce = Buffer.alloc(length);
  counter.copy(nonce);
  return nonce;
}
