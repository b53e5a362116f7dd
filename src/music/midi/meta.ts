import { keyOfSignature } from '../theory/key-signature.js';
import { metaKinds, type MetaEvent } from './events.js';
import { decodeText } from './text-encoding.js';
import { xfChord } from './xf-chord.js';
import type { MeterChange } from '../meter.js';
import type { ChordChange, KeyChange, Section } from '../piece.js';
import type { TempoChange } from '../tempo-map.js';

/** For any value, even 0. */
export function tempoOf({ kind, tick, data }: MetaEvent): TempoChange | undefined {
  if (kind !== metaKinds.tempo || data.length < 3) return undefined;
  return { tick, microsecondsPerQuarter: data[0]! * 65536 + data[1]! * 256 + data[2]! };
}

/** Undefined also for an invalid signature, such as 0/4. */
export function timeSignatureOf({ kind, tick, data }: MetaEvent): MeterChange | undefined {
  if (kind !== metaKinds.timeSignature || data.length < 2) return undefined;
  const [numerator, exponent] = [data[0]!, data[1]!];
  return numerator >= 1 && exponent <= 6 ? { tick, numerator, denominator: 2 ** exponent } : undefined;
}

/** Undefined also for an invalid signature, such as nine sharps. */
export function keySignatureOf({ kind, tick, data }: MetaEvent): KeyChange | undefined {
  if (kind !== metaKinds.keySignature || data.length < 2) return undefined;
  const sharps = (data[0]! << 24) >> 24; // a signed byte
  const key = data[1]! <= 1 ? keyOfSignature({ sharps, minor: data[1] === 1 }) : undefined;
  return key && { tick, key };
}

export function chordOf({ kind, tick, data }: MetaEvent): ChordChange | undefined {
  const chord = kind === metaKinds.sequencerSpecific ? xfChord(data) : undefined;
  if (chord === undefined) return undefined;
  return chord === null ? { tick } : { tick, chord };
}

/** A marker is the name of the section that begins there. */
export function sectionOf(event: MetaEvent): Section | undefined {
  const name = textOf(event, metaKinds.marker)?.trim();
  return name === undefined || name === '' ? undefined : { tick: event.tick, name };
}

/** The text of a text event of this kind, if it can be decoded. */
export function textOf({ kind, data }: MetaEvent, wanted: number): string | undefined {
  return kind === wanted ? decodeText(data) : undefined;
}
