import { estimateKey } from '../music/theory/key-estimate.js';
import { tonics } from '../music/theory/key.js';
import { byOnset, type Note } from '../music/note.js';
import { onsetGroups } from './onset-groups.js';
import { median } from './statistics.js';

/** Measures of the end of a piece. */
export interface Ending {
  /** Whether the lowest note that sounds at the end is the tonic. */
  readonly tonicBass: boolean;
  /** Whether, in addition, only tones of the tonic triad sound, and the last sound is held for a second. */
  readonly heldTonicClose: boolean;
  /** Median of the last six gaps between onsets, divided by the median of up to 74 gaps before them. */
  readonly slowing: number;
  /** Length of the longest last note, divided by the median length. */
  readonly lastLength: number;
}

/** The key at the end is estimated from this many notes, weighted by length, up to this many seconds. */
const keyNotes = 150;
const keySeconds = 2;

/** Notes within this time of the last onset form the last sound, with all notes that still sound then. */
const lastSeconds = 0.06;
const laterSeconds = 0.02;

const heldSeconds = 1;
const lastGaps = 6;
const gapsBefore = 74;

/** @param notes of a whole piece, at least one */
export function endingOf(notes: readonly Note[]): Ending {
  const sorted = notes.toSorted(byOnset);
  const lastOnset = sorted.at(-1)!.onsetSeconds;
  const last = sorted.filter(({ onsetSeconds }) => onsetSeconds >= lastOnset - lastSeconds);
  const sounding = sorted.filter(
    ({ onsetSeconds, durationSeconds }) => onsetSeconds + durationSeconds > lastOnset + laterSeconds,
  );
  const key = estimateKey(sorted.slice(-keyNotes), keySeconds)?.key;
  const tonic = key === undefined ? undefined : tonics.indexOf(key.tonic);
  const degree = ({ pitch }: Note): number => (pitch - (tonic ?? 0) + 12) % 12;
  const bass = (sounding.length > 0 ? sounding : last).reduce((a, b) => (b.pitch < a.pitch ? b : a));
  const tonicBass = tonic !== undefined && degree(bass) === 0;
  const longest = Math.max(...last.map(({ durationSeconds }) => durationSeconds));
  const onsets = onsetGroups(sorted).map((group) => group[0]!.onsetSeconds);
  const gaps = onsets.slice(1).map((onset, i) => onset - onsets[i]!);
  const before = gaps.slice(-lastGaps - gapsBefore, -lastGaps);
  return {
    tonicBass,
    heldTonicClose:
      tonicBass && sounding.every((note) => [0, 3, 4, 7].includes(degree(note))) && longest >= heldSeconds,
    slowing: before.length === 0 ? 1 : median(gaps.slice(-lastGaps)) / median(before),
    lastLength: longest / median(sorted.map(({ durationSeconds }) => durationSeconds)),
  };
}

/** The same for many pieces: shares, and medians. */
export interface Endings {
  readonly tonicBass: number;
  readonly heldTonicClose: number;
  readonly slowing: number;
  readonly lastLength: number;
}

/** @param pieces at least one, each with notes */
export function endingsOf(pieces: readonly (readonly Note[])[]): Endings {
  const endings = pieces.map(endingOf);
  const share = (name: 'tonicBass' | 'heldTonicClose'): number =>
    endings.filter((ending) => ending[name]).length / endings.length;
  return {
    tonicBass: share('tonicBass'),
    heldTonicClose: share('heldTonicClose'),
    slowing: median(endings.map(({ slowing }) => slowing)),
    lastLength: median(endings.map(({ lastLength }) => lastLength)),
  };
}
