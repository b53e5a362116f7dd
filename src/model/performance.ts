import { corpusLimits } from '../music/midi/limits.js';
import { readKeyboard } from '../music/midi/read.js';
import type { NoteLengths } from '../music/midi/notes.js';
import type { Note } from '../music/note.js';
import { readCached, type CachedForm } from '../storage/file-cache.js';

/**
 * The notes of a MIDI file of a corpus, with their velocities.
 * @throws UserError when the file has no music.
 */
export function readPerformance(
  path: string,
  lengths: NoteLengths,
  cacheFolder?: string,
): Promise<readonly Note[]> {
  return readCached(path, cacheFolder, formWith(lengths));
}

const bytesPerNote = 18;

const formWith = (lengths: NoteLengths): CachedForm<readonly Note[]> => ({
  extension: lengths,
  parse: (bytes) => readKeyboard(bytes, corpusLimits, lengths).notes,
  /** n onsets and n durations in seconds (float64), then n pitches and n velocities (uint8). */
  pack: (notes) =>
    Buffer.concat([
      new Uint8Array(Float64Array.from(notes, (note) => note.onsetSeconds).buffer),
      new Uint8Array(Float64Array.from(notes, (note) => note.durationSeconds).buffer),
      Uint8Array.from(notes, (note) => note.pitch),
      Uint8Array.from(notes, (note) => note.velocity),
    ]),
  unpack: (bytes) => {
    const n = bytes.length / bytesPerNote;
    if (!Number.isInteger(n) || n === 0) throw new RangeError('Not a performance.');
    const { buffer } = new Uint8Array(bytes);
    const onsets = new Float64Array(buffer, 0, n);
    const durations = new Float64Array(buffer, 8 * n, n);
    const pitches = new Uint8Array(buffer, 16 * n, n);
    const velocities = new Uint8Array(buffer, 17 * n, n);
    return Array.from(onsets, (onsetSeconds, i) => ({
      pitch: pitches[i]!,
      onsetSeconds,
      durationSeconds: durations[i]!,
      velocity: velocities[i]!,
    }));
  },
});
