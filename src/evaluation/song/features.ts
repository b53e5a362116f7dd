import { roles } from '../../music/track.js';
import { drumsPart } from '../../model/song/vocabulary.js';
import type { NetworkNote } from '../../model/song/sequence.js';
import { frechetDistance } from '../frechet.js';
import { standardDeviation } from '../statistics.js';
import { likeness, mean, measures, type MeasuredPiece } from './measures.js';

/** Instrument classes per role. */
const classes = 12;
const drums = roles.length - 1;
const pitchedRoles = roles.slice(0, -1);

/** In semitones. */
const step = 2;
const leap = 7;

type Feature = (piece: MeasuredPiece) => number | undefined;

/** Features of a piece, each of another aspect; undefined if the piece lacks the part. */
export const features: readonly Feature[] = [
  measures.entropy,
  measures.groove,
  measures.barEntropy,
  (piece) => likeness(piece, 4),
  measures.likenessBack8,
  measures.equalBars,
  measures.melodyOnChords,
  measures.inChord,
  ...roles.map(
    (_, role): Feature =>
      ({ notes, bars }) =>
        ofRole(notes, role).length / bars.length,
  ),
  ...pitchedRoles.flatMap((_, role): Feature[] => [
    ({ notes }) => soundingTogether(ofRole(notes, role)),
    ({ notes }) => mean(ofRole(notes, role).map(({ duration }) => Math.log2(duration))),
    ({ notes }) => mean(ofRole(notes, role).map(({ pitch }) => pitch)),
  ]),
  ({ notes }) => shareOfSteps(notes, (semitones) => semitones === 0),
  ({ notes }) => shareOfSteps(notes, (semitones) => semitones > 0 && semitones <= step),
  ({ notes }) => shareOfSteps(notes, (semitones) => semitones >= leap),
];

function ofRole(notes: readonly NetworkNote[], role: number): readonly NetworkNote[] {
  return notes.filter(({ part }) => (part === drumsPart ? drums : Math.floor(part / classes)) === role);
}

/** Mean number of simultaneous notes, where any sounds. */
function soundingTogether(notes: readonly NetworkNote[]): number | undefined {
  if (notes.length === 0) return undefined;
  let [sounding, until] = [0, 0];
  for (const { onset, duration } of notes) {
    sounding += Math.max(0, onset + duration - Math.max(until, onset));
    until = Math.max(until, onset + duration);
  }
  return notes.reduce((sum, { duration }) => sum + duration, 0) / sounding;
}

/** Share of the melody's intervals that are in a range. */
function shareOfSteps(
  notes: readonly NetworkNote[],
  isCounted: (semitones: number) => boolean,
): number | undefined {
  const melody = ofRole(notes, 0);
  return mean(melody.slice(1).map(({ pitch }, i) => Number(isCounted(Math.abs(pitch - melody[i]!.pitch)))));
}

/** Fréchet distances of pieces to real ones with other plans; NaN if there are too few pieces. */
export type SongDistances<Kind extends string> = Readonly<Record<Kind | 'real', number>>;

/**
 * Fréchet distances of kinds of music to real music by {@link features}, standardised by real music: the pieces of every
 * second work are compared with the real pieces of the works in between; so is real music itself.
 * @param real at least four
 * @param others by kind, in the order of the real ones; undefined where one could not be made
 * @param works the name of each piece's work; by default, each is a work of its own
 */
export function songDistances<Kind extends string>(
  real: readonly MeasuredPiece[],
  others: Readonly<Record<Kind, readonly (MeasuredPiece | undefined)[]>>,
  works: readonly string[] = real.map((_, i) => String(i)),
): SongDistances<Kind> {
  const inOrder = [...new Set(works)];
  const vectors = real.map(vectorOf);
  const columns = features.map((_, i) => vectors.map((vector) => vector[i]!));
  const centres = columns.map((values) => mean(values.filter(Number.isFinite)) ?? 0);
  const spreads = columns.map((values) => standardDeviation(values.filter(Number.isFinite)) || 1);
  const scaled = (pieces: readonly (MeasuredPiece | undefined)[], odd: 0 | 1): Float64Array[] =>
    pieces
      .filter((_, i) => inOrder.indexOf(works[i]!) % 2 === odd)
      .filter((piece) => piece !== undefined)
      .map((piece) =>
        // Missing values are replaced by the mean.
        vectorOf(piece).map((value, i) => (Number.isFinite(value) ? (value - centres[i]!) / spreads[i]! : 0)),
      );
  const between = scaled(real, 1);
  const kinds = Object.entries<readonly (MeasuredPiece | undefined)[]>({ real, ...others });
  return Object.fromEntries(
    kinds.map(([kind, pieces]) => {
      const own = scaled(pieces, 0);
      const isEnough = between.length > 0 && own.length >= real.length / 4;
      return [kind, isEnough ? frechetDistance(own, between) : NaN];
    }),
  ) as SongDistances<Kind>;
}

function vectorOf(piece: MeasuredPiece): Float64Array {
  return Float64Array.from(features, (feature) => feature(piece) ?? NaN);
}
