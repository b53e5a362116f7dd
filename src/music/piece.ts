import { meterAt, type MeterChange, type TimeSignature } from './meter.js';
import { byOnset, type Note } from './note.js';
import { secondsOf, tempoBpmAt, type TempoMap } from './tempo-map.js';
import type { Chord } from './theory/chord.js';
import type { Key } from './theory/key.js';
import type { Title } from './title.js';
import type { Track } from './track.js';

/** A key that applies from a tick on. */
export interface KeyChange {
  readonly tick: number;
  readonly key: Key;
}

/** A chord that applies from a tick on, whichever tones are struck; an absent chord means no chord. */
export interface ChordChange {
  readonly tick: number;
  readonly chord?: Chord;
  /** The symbol as written, for display. */
  readonly symbol?: string;
}

/** A part of the form, from a tick on. */
export interface Section {
  readonly tick: number;
  /** For example `A` or `Verse 2`. */
  readonly name: string;
}

/**
 * A piece of music: simultaneous tracks, in ticks, and the tempo map that converts ticks to seconds. Plain
 * data: it crosses worker boundaries. All lists are in tick order.
 */
export interface Piece extends Title, TempoMap {
  readonly tracks: readonly Track[];
  readonly meters: readonly MeterChange[];
  /** Empty when the key was neither requested nor clear. */
  readonly keys: readonly KeyChange[];
  /** If known. */
  readonly chords?: readonly ChordChange[];
  readonly sections?: readonly Section[];
  /**
   * Whether the notes are aligned to a beat, so that tempo and bars are meaningful. In a performance, they
   * are only the time unit of its file.
   */
  readonly hasBars: boolean;
}

/** A note of a piece as it is heard. */
export interface HeardNote extends Note {
  readonly isGiven: boolean;
}

/** Every note of every track except drums, in seconds from the start of the piece, in onset order. */
export function heardNotes(piece: Piece): HeardNote[] {
  const secondsAt = secondsOf(piece);
  const notes: HeardNote[] = [];
  for (const track of pitchedTracks(piece)) {
    for (const { pitch, velocity, startTick, lengthTicks, given } of track.notes) {
      const onsetSeconds = secondsAt(startTick);
      const durationSeconds = secondsAt(startTick + lengthTicks) - onsetSeconds;
      notes.push({ pitch, onsetSeconds, durationSeconds, velocity, isGiven: given === true });
    }
  }
  return notes.sort(byOnset);
}

/** The tracks that play pitches. */
export function pitchedTracks({ tracks }: Piece): readonly Track[] {
  return tracks.filter(({ isDrums }) => !isDrums);
}

/** Whether the piece is for a single keyboard with a piano sound. */
export function isPianoAlone({ tracks }: Piece): boolean {
  return tracks.length <= 1 && tracks.every(({ isDrums, program }) => !isDrums && program === 0);
}

/** Number of notes, including drums. */
export function noteCount({ tracks }: Piece): number {
  let count = 0;
  for (const { notes } of tracks) count += notes.length;
  return count;
}

/** Number of given notes; the others are new. */
export function givenCount({ tracks }: Piece): number {
  let count = 0;
  for (const { notes } of tracks) for (const { given } of notes) if (given === true) count += 1;
  return count;
}

/** Onset of the first note, ignoring drums if there are other tracks; 0 without notes. */
export function firstTick(piece: Piece): number {
  const pitched = pitchedTracks(piece);
  let first = Infinity;
  for (const { notes } of pitched.length > 0 ? pitched : piece.tracks) {
    first = Math.min(first, notes[0]?.startTick ?? Infinity);
  }
  return Number.isFinite(first) ? first : 0;
}

/** End of the last note of any track; 0 without notes. */
export function endTick({ tracks }: Pick<Piece, 'tracks'>): number {
  let end = 0;
  for (const { notes } of tracks) {
    for (const { startTick, lengthTicks } of notes) end = Math.max(end, startTick + lengthTicks);
  }
  return end;
}

/** The same in seconds. */
export function endSeconds(piece: Piece): number {
  return secondsOf(piece)(endTick(piece));
}

/** Tempo, meter and key at the first note. */
export function settingsAtStart(piece: Piece): { tempoBpm: number; timeSignature: TimeSignature; key?: Key } {
  const start = firstTick(piece);
  const key = piece.keys.findLast(({ tick }) => tick <= start)?.key;
  return {
    tempoBpm: tempoBpmAt(piece, start),
    timeSignature: meterAt(piece.meters, start, piece.ticksPerQuarter),
    ...(key !== undefined && { key }),
  };
}
