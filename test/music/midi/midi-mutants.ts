import { keyboardPiece } from '../../../src/music/keyboard.js';
import { writeMidi } from '../../../src/music/midi/write.js';
import {
  ascii,
  chunk,
  meta,
  name,
  note,
  off,
  on,
  program,
  riff,
  smf,
  tempo,
  text,
  track,
  uint16,
  uint32,
  varint,
} from './midi-bytes.js';

/** A simple generator of uniform numbers in [0, 1): Lehmer's, with the multiplier of Park and Miller. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Valid files of all formats, as a starting point. */
const originals: readonly Uint8Array[] = [
  smf([track(note(480, 60), note(240, 62), note(240, 64))], { format: 0 }),
  smf([
    track(name('Song'), tempo(0, 400_000), text('{"a":1}'), tempo(960, 700_000), meta(0, 0x59, [2, 0])),
    track(program(0, 40), on(0, 60), on(120, 64), off(120, 60), off(120, 64), [0, 0xb0, 64, 127]),
    track(note(480, 36, 99, 9), [0, 0xf0, 3, 1, 2, 0xf7]),
  ]),
  smf([track(note(480, 60)), track(tempo(0, 300_000), note(480, 67))], { format: 2, division: 96 }),
  riff(
    smf([
      track(on(0, 60), ...Array.from({ length: 40 }, (_, i) => [i, 40 + i, 50, 9, 40 + i, 0]), off(9, 60)),
    ]),
  ),
  writeMidi(
    keyboardPiece({
      title: 'Соната',
      tempoBpm: 133,
      timeSignature: { numerator: 3, denominator: 4 },
      key: { tonic: 'F#', scale: 'dorian' },
      hasBars: false,
      notes: Array.from({ length: 30 }, (_, i) => ({
        pitch: 48 + ((i * 7) % 24),
        onsetSeconds: i * 0.21,
        durationSeconds: 0.2,
        velocity: 40 + i,
      })),
    }),
  ),
];

type Mutation = (bytes: number[], pick: (below: number) => number) => number[];

const mutations: readonly Mutation[] = [
  (bytes, pick) => bytes.slice(0, pick(bytes.length + 1)),
  (bytes, pick) => bytes.with(pick(bytes.length), pick(256)),
  (bytes, pick) => bytes.with(pick(bytes.length), [0, 0x7f, 0x80, 0x90, 0xf0, 0xff][pick(6)]!),
  (bytes, pick) => bytes.toSpliced(pick(bytes.length), 1 + pick(8)),
  (bytes, pick) =>
    bytes.toSpliced(pick(bytes.length), 0, ...Array.from({ length: 1 + pick(8) }, () => pick(256))),
  (bytes, pick) => bytes.toSpliced(pick(bytes.length), 0, ...varint(2 ** pick(32))),
  (bytes, pick) =>
    bytes.toSpliced(pick(bytes.length), 0, 0xff, pick(128), 0x8f, 0xff, 0xff, 0xff, 0x70 + pick(16)),
  (bytes, pick) => {
    const from = pick(bytes.length);
    return bytes.toSpliced(pick(bytes.length), 0, ...bytes.slice(from, from + pick(60)));
  },
  /** The header's format, number of tracks and division. */
  (bytes, pick) => bytes.with(8 + pick(6), pick(256)),
  /** The length of the first track. */
  (bytes, pick) => bytes.with(18 + pick(4), pick(256)),
];

/** A file as separate parts, each of which can be wrong. */
interface Parts {
  readonly format: number;
  readonly division: number;
  /** The number of tracks that the header states. */
  readonly count: number;
  readonly tracks: readonly Part[];
}

interface Part {
  readonly name: string;
  /** Each consists of a one-byte delta time and what follows it. */
  readonly events: readonly (readonly number[])[];
  /** Difference between its stated and its actual length. */
  readonly excess: number;
}

const end = [0, 0xff, 0x2f, 0];

function parts(format: number, ...tracks: readonly (readonly (readonly number[])[])[]): Parts {
  const whole = tracks.map((events) => ({ name: 'MTrk', events: [...events, end], excess: 0 }));
  return { format, division: 480, count: tracks.length, tracks: whole };
}

const wholes: readonly Parts[] = [
  parts(0, [on(0, 60), off(96, 60), on(0, 62), off(96, 62), on(0, 64), off(96, 64)]),
  parts(
    1,
    [name('Song'), tempo(0, 500_000), meta(0, 0x58, [3, 2, 24, 8]), tempo(96, 250_000)],
    [
      program(0, 4),
      on(0, 48),
      [0, 0xb0, 64, 127],
      [24, 52, 80],
      on(24, 55),
      off(48, 48),
      off(0, 52),
      off(0, 55),
    ],
  ),
  parts(2, [on(0, 60), off(96, 60)], [on(0, 72, 90, 9), off(96, 72, 9)], [on(0, 40), off(120, 40)]),
];

