import { byOnset, type Note } from '../note.js';
import { separateRepeats, shortestSeconds, type Fit } from './overlap.js';
import { toVelocity } from './velocity.js';

/** Length of a phrase over which the tempo rises and falls. */
const phraseSeconds = 6;
/** How much slower the start and end of a phrase are than its middle. */
const rubato = 0.07;
/** Standard deviation of human timing. */
const onsetSeconds = 0.008;
/** How much earlier the highest note of a chord is struck. */
const melodyLeadSeconds = 0.014;
const velocityDeviation = 3.5;
/** Maximum time that the pedal is held from one bass note to the next. */
const longestPedalSeconds = 2.2;
/** Runs of shorter notes are played without pedal. */
const shortestUnderPedalSeconds = 0.15;
/** Pitches below count as bass. */
const bassPitch = 55;
/** Notes closer than this are not blurred by the pedal. */
const togetherSeconds = 0.03;

/**
 * Plays a score with human expression: the tempo rises and falls within phrases, the melody is slightly early
 * and louder, the pedal is held over each bass note, and notes vary slightly. Deterministic: the same score
 * is always played the same way.
 * @param notes in onset order, exactly in time, the first at 0 s
 */
export function perform(notes: readonly Note[]): Note[] {
  const sorted = notes.toSorted(byOnset);
  const bass = sorted.filter(({ pitch }) => pitch < bassPitch).map((note) => note.onsetSeconds);
  const played = sorted.map((note, i) => {
    const together = sorted.filter(
      (other) => Math.abs(other.onsetSeconds - note.onsetSeconds) < togetherSeconds,
    );
    const isMelody = together.every(({ pitch }) => pitch <= note.pitch);
    const lead = isMelody && together.length > 1 ? melodyLeadSeconds : 0;
    const nextBass = bass.find((onset) => onset > note.onsetSeconds + togetherSeconds);
    const end = note.onsetSeconds + note.durationSeconds;
    const pedal =
      note.durationSeconds < shortestUnderPedalSeconds
        ? end
        : Math.min(nextBass ?? end, note.onsetSeconds + longestPedalSeconds);
    const onset = breathed(note.onsetSeconds) - lead + onsetSeconds * chance(2 * i);
    return {
      ...note,
      onsetSeconds: onset,
      durationSeconds: Math.max(breathed(Math.max(end, pedal)) - onset, 0.05),
      velocity: toVelocity(note.velocity + (isMelody ? 4 : -3) + velocityDeviation * chance(2 * i + 1)),
    };
  });
  played.sort(byOnset);
  const start = played[0]?.onsetSeconds ?? 0;
  return separateRepeats(
    played.map((note) => ({ ...note, onsetSeconds: note.onsetSeconds - start })),
    released,
  );
}

/** Maps score time to performance time: the middle of a phrase is faster than its ends. */
function breathed(seconds: number): number {
  const phase = (2 * Math.PI * seconds) / phraseSeconds;
  return seconds + (rubato * phraseSeconds * Math.sin(phase)) / (2 * Math.PI);
}

/** Releases a key some time before it is struck again. */
const released: Fit = (durationSeconds, limitSeconds) =>
  Math.min(durationSeconds, Math.max(limitSeconds - shortestSeconds, shortestSeconds));

/** An approximately normal value between −2 and 2, always the same for the same index. */
function chance(index: number): number {
  const part = (n: number): number => {
    const x = Math.sin(12.9898 * n + 78.233) * 43_758.5453;
    return x - Math.floor(x);
  };
  return 2 * (part(index) + part(index + 0.37) + part(index + 0.71)) - 3;
}
