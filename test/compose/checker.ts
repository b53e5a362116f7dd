/**
 * Checks the rules of a finished piece using only the written file. Deliberately shares no code and no tables
 * with `src`: otherwise tests could not find errors in both.
 */
import { parseMidi, type MidiEvent } from 'midi-file';

/** The requested properties, in the terms of the request. */
export interface Asked {
  /** Number of new notes, rests included. */
  readonly notes: number;
  /** Number of notes used from the opening. */
  readonly givenNotes: number;
  /** Tempo of the opening, in quarter notes per minute. */
  readonly tempoBpm: number;
  /** Speed factor. */
  readonly tempo: number;
  readonly timeSignature: { readonly numerator: number; readonly denominator: number };
  readonly key?: { readonly tonic: string; readonly scale: string } | undefined;
  readonly quantise: string;
  readonly voices: string;
  readonly pitch?: number | undefined;
  readonly velocity?: number | undefined;
}

interface FileNote {
  readonly pitch: number;
  readonly velocity: number;
  readonly startTick: number;
  readonly endTick: number;
}

/** The content of the file that the rules apply to. */
interface Contents {
  readonly ticksPerBeat: number;
  /** With their absolute ticks. */
  readonly events: readonly (readonly [tick: number, event: MidiEvent])[];
  readonly notes: readonly FileNote[];
}

const semitones: Record<string, string> = {
  major: '0 2 4 5 7 9 11',
  'natural-minor': '0 2 3 5 7 8 10',
  'harmonic-minor': '0 2 3 5 7 8 11',
  'melodic-minor': '0 2 3 5 7 9 11',
  dorian: '0 2 3 5 7 9 10',
  phrygian: '0 1 3 5 7 8 10',
  lydian: '0 2 4 6 7 9 11',
  mixolydian: '0 2 4 5 7 9 10',
  locrian: '0 1 3 5 6 8 10',
  'major-pentatonic': '0 2 4 7 9',
  'minor-pentatonic': '0 3 5 7 10',
  blues: '0 3 5 6 7 10',
  'whole-tone': '0 2 4 6 8 10',
  chromatic: '0 1 2 3 4 5 6 7 8 9 10 11',
};

const pitchClasses: Record<string, number> = {
  C: 0,
  'C#': 1,
  D: 2,
  Eb: 3,
  E: 4,
  F: 5,
  'F#': 6,
  G: 7,
  Ab: 8,
  A: 9,
  Bb: 10,
  B: 11,
};

/** The scale degree whose major scale has the same signature as the scale. */
const signatureTonic: Record<string, number> = {
  major: 0,
  'natural-minor': 3,
  'harmonic-minor': 3,
  'melodic-minor': 3,
  dorian: 10,
  phrygian: 8,
  lydian: 7,
  mixolydian: 5,
  locrian: 1,
  'major-pentatonic': 0,
  'minor-pentatonic': 3,
  blues: 3,
};

/** In fractions of a quarter note. */
const gridLines: Record<string, { readonly step: number; readonly lengths: readonly number[] }> = {
  seed: { step: 1 / 2, lengths: [1 / 2, 1, 2, 4] },
  straight: { step: 1 / 4, lengths: [1 / 4, 1 / 2, 3 / 4, 1, 3 / 2, 2, 3, 4] },
  triplet: { step: 1 / 3, lengths: [1 / 3, 2 / 3, 1, 4 / 3, 2, 8 / 3, 4] },
};

/** All deviations of a written file from the request; empty if there are none. */
export function checkFile(bytes: Uint8Array, asked: Asked): string[] {
  const broken = checkChunks(bytes);
  if (broken.length > 0) return broken;
  const violations: string[] = [];
  const contents = readContents(bytes, violations);
  return [
    ...violations,
    ...checkSettings(contents, asked),
    ...checkNotes(contents, asked),
    ...checkScale(contents, asked),
    ...checkGrid(contents, asked),
    ...checkVoices(contents, asked),
    ...checkMedian(contents, asked),
    ...checkVelocities(contents, asked),
  ];
}