function bytesOf({ format, division, count, tracks }: Parts): number[] {
  const chunks = tracks.map(({ name: id, events, excess }) => {
    const body = events.flat();
    return [...ascii(id), ...uint32((body.length + excess + 2 ** 32) % 2 ** 32), ...body];
  });
  return [...chunk('MThd', [...uint16(format), ...uint16(count), ...uint16(division)]), ...chunks.flat()];
}

type PartMutation = (parts: Parts, pick: (below: number) => number) => Parts;

function atTrack(change: (track: Part, pick: (below: number) => number) => Part): PartMutation {
  return (whole, pick) => {
    const which = pick(whole.tracks.length);
    const track = whole.tracks[which];
    return track ? { ...whole, tracks: whole.tracks.with(which, change(track, pick)) } : whole;
  };
}

function atEvent(
  change: (event: readonly number[], pick: (below: number) => number) => readonly (readonly number[])[],
): PartMutation {
  return atTrack((track, pick) => {
    const which = pick(track.events.length);
    const event = track.events[which];
    return event ? { ...track, events: track.events.toSpliced(which, 1, ...change(event, pick)) } : track;
  });
}

const partMutations: readonly PartMutation[] = [
  // Ticks per quarter note: none, few, many; SMPTE frames.
  (whole, pick) => ({ ...whole, division: [0, 1, 0x7fff, 0xe728, 0xe250, 0x8000, 0xffff][pick(7)]! }),
  (whole, pick) => ({ ...whole, format: pick(5), count: [0, 1, 2, 64, 65, 0xffff][pick(6)]! }),
  atTrack((track, pick) => ({ ...track, excess: [-1, 1, -9, 1000, 2 ** 31][pick(5)]! })),
  atTrack((track, pick) => ({ ...track, name: ['MThd', 'XFIH', 'mtrk'][pick(3)]! })),
  (whole, pick) => ({
    ...whole,
    tracks: Array.from({ length: 2 + pick(70) }, (_, i) => whole.tracks[i % whole.tracks.length]!),
  }),
  // Times that are huge, or longer than four bytes.
  atEvent((event, pick) => [
    [...varint([2 ** 14, 2 ** 21, 2 ** 28 - 1, 2 ** 35][pick(4)]!), ...event.slice(1)],
  ]),
  // Running status, also after events that end it.
  atEvent((event) => [[event[0]!, ...event.slice(2)]]),
  atEvent((event) => [event, meta(0, 0x01, []), [1, 60, 64]]),
  atEvent((event, pick) => [tempo(0, [0, 1, 2 ** 24 - 1, pick(2 ** 24)][pick(4)]!), event]),
  // Meta events that extend over what follows, or into the next track; and undefined ones.
  atEvent((event, pick) => [[0, 0xff, pick(128), ...varint(1 + pick(40))], event]),
  atEvent((event, pick) => [[0, [0xf0, 0xf7][pick(2)]!, ...varint(1 + pick(2 ** 20))], event]),
  atEvent((event, pick) => [meta(0, [0x51, 0x58, 0x59, 0x2f, 0x03][pick(5)]!, [pick(256)]), event]),
  // Many events; sometimes more than allowed.
  atEvent((event, pick) => Array.from({ length: pick(pick(100) === 0 ? 60_000 : 200) }, () => event)),
  // Overlapping notes of one pitch, few of which end.
  atEvent((event, pick) => [
    ...Array.from({ length: pick(pick(100) === 0 ? 25_000 : 200) }, () => on(0, 60)),
    event,
    off(1, 60),
  ]),
  atTrack((track) => ({ ...track, events: track.events.filter((event) => event !== end) })),
];

/** Such a file exceeds the limit on events. */
const mostEvents = 100_000;

/** File `i` of a seed: one to three faults in one of its parts, its bytes, or both. */
export function mutant(seed: number, i: number): Uint8Array {
  const random = uniform(
    1 + (((Math.imul(seed, 0x9e3779b1) ^ Math.imul(i + 1, 0x85ebca6b)) >>> 1) % 2147483646),
  );
  const pick = (below: number): number => Math.floor(random() * below);
  random(); // nearby seeds start with similar numbers
  const inParts = pick(2) === 0;
  let bytes: number[];
  if (inParts) {
    let whole = wholes[pick(wholes.length)]!;
    for (let faults = 1 + pick(3); faults > 0; faults--) {
      const changed = partMutations[pick(partMutations.length)]!(whole, pick);
      const events = changed.tracks.reduce((sum, track) => sum + track.events.length, 0);
      if (events <= mostEvents) whole = changed;
    }
    bytes = bytesOf(whole);
  } else {
    bytes = [...originals[pick(originals.length)]!];
  }
  const faults = inParts ? pick(4) - 2 : 1 + pick(3);
  for (let fault = 0; fault < faults && bytes.length > 22; fault++) {
    bytes = mutations[pick(mutations.length)]!(bytes, pick);
  }
  return Uint8Array.from(bytes);
}

/** The first `count` files of a seed. */
export function* mutants(count: number, seed: number): Generator<Uint8Array> {
  for (let i = 0; i < count; i++) yield mutant(seed, i);
}
