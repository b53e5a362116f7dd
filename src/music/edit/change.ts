import { tonics, type Key, type Tonic } from '../theory/key.js';
import type { WrittenChord } from '../theory/chord.js';
import type { Piece } from '../piece.js';
import { defaultMicrosecondsPerQuarter } from '../tempo-map.js';
import { isMuted, type Track } from '../track.js';

/** What can be changed in a piece without composing: audible parts, instruments, tempo and key. */
export type Change =
  /** Parts are numbered from 0, in the order of the piece. */
  | { readonly kind: 'mute' | 'unmute' | 'solo'; readonly part: number }
  | { readonly kind: 'everybody' }
  /** @param program of General MIDI, 0–127 */
  | { readonly kind: 'instrument'; readonly part: number; readonly program: number }
  /** In percent of the current tempo. */
  | { readonly kind: 'tempo'; readonly percent: number }
  | { readonly kind: 'key'; readonly semitones: number };

/** Limits on the tempo after a change, in microseconds per quarter note: about 15 and 400 bpm. */
const slowest = 4_000_000;
const fastest = 150_000;

/**
 * A piece with one change: no note is added, removed or moved within its bar. Silent parts keep their notes,
 * so that they can be unmuted.
 * @returns undefined if there is no such part, or the change would mute every part
 */
export function changed(piece: Piece, change: Change): Piece | undefined {
  switch (change.kind) {
    case 'mute':
      return heard(piece, (track, i) => i !== change.part && !isMuted(track));
    case 'unmute':
      return heard(piece, (track, i) => i === change.part || !isMuted(track));
    case 'solo':
      return heard(piece, (_, i) => i === change.part);
    case 'everybody':
      return heard(piece, () => true);
    case 'instrument': {
      const track = piece.tracks[change.part];
      if (track === undefined || track.isDrums) return undefined;
      const swapped = { ...track, program: change.program };
      return { ...piece, tracks: piece.tracks.map((each) => (each === track ? swapped : each)) };
    }
    case 'tempo':
      return faster(piece, change.percent / 100);
    case 'key':
      return transposed(piece, change.semitones);
  }
}

function heard(piece: Piece, isHeard: (track: Track, part: number) => boolean): Piece | undefined {
  const tracks = piece.tracks.map((track, i): Track => {
    const { volume, ...rest } = track;
    if (!isHeard(track, i)) return { ...rest, volume: 0 };
    return volume === undefined || volume === 0 ? rest : track;
  });
  return tracks.every(isMuted) ? undefined : { ...piece, tracks };
}

function faster(piece: Piece, factor: number): Piece {
  const first = piece.tempos[0];
  const all =
    first?.tick === 0
      ? piece.tempos
      : [{ tick: 0, microsecondsPerQuarter: defaultMicrosecondsPerQuarter }, ...piece.tempos];
  const tempos = all.map(({ tick, microsecondsPerQuarter }) => ({
    tick,
    microsecondsPerQuarter: Math.round(Math.min(slowest, Math.max(fastest, microsecondsPerQuarter / factor))),
  }));
  return { ...piece, tempos };
}

function transposed(piece: Piece, semitones: number): Piece {
  const { chords } = piece;
  return {
    ...piece,
    keys: piece.keys.map(({ tick, key }) => ({ tick, key: keyAt(key, semitones) })),
    ...(chords && {
      chords: chords.map((change) =>
        change.chord === undefined ? change : { ...change, chord: chordAt(change.chord, semitones) },
      ),
    }),
    tracks: piece.tracks.map((track) => (track.isDrums ? track : transposedTrack(track, semitones))),
  };
}

/**
 * Shifts the whole track by octaves if a note would leave MIDI's range, so that its intervals stay the same.
 */
function transposedTrack(track: Track, semitones: number): Track {
  const pitches = track.notes.map(({ pitch }) => pitch + semitones);
  const octaves =
    Math.max(...pitches) > 127
      ? -12 * Math.ceil((Math.max(...pitches) - 127) / 12)
      : Math.min(...pitches) < 0
        ? 12 * Math.ceil(-Math.min(...pitches) / 12)
        : 0;
  const shift = semitones + octaves;
  return { ...track, notes: track.notes.map((note) => ({ ...note, pitch: note.pitch + shift })) };
}

/** A key some semitones higher. */
export function keyAt({ tonic, scale }: Key, semitones: number): Key {
  return { tonic: tonicAt(tonic, semitones), scale };
}

/** A chord some semitones higher; the name that a person wrote no longer applies. */
export function chordAt<C extends WrittenChord>(chord: C, semitones: number): C {
  const { symbol: _symbol, ...rest } = chord;
  return {
    ...(rest as C),
    root: tonicAt(chord.root, semitones),
    ...(chord.bass !== undefined && { bass: tonicAt(chord.bass, semitones) }),
  };
}

function tonicAt(tonic: Tonic, semitones: number): Tonic {
  return tonics[(((tonics.indexOf(tonic) + semitones) % 12) + 12) % 12]!;
}

/** Encodes a change in a few characters: `mute-2`, `instrument-0-73`, `tempo-90`, `key--3`. */
export function formatChange(change: Change): string {
  switch (change.kind) {
    case 'everybody':
      return change.kind;
    case 'instrument':
      return `${change.kind}-${change.part}-${change.program}`;
    case 'tempo':
      return `${change.kind}-${change.percent}`;
    case 'key':
      return `${change.kind}-${change.semitones}`;
    default:
      return `${change.kind}-${change.part}`;
  }
}

/** Decodes a change from {@link formatChange}; undefined for any other text, since the text may be forged. */
export function parseChange(text: string): Change | undefined {
  const [, kind = '', first = '', second = ''] =
    /^([a-z]+)(?:-(-?\d{1,3}))?(?:-(\d{1,3}))?$/.exec(text) ?? [];
  const [a, b] = [Number(first), Number(second)];
  const change = changeOf(kind, a, b);
  return change !== undefined && formatChange(change) === text ? change : undefined;
}

function changeOf(kind: string, a: number, b: number): Change | undefined {
  switch (kind) {
    case 'mute':
    case 'unmute':
    case 'solo':
      return a >= 0 ? { kind, part: a } : undefined;
    case 'everybody':
      return { kind };
    case 'instrument':
      return a >= 0 && b <= 127 ? { kind, part: a, program: b } : undefined;
    case 'tempo':
      return a >= 25 && a <= 400 ? { kind, percent: a } : undefined;
    case 'key':
      return Math.abs(a) <= 12 ? { kind, semitones: a } : undefined;
    default:
      return undefined;
  }
}