/** The chunks fill the file exactly; the header is complete and states the right number of tracks. */
function checkChunks(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const names: string[] = [];
  let at = 0;
  while (at + 8 <= bytes.length) {
    names.push(String.fromCharCode(...bytes.subarray(at, at + 4)));
    at += 8 + view.getUint32(at + 4);
  }
  if (at !== bytes.length) return [`chunks end at byte ${at} of ${bytes.length}`];
  const tracks = names.filter((name) => name === 'MTrk').length;
  if (names[0] !== 'MThd' || view.getUint32(4) !== 6) return ['no header chunk of six bytes'];
  if (tracks !== names.length - 1) return [`chunks other than tracks: ${names.join(' ')}`];
  if (tracks !== view.getUint16(10)) return [`${tracks} tracks, but the header says ${view.getUint16(10)}`];
  if (view.getUint16(8) > 1) return ['format neither 0 nor 1'];
  return [];
}

function readContents(bytes: Uint8Array, violations: string[]): Contents {
  const { header, tracks } = parseMidi(bytes);
  const events: [number, MidiEvent][] = [];
  const notes: FileNote[] = [];
  for (const [index, track] of tracks.entries()) {
    if (track.at(-1)?.type !== 'endOfTrack') violations.push(`track ${index} does not end with End of Track`);
    if (track.filter((event) => event.type === 'endOfTrack').length > 1) {
      violations.push(`track ${index} ends twice`);
    }
    let tick = 0;
    const sounding = new Map<number, { velocity: number; startTick: number }>();
    for (const event of track) {
      tick += event.deltaTime;
      events.push([tick, event]);
      if (event.type === 'noteOn') {
        if (sounding.has(event.noteNumber)) {
          violations.push(`pitch ${event.noteNumber} is struck at tick ${tick} while it sounds`);
        }
        sounding.set(event.noteNumber, { velocity: event.velocity, startTick: tick });
      } else if (event.type === 'noteOff') {
        const struck = sounding.get(event.noteNumber);
        sounding.delete(event.noteNumber);
        if (struck) notes.push({ pitch: event.noteNumber, ...struck, endTick: tick });
        else violations.push(`pitch ${event.noteNumber} ends at tick ${tick} without sounding`);
      }
    }
    for (const pitch of sounding.keys()) violations.push(`pitch ${pitch} never ends`);
  }
  notes.sort((a, b) => a.startTick - b.startTick || a.pitch - b.pitch);
  return { ticksPerBeat: header.ticksPerBeat ?? 0, events, notes };
}

/** Tempo, time signature, key signature: as requested, once, at the start. */
function checkSettings({ ticksPerBeat, events }: Contents, asked: Asked): string[] {
  const violations: string[] = [];
  if (ticksPerBeat === 0) violations.push('no ticks per quarter note');

  const settings = { setTempo: 0, timeSignature: 0, keySignature: 0 };
  for (const [tick, event] of events) {
    if (!(event.type in settings)) continue;
    settings[event.type as keyof typeof settings]++;
    if (tick !== 0) violations.push(`${event.type} at tick ${tick}`);
  }
  if (settings.setTempo !== 1) violations.push(`${settings.setTempo} Set-Tempo events`);
  if (settings.timeSignature !== 1) violations.push(`${settings.timeSignature} time signatures`);
  const keySignatures = asked.key === undefined ? [0, 1] : [asked.key.scale in signatureTonic ? 1 : 0];
  if (!keySignatures.includes(settings.keySignature)) {
    violations.push(`${settings.keySignature} key signatures`);
  }

  let bpm = asked.tempoBpm * asked.tempo;
  while (bpm < 4) bpm *= 2; // the same speed, counted in halves: slower tempos cannot be stored
  for (const [, event] of events) {
    if (event.type === 'setTempo' && Math.abs(event.microsecondsPerBeat - 60e6 / bpm) > 0.5 + 1e-6) {
      violations.push(`${event.microsecondsPerBeat} µs a beat, asked for ${60e6 / bpm}`);
    }
    if (event.type === 'timeSignature') {
      const { numerator, denominator } = asked.timeSignature;
      if (event.numerator !== numerator || event.denominator !== denominator) {
        violations.push(`time signature ${event.numerator}/${event.denominator}`);
      }
    }
    if (event.type === 'keySignature' && asked.key !== undefined) {
      const { tonic, scale } = asked.key;
      const expected = (pitchClasses[tonic]! + (signatureTonic[scale] ?? 0)) % 12;
      if (Math.abs(event.key) > 7 || (event.key * 7 + 84) % 12 !== expected) {
        violations.push(`key signature of ${event.key} sharps in ${tonic} ${scale}`);
      }
      const minor = /minor/.test(scale) || scale === 'blues' ? 1 : 0;
      if (event.scale !== minor) violations.push(`mode ${event.scale} in the signature of ${scale}`);
    }
  }
  return violations;
}

