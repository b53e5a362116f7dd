import { clearKey } from '../music/theory/key-estimate.js';
import { uploadLimits, type MidiLimits } from '../music/midi/limits.js';
import { changed, chordAt, formatChange, keyAt, type Change } from '../music/edit/change.js';
import { readMidi } from '../music/midi/read.js';
import { writeMidi } from '../music/midi/write.js';
import type { Note } from '../music/note.js';
import { isPianoAlone, type Piece } from '../music/piece.js';
import { tonics } from '../music/theory/key.js';
import { withTickSpan } from '../music/ticks.js';
import type { Title } from '../music/title.js';
import { positionsPerQuarter } from '../plan/song-plan.js';
import type { TrackNote } from '../music/track.js';
import { UserError } from '../errors/user-error.js';
import {
  recordPrefix,
  recordSchema,
  type GivenNotes,
  type ListedNote,
  type ListedTask,
  type Recorded,
} from './record.js';
import { fromVersion1 } from './record-version-1.js';
import type { CompositionRequest, Task } from './request.js';
import { songNotesOf, startOfBar } from './song-music.js';
import { keyboardNotes } from './whole-piece.js';

/** A composition as recorded in its file. */
export interface RecordedPiece {
  readonly request: CompositionRequest;
  readonly piece: Piece;
  /** Identifies the weights, e.g. `lstm@1a2b3c4d`. */
  readonly weights: string;
  /** The {@link rulesVersion} at the time of composition. */
  readonly rules: number;
  /** Set when parts, instruments, tempo or key were changed after it was composed. */
  readonly wasChanged?: true;
}

type ListedSong = Extract<ListedTask, { kind: 'song' }>;

/** @param own the file's given notes */
function unlisted(task: ListedTask, own: readonly Note[], found: Piece): Task {
  switch (task.kind) {
    case 'start': {
      const { opening } = task;
      return { ...task, opening: { ...opening, notes: opening.notes.map(noteAt(opening.tempoBpm)) } };
    }
    case 'continue':
      return { ...task, piece: { ...task.piece, notes: own } };
    case 'song': {
      const { from, plan } = task;
      if (from === undefined) return task;
      const start = startOfBar(plan, from);
      return { ...task, given: songNotesOf(found, plan).filter(({ onset }) => onset < start) };
    }
  }
}

function noteAt(tempoBpm: number): (note: ListedNote) => Note {
  return ([pitch, start, length, velocity]) => {
    const note = { pitch, velocity, onsetSeconds: 0, durationSeconds: 0 };
    return withTickSpan(note, { start, end: start + length }, tempoBpm);
  };
}

/** Like an upload, but a slow piece may last as long as requested. */
const ownLimits: MidiLimits = { ...uploadLimits, maxSeconds: Infinity };

/**
 * Reads a composition from its MIDI file.
 * @throws UserError when the file has no record, or one of a later version.
 */
export function readRecorded(bytes: Uint8Array): RecordedPiece {
  const { piece: read, texts } = readMidi(bytes, ownLimits);
  const record = recordIn(texts);
  if (record === undefined) throw unknownPiece();
  const { request, weights, rules } = record;
  const wasChanged = texts.some((text) => text.startsWith(changePrefix));
  if (request.task.kind === 'song') {
    return { ...recordedSong(read, record, asItIs(request.task, read)), ...(wasChanged && { wasChanged }) };
  }
  const found = withGiven(read, record.given);
  const key = request.key ?? clearKey(keyboardNotes(found));
  const { title: _, ...music } = found;
  return {
    request: { ...request, task: unlisted(request.task, keyboardNotes(givenAlone(found)), found) },
    piece: {
      ...music,
      ...titleOf(record),
      // In a file with several parts, these are stored in the file itself, and may have been changed.
      ...(isPianoAlone(found) && {
        keys: key === undefined ? [] : [{ tick: 0, key }],
        hasBars: request.quantise !== 'none',
      }),
      tracks: found.tracks.map((track) => ({
        ...track,
        ...(isPianoAlone(found) && { name: '' }),
      })),
    },
    weights,
    rules,
    ...(wasChanged && { wasChanged }),
  };
}

/** A piece whose notes are marked as given or new. */
function withGiven(piece: Piece, given: GivenNotes): Piece {
  const stretches = typeof given === 'number' ? [[0, given] as const] : given;
  let next = 0;
  const tracks = piece.tracks.map((track) => ({
    ...track,
    notes: track.notes.map((note): TrackNote => {
      const at = next++;
      const isGiven = stretches.some(([first, count]) => at >= first && at < first + count);
      return isGiven ? { ...note, given: true } : note;
    }),
  }));
  return { ...piece, tracks };
}

