import { writeMidi, type MidiData, type MidiEvent } from 'midi-file';
import { describe, expect, it } from 'vitest';
import { checkFile, type Asked } from './checker.js';

const asked: Asked = {
  notes: 2,
  givenNotes: 1,
  tempoBpm: 120,
  tempo: 0.5,
  timeSignature: { numerator: 3, denominator: 4 },
  key: { tonic: 'E', scale: 'natural-minor' },
  quantise: 'seed',
  voices: 'mono',
  pitch: 64,
  velocity: 70,
};

interface Struck {
  readonly pitch: number;
  readonly velocity: number;
  readonly startTick: number;
  readonly endTick: number;
}

const settings: MidiEvent[] = [
  { deltaTime: 0, type: 'setTempo', microsecondsPerBeat: 1_000_000 },
  { deltaTime: 0, type: 'timeSignature', numerator: 3, denominator: 4, metronome: 24, thirtyseconds: 8 },
  { deltaTime: 0, type: 'keySignature', key: 1, scale: 1 },
];

const melody: Struck[] = [
  { pitch: 64, velocity: 60, startTick: 0, endTick: 240 },
  { pitch: 66, velocity: 70, startTick: 240, endTick: 720 },
  { pitch: 59, velocity: 80, startTick: 720, endTick: 960 },
];

function file(struck: readonly Struck[], first: readonly MidiEvent[] = settings): Uint8Array {
  const moments = struck
    .flatMap(({ pitch, velocity, startTick, endTick }) => [
      { tick: endTick, order: 0, type: 'noteOff' as const, pitch, velocity: 0 },
      { tick: startTick, order: 1, type: 'noteOn' as const, pitch, velocity },
    ])
    .sort((a, b) => a.tick - b.tick || a.order - b.order);
  const events = moments.map(({ tick, type, pitch, velocity }, i): MidiEvent => ({
    deltaTime: tick - (moments[i - 1]?.tick ?? 0),
    type,
    channel: 0,
    noteNumber: pitch,
    velocity,
  }));
  const end: MidiEvent = { deltaTime: 0, type: 'endOfTrack' };
  const data: MidiData = {
    header: { format: 1, numTracks: 2, ticksPerBeat: 480 },
    tracks: [
      [...first, end],
      [...events, end],
    ],
  };
  return Uint8Array.from(writeMidi(data));
}

/** The melody with one note changed. */
function changed(index: number, change: Partial<Struck>): Uint8Array {
  return file(melody.map((note, i) => (i === index ? { ...note, ...change } : note)));
}

/** The settings with one event changed or, without a change, removed. */
function reset(type: MidiEvent['type'], change?: object): Uint8Array {
  const first = settings.flatMap((event) => {
    if (event.type !== type) return [event];
    return change === undefined ? [] : [{ ...event, ...change }];
  });
  return file(melody, first);
}

describe('the checker', () => {
  it('accepts a file that matches the request', () => {
    expect(checkFile(file(melody), asked)).toEqual([]);
  });

  const good = file(melody);
  it.each<[string, Uint8Array, RegExp]>([
    ['a file cut short', good.subarray(0, good.length - 3), /chunks end at byte/],
    ['bytes after the end', Uint8Array.from([...good, 0]), /chunks end at byte/],
    ['a file that is not MIDI', new TextEncoder().encode('RIFF\0\0\0\0'), /no header/],
    ['a missing track', file(melody).fill(3, 11, 12), /2 tracks, but the header says 3/],
    ['another tempo', reset('setTempo', { microsecondsPerBeat: 500_000 }), /500000 µs a beat/],
    ['no tempo', reset('setTempo'), /0 Set-Tempo/],
    ['a second tempo', file(melody, [...settings, settings[0]!]), /2 Set-Tempo/],
    ['a late tempo', reset('setTempo', { deltaTime: 9 }), /setTempo at tick 9/],
    ['another time signature', reset('timeSignature', { numerator: 4 }), /time signature 4\/4/],
    ['no key signature', reset('keySignature'), /0 key signatures/],
    ['the signature of another key', reset('keySignature', { key: 2 }), /2 sharps/],
    ['the signature of the relative major', reset('keySignature', { scale: 0 }), /mode 0/],
    ['a pitch outside the scale', changed(1, { pitch: 65 }), /pitch 65 is not in E natural-minor/],
    ['an onset off the grid', changed(2, { startTick: 730, endTick: 970 }), /tick 730 is off/],
    ['a length off the grid', changed(2, { endTick: 1440 }), /720 ticks is no length/],
    ['two voices', changed(0, { endTick: 480 }), /two voices at tick 240/],
    ['a chord', changed(1, { startTick: 0, endTick: 240 }), /two notes at tick 0/],
    ['a pitch struck while it sounds', changed(1, { pitch: 64, startTick: 120 }), /struck at tick 120 while/],
    ['a note that lasts no time', changed(2, { endTick: 720 }), /without sounding|0 ticks/],
    ['a median off its target', file(melody.map((n) => ({ ...n, pitch: n.pitch + 12 }))), /median 76/],
    ['another mean velocity', changed(0, { velocity: 62 }), /mean velocity/],
    ['velocity 0', changed(0, { velocity: 0 }), /without sounding|velocity 0/],
    ['silence at the start', file(melody.slice(1)), /nothing is struck at tick 0/],
    ['no notes', file([]), /no notes/],
    [
      'more notes than asked for',
      file([...melody, { pitch: 64, velocity: 70, startTick: 960, endTick: 1200 }]),
      /4 notes/,
    ],
  ])('finds %s', (_, bytes, violation) => {
    expect(checkFile(bytes, asked)).toContainEqual(expect.stringMatching(violation));
  });

  it('allows the median no error without a key, and six semitones in one', () => {
    const near = file(melody.map((n) => ({ ...n, pitch: n.pitch + 5 })));
    expect(checkFile(near, { ...asked, key: undefined })).toContainEqual('median 69 instead of 64');
    expect(checkFile(near, asked).filter((violation) => violation.startsWith('median'))).toEqual([]);
  });
});