function checkNotes({ notes }: Contents, asked: Asked): string[] {
  const violations: string[] = [];
  if (notes.length === 0) violations.push('no notes');
  if (notes.length > asked.notes + asked.givenNotes) violations.push(`${notes.length} notes`);
  if (!notes.some((note) => note.startTick === 0)) violations.push('nothing is struck at tick 0');
  for (const { pitch, velocity, startTick, endTick } of notes) {
    if (!(pitch >= 0 && pitch <= 127)) violations.push(`pitch ${pitch}`);
    if (!(velocity >= 1 && velocity <= 127)) violations.push(`velocity ${velocity}`);
    if (!(endTick > startTick)) violations.push(`pitch ${pitch} lasts ${endTick - startTick} ticks`);
  }
  return violations;
}

function checkScale({ notes }: Contents, { key }: Asked): string[] {
  if (key === undefined) return [];
  const degrees = semitones[key.scale]!.split(' ').map(Number);
  const outside = notes.filter(
    ({ pitch }) => !degrees.includes((pitch - pitchClasses[key.tonic]! + 12) % 12),
  );
  return outside.map(({ pitch }) => `pitch ${pitch} is not in ${key.tonic} ${key.scale}`);
}

function checkGrid({ notes, ticksPerBeat }: Contents, { quantise }: Asked): string[] {
  if (quantise === 'none') return [];
  const { step, lengths } = gridLines[quantise]!;
  const allowed = lengths.map((length) => Math.round(length * ticksPerBeat));
  const violations: string[] = [];
  for (const { startTick, endTick } of notes) {
    if (startTick % Math.round(step * ticksPerBeat) !== 0) {
      violations.push(`tick ${startTick} is off the ${quantise} grid`);
    }
    if (!allowed.includes(endTick - startTick)) {
      violations.push(`${endTick - startTick} ticks is no length of the ${quantise} grid`);
    }
  }
  return violations;
}

function checkVoices({ notes }: Contents, { voices }: Asked): string[] {
  if (voices !== 'mono') return [];
  return notes.flatMap((note, i) => {
    const next = notes[i + 1];
    if (next === undefined) return [];
    if (next.startTick === note.startTick) return [`two notes at tick ${note.startTick}`];
    return next.startTick < note.endTick ? [`two voices at tick ${next.startTick}`] : [];
  });
}

/**
 * The median pitch is at its target, or in a key within six semitones of it. If a piece touches the outermost
 * octaves, notes may have been folded, which moves the median: then this is not checked.
 */
function checkMedian({ notes }: Contents, { pitch, key }: Asked): string[] {
  const pitches = notes.map((note) => note.pitch).sort((a, b) => a - b);
  if (pitch === undefined || pitches.length === 0) return [];
  if (pitches[0]! < 12 || pitches.at(-1)! > 127 - 12) return [];
  const median = pitches[Math.ceil(pitches.length / 2) - 1]!;
  return Math.abs(median - pitch) > (key === undefined ? 0 : 6)
    ? [`median ${median} instead of ${pitch}`]
    : [];
}

function checkVelocities({ notes }: Contents, { velocity }: Asked): string[] {
  if (velocity === undefined || notes.length === 0) return [];
  const mean = notes.reduce((sum, note) => sum + note.velocity, 0) / notes.length;
  return Math.abs(mean - velocity) > 0.5 + 1e-9 ? [`mean velocity ${mean} instead of ${velocity}`] : [];
}
