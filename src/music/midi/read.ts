import { damagedMidi } from './byte-reader.js';
import { metaKinds, readMidiFile, type MetaEvent, type MidiEvent, type MidiFile } from './events.js';
import { checkMidiLimit, uploadLimits, type MidiLimits } from './limits.js';
import { chordOf, keySignatureOf, sectionOf, tempoOf, textOf, timeSignatureOf } from './meta.js';
import type { NoteLengths } from './notes.js';
import { songTitle } from './song-title.js';
import { tracksOf } from './tracks.js';
import { keyboardOf, type KeyboardMusic } from '../keyboard.js';
import { keepsToBeat } from '../meter.js';
import { endTick, firstTick, pitchedTracks, type Piece } from '../piece.js';
import { secondsOf, type TempoMap } from '../tempo-map.js';
import type { Track } from '../track.js';
import { UserError } from '../../errors/user-error.js';

/** The content of a MIDI file. */
export interface MidiContents {
  /** Has at least one note; its title may be empty. */
  readonly piece: Piece;
  /** The text events in file order: at most 16, each at most 32,768 characters (longer ones are omitted). */
  readonly texts: readonly string[];
}

const maxTexts = 16;
const maxTextCharacters = 32_768;

/** 6,000 bpm: anything faster is not music, and 0 would stop time. */
const minMicrosecondsPerQuarter = 10_000;

/**
 * Reads the music of a MIDI file: every track with notes, once for each instrument that it plays, and every
 * change of tempo, meter, key and chord. Omits notes that never end or have no length, except drums, which
 * need no length. For a format 2 file, whose tracks are independent patterns, reads the first with pitches.
 * @throws UserError, and nothing else, for any bytes without usable notes.
 */
export function readMidi(
  bytes: Uint8Array,
  limits: MidiLimits = uploadLimits,
  lengths: NoteLengths = 'key-held',
): MidiContents {
  const file = readMidiFile(bytes, limits);
  let struck = 0;
  for (const events of file.tracks) for (const { type } of events) if (type === 'note-on') struck++;
  checkMidiLimit(limits, 'maxNotes', struck);
  const { events, tracks } = chooseSong(file, lengths);
  if (tracks.length === 0) throw new UserError('midi.no-notes', { struck: struck > 0 });

  const metas = events.flatMap((track) => track.filter((event) => event.type === 'meta'));
  const byTick = metas.toSorted((a, b) => a.tick - b.tick);
  const map = tempoMapOf(file, byTick, tracks);
  const chords = present(byTick.map(chordOf));
  const sections = present(byTick.map(sectionOf));
  const texts = present(metas.map((meta) => textOf(meta, metaKinds.text)));
  const piece: Piece = {
    title: songTitle(events),
    ...map,
    meters: present(byTick.map(timeSignatureOf)),
    keys: present(byTick.map(keySignatureOf)),
    ...(chords.length > 0 && { chords }),
    ...(sections.length > 0 && { sections }),
    hasBars:
      'ticksPerQuarter' in file.division &&
      keepsToBeat(
        tracks.flatMap(({ notes }) => notes.map(({ startTick }) => startTick)),
        map.ticksPerQuarter,
      ),
    tracks,
  };
  const secondsAt = secondsOf(map);
  checkMidiLimit(limits, 'maxSeconds', secondsAt(endTick(piece)) - secondsAt(firstTick(piece)));
  return {
    piece,
    texts: texts.filter(({ length }) => length <= maxTextCharacters).slice(0, maxTexts),
  };
}

/** A file as played on one keyboard, with its metadata. */
export interface KeyboardContents extends KeyboardMusic {
  readonly title: string;
  readonly texts: readonly string[];
}

/**
 * Reads the notes of a MIDI file except drums, in the form that networks read.
 * @throws UserError, and nothing else, for any other bytes.
 */
export function readKeyboard(
  bytes: Uint8Array,
  limits: MidiLimits = uploadLimits,
  lengths: NoteLengths = 'key-held',
): KeyboardContents {
  return keyboardContents(readMidi(bytes, limits, lengths));
}

/**
 * The part of a file's music that one keyboard can play.
 * @throws UserError when there are only drums
 */
export function keyboardContents({ piece, texts }: MidiContents): KeyboardContents {
  if (pitchedTracks(piece).length === 0) {
    throw new UserError('midi.only-drums');
  }
  return { ...keyboardOf(piece), title: piece.title, texts };
}

/** Simultaneous tracks of a file. */
interface Song {
  readonly events: readonly (readonly MidiEvent[])[];
  /** Only tracks with notes. */
  readonly tracks: readonly Track[];
}

function chooseSong({ format, tracks: all }: MidiFile, lengths: NoteLengths): Song {
  if (format !== 2) return { events: all, tracks: tracksOf(all, lengths) };
  const songs = all.map((events) => ({ events: [events], tracks: tracksOf([events], lengths) }));
  return (
    songs.find(({ tracks }) => tracks.some(({ isDrums }) => !isDrums)) ??
    songs.find(({ tracks }) => tracks.length > 0) ?? { events: [], tracks: [] }
  );
}

/** @throws UserError when it sets a tempo above 6,000 bpm before the last note ends. */
function tempoMapOf({ division }: MidiFile, metas: readonly MetaEvent[], tracks: readonly Track[]): TempoMap {
  if ('ticksPerSecond' in division) {
    // Half a second is a quarter note at 120 bpm.
    const ticksPerQuarter = Math.max(1, Math.round(division.ticksPerSecond / 2));
    const microsecondsPerQuarter = (ticksPerQuarter / division.ticksPerSecond) * 1e6;
    return { ticksPerQuarter, tempos: [{ tick: 0, microsecondsPerQuarter }] };
  }
  const end = endTick({ tracks });
  const last = new Map(present(metas.map(tempoOf)).map((change) => [change.tick, change]));
  const tempos = [...last.values()].filter(({ tick }) => tick < end);
  if (tempos.some(({ microsecondsPerQuarter: value }) => value < minMicrosecondsPerQuarter)) {
    throw damagedMidi('tempo');
  }
  return { ticksPerQuarter: division.ticksPerQuarter, tempos };
}

function present<T>(values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
