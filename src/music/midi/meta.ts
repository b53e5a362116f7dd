import { damagedMidi } from './byte-reader.js';
import { keyOfSignature } from '../theory/key-signature.js';
import type { Key } from '../theory/key.js';
import { metaKinds, type MetaEvent } from './events.js';
import type { TimeSignature } from '../piece.js';
import type { TempoChange } from './timeline.js';

/** Faster is not music, and 0 would stop the clock: 6,000 bpm. */
const minMicrosecondsPerQuarter = 10_000;

/** @throws UserError when it sets a tempo above 6,000 bpm. */
export function tempoOf({ kind, tick, data }: MetaEvent): TempoChange | undefined {
  if (kind !== metaKinds.tempo || data.length < 3) return undefined;
  const microsecondsPerQuarter = data[0]! * 65536 + data[1]! * 256 + data[2]!;
  if (microsecondsPerQuarter < minMicrosecondsPerQuarter) {
    throw damagedMidi('tempo');
  }
  return { tick, microsecondsPerQuarter };
}

/** Undefined also for one that no notation has, such as 0/4. */
export function timeSignatureOf({ kind, data }: MetaEvent): TimeSignature | undefined {
  if (kind !== metaKinds.timeSignature || data.length < 2) return undefined;
  const [numerator, exponent] = [data[0]!, data[1]!];
  return numerator >= 1 && exponent <= 6 ? { numerator, denominator: 2 ** exponent } : undefined;
}

/** Undefined also for one that no notation has, such as nine sharps. */
export function keySignatureOf({ kind, data }: MetaEvent): Key | undefined {
  if (kind !== metaKinds.keySignature || data.length < 2) return undefined;
  const sharps = (data[0]! << 24) >> 24; // a signed byte
  return data[1]! <= 1 ? keyOfSignature({ sharps, minor: data[1] === 1 }) : undefined;
}

/** The text of a text event of this kind. MIDI does not name its encoding: UTF-8 where that is valid, else Latin-1. */
export function textOf({ kind, data }: MetaEvent, wanted: number): string | undefined {
  if (kind !== wanted) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return new TextDecoder('latin1').decode(data);
  }
}
