import { writeMidi } from '../../src/music/midi-write.js';
import { meta, name, note, off, on, program, riff, smf, tempo, text, track, varint } from './midi-bytes.js';

/** A small generator of uniform numbers in [0, 1): Lehmer's, with the multiplier of Park and Miller. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48271) % 2147483647) / 2147483647;
}

/** Sound files of every shape, to start from. */
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
  writeMidi({
    title: 'Соната',
    tempoBpm: 133,
    timeSignature: { numerator: 3, denominator: 4 },
    key: { tonic: 'F#', scale: 'dorian' },
    program: 0,
    givenNotes: 0,
    metrical: false,
    notes: Array.from({ length: 30 }, (_, i) => ({
      pitch: 48 + ((i * 7) % 24),
      onsetSeconds: i * 0.21,
      durationSeconds: 0.2,
      velocity: 40 + i,
    })),
  }),
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

/** `count` files with one to three faults each, the same for the same seed. */
export function* mutants(count: number, seed: number): Generator<Uint8Array> {
  const random = uniform(seed);
  const pick = (below: number): number => Math.floor(random() * below);
  for (let i = 0; i < count; i++) {
    let bytes = [...originals[i % originals.length]!];
    for (let faults = 1 + pick(3); faults > 0 && bytes.length > 22; faults--) {
      bytes = mutations[pick(mutations.length)]!(bytes, pick);
    }
    yield Uint8Array.from(bytes);
  }
}
