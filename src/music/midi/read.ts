import type { Key } from '../theory/key.js';
import { metaKinds, readMidiFile, type MidiEvent, type MidiFile } from './events.js';
import { checkMidiLimit, uploadLimits, type MidiLimits } from './limits.js';
import { keySignatureOf, tempoOf, textOf, timeSignatureOf } from './meta.js';
import { notesOfTrack, type NoteLengths, type TrackNote } from './notes.js';
import { byOnset, type Note } from '../note.js';
import type { TimeSignature } from '../piece.js';
import { defaultMicrosecondsPerQuarter, Timeline } from './timeline.js';
import { UserError } from '../../errors/user-error.js';

/** The music of a MIDI file. */
export interface MidiContents {
  /** All melodic notes, in onset order, the first at 0 s; lengths as they were asked for. */
  readonly notes: readonly Note[];
  /** In force at the first note; 120 when the file's is outside 20–300. */
  readonly tempoBpm: number;
  /** In force at the first note; 4/4 when the file has none. */
  readonly timeSignature: TimeSignature;
  /** From the key signature in force at the first note. */
  readonly key?: Key;
  /** The first track name, on one line, at most 60 characters; may be empty. */
  readonly title: string;
  /** General MIDI program, 0–127, of the first note of the first melodic track. */
  readonly program: number;
  /** Until the last note is released. */
  readonly durationSeconds: number;
  /** The text events in file order: at most 16, each at most 8,192 characters (longer ones are left out). */
  readonly texts: readonly string[];
}

const drumChannel = 9;
const maxTitleCharacters = 60;
const maxTexts = 16;
const maxTextCharacters = 8192;

/**
 * Reads the notes of a MIDI file. Left out are drums (channel 10) and notes that never end or
 * have no length. Notes of one pitch that overlap end in the order in which they began.
 * Of a format 2 file, whose tracks are patterns on their own, the first with melodic notes is read.
 *
 * @throws UserError, and nothing else, for any bytes that give no notes.
 */
export function readMidi(
  bytes: Uint8Array,
  limits: MidiLimits = uploadLimits,
  lengths: NoteLengths = 'key-held',
): MidiContents {
  const file = readMidiFile(bytes, limits);
  checkMidiLimit(limits, 'maxNotes', struckNotes(file));
  const { tracks, melody } = chooseSong(file, lengths);

  const startTick = melody.reduce((tick, note) => Math.min(tick, note.startTick), Infinity);
  const endTick = melody.reduce((tick, note) => Math.max(tick, note.endTick), 0);
  const metas = tracks.flat().filter((event) => event.type === 'meta');
  const tempos = present(metas.map(tempoOf)).sort((a, b) => a.tick - b.tick);
  const clock = new Timeline(tempos, file.ticksPerQuarter, startTick);
  const durationSeconds = clock.secondsAt(endTick);
  checkMidiLimit(limits, 'maxSeconds', durationSeconds);

  const inForce = metas.filter(({ tick }) => tick <= startTick).sort((a, b) => a.tick - b.tick);
  const key = present(inForce.map(keySignatureOf)).at(-1);
  const names = present(metas.map((meta) => textOf(meta, metaKinds.trackName)));
  const texts = present(metas.map((meta) => textOf(meta, metaKinds.text)));
  return {
    notes: melody.map((note) => toSeconds(note, clock)).sort(byOnset),
    tempoBpm: plausibleTempo(present(inForce.map(tempoOf)).at(-1)?.microsecondsPerQuarter),
    timeSignature: present(inForce.map(timeSignatureOf)).at(-1) ?? { numerator: 4, denominator: 4 },
    ...(key && { key }),
    title: names.map(cleanTitle).find((name) => name !== '') ?? '',
    program: melody[0]!.program,
    durationSeconds,
    texts: texts.filter(({ length }) => length <= maxTextCharacters).slice(0, maxTexts),
  };
}

/** Tracks that sound together, with at least one melodic note. */
interface Song {
  readonly tracks: readonly (readonly MidiEvent[])[];
  /** Track by track. */
  readonly melody: readonly TrackNote[];
}

function chooseSong(file: MidiFile, lengths: NoteLengths): Song {
  const songs = file.format === 2 ? file.tracks.map((track) => [track]) : [file.tracks];
  let drums = 0;
  for (const tracks of songs) {
    const notes = tracks.flatMap((track) => notesOfTrack(track, lengths));
    const melody = notes.filter(({ channel }) => channel !== drumChannel);
    if (melody.length > 0) return { tracks, melody };
    drums += notes.length;
  }
  if (drums > 0) {
    throw new UserError('midi.only-drums');
  }
  const struck = struckNotes(file) > 0;
  throw new UserError('midi.no-notes', { struck });
}

function struckNotes(file: MidiFile): number {
  return file.tracks.flat().filter(({ type }) => type === 'note-on').length;
}

function toSeconds({ pitch, velocity, startTick, endTick }: TrackNote, clock: Timeline): Note {
  const onsetSeconds = clock.secondsAt(startTick);
  return { pitch, onsetSeconds, durationSeconds: clock.secondsAt(endTick) - onsetSeconds, velocity };
}

function plausibleTempo(microsecondsPerQuarter = defaultMicrosecondsPerQuarter): number {
  const tempoBpm = 6e7 / microsecondsPerQuarter;
  return tempoBpm >= 20 && tempoBpm <= 300 ? tempoBpm : 120;
}

/** On one line, without control and invisible characters. */
function cleanTitle(text: string): string {
  const line = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{C}/gu, '')
    .trim();
  return Array.from(line).slice(0, maxTitleCharacters).join('').trimEnd();
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