/** Only the given notes of a piece. */
function givenAlone(piece: Piece): Piece {
  const tracks = piece.tracks.map((track) => ({
    ...track,
    notes: track.notes.filter(({ given }) => given === true),
  }));
  return { ...piece, tracks };
}

/**
 * A song with the key, tempo and instruments of its file, which may have been changed since it was planned.
 */
function asItIs(task: ListedSong, { keys, tempos, tracks }: Piece): ListedSong {
  const { plan } = task;
  const tonic = keys[0]?.key.tonic ?? plan.key.tonic;
  const semitones = tonics.indexOf(tonic) - tonics.indexOf(plan.key.tonic);
  const microseconds = tempos[0]?.microsecondsPerQuarter;
  const isAtTempo = microseconds === undefined || microseconds === Math.round(6e7 / plan.bpm);
  const parts = plan.parts.map((part) => {
    const track = tracks.find(({ name, isDrums }) => name === part.name && !isDrums);
    return track === undefined || track.program === part.program ? part : { ...part, program: track.program };
  });
  if (semitones === 0 && isAtTempo && parts.every((part, i) => part === plan.parts[i])) return task;
  return {
    ...task,
    plan: {
      ...plan,
      parts,
      bpm: isAtTempo ? plan.bpm : 6e7 / microseconds,
      key: keyAt(plan.key, semitones),
      chords: semitones === 0 ? plan.chords : plan.chords.map((chord) => chordAt(chord, semitones)),
    },
  };
}

/** Reads a song: its tracks have their names, and bars, chords and sections are in the file. */
function recordedSong(
  found: Piece,
  { request, weights, rules }: Recorded,
  listedSong: ListedSong,
): RecordedPiece {
  const task = unlisted(listedSong, [], found);
  const { plan, from, title, namedAfter } = listedSong;
  const composedTick =
    from === undefined ? 0 : (startOfBar(plan, from) * found.ticksPerQuarter) / positionsPerQuarter;
  const piece: Piece = {
    ...found,
    title,
    ...(namedAfter === true && { namedAfter }),
    keys: [{ tick: 0, key: plan.key }],
    hasBars: true,
    tracks: found.tracks.map((track) => {
      const part = plan.parts.find(({ name }) => name === track.name);
      return {
        ...track,
        ...(part !== undefined && { role: part.role }),
        notes: track.notes.map((note) => (note.startTick < composedTick ? { ...note, given: true } : note)),
      };
    }),
  };
  return { request: { ...request, task }, piece, weights, rules };
}

/** Prefix of a change to a composition, in a text event after its record. */
const changePrefix = 'musical-ai-changed ';
/** Only the latest changes are kept. */
const mostChanges = 50;

/**
 * The file of a composition with one change, with the same record.
 * @throws UserError when the file has no record, there is no such part, or the change would mute every part
 */
export function changedFile(bytes: Uint8Array, change: Change): Uint8Array {
  const { piece, texts } = readMidi(bytes, ownLimits);
  if (recordIn(texts) === undefined) throw unknownPiece();
  const after = changed(piece, change);
  if (after === undefined) throw new UserError('action.unknown');
  const last = texts.findIndex((text) => text.startsWith(changePrefix));
  const kept = last < 0 ? texts : texts.slice(0, last);
  const changes = last < 0 ? [] : texts[last]!.slice(changePrefix.length).split(' ');
  const latest = [...changes, formatChange(change)].slice(-mostChanges).join(' ');
  return writeMidi(after, [...kept, changePrefix + latest]);
}

/**
 * The title of a composition, from the text events of its MIDI file, because track names are only in English.
 * Undefined for other files.
 */
export function recordedTitle(texts: readonly string[]): Title | undefined {
  const record = recordIn(texts);
  return record && titleOf(record);
}

function headingOf({ request: { task } }: Recorded): Title {
  switch (task.kind) {
    case 'start':
      return task.opening;
    case 'continue':
      return task.piece;
    case 'song':
      return task;
  }
}

function titleOf(record: Recorded): Title {
  const { title, namedAfter } = headingOf(record);
  const isNew = record.request.task.kind === 'start';
  return { title, ...((isNew || namedAfter === true) && { namedAfter: true }) };
}

function recordIn(texts: readonly string[]): Recorded | undefined {
  const text = texts.find((candidate) => candidate.startsWith(recordPrefix));
  if (text === undefined) return undefined;
  try {
    const json: unknown = JSON.parse(text.slice(recordPrefix.length));
    return fromVersion1(json) ?? recordSchema.parse(json);
  } catch {
    return undefined;
  }
}

function unknownPiece(): UserError {
  return new UserError('record.unknown');
}
