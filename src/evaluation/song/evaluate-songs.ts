import { composeSong, SongComposer } from '../../model/song/composer.js';
import type { SongFrame } from '../../model/song/frame.js';
import { SongNetwork } from '../../model/song/network.js';
import type { NetworkNote, Passage } from '../../model/song/sequence.js';
import { gradeOf, meterNumber, partNumber, type SongTags } from '../../model/song/vocabulary.js';
import type { SongModel } from '../../model/song/weights.js';
import { notesAfter } from '../../model/song/writer.js';
import { Random } from '../../model/random.js';
import { drawDensity } from '../../plan/density.js';
import { barsOf, taughtStyles, type SongPlan, type TaughtStyle } from '../../plan/song-plan.js';
import { memorisation, type Memorisation } from '../memorisation.js';
import {
  chained,
  jittered,
  looped,
  mean,
  pitchesByPart,
  rowOf,
  shuffled,
  swapped,
  type MeasuredPiece,
  type Row,
} from './measures.js';
import { songDistances, type SongDistances } from './features.js';
import { addNats, natsOfPassage, natsPerNote, noNats, type SongNats } from './nats.js';
import type { PackedSong } from './packed.js';
import { measured, type RealPassage } from './real-plan.js';

/** Music that is wrong in a known way. */
type Wrong = 'shuffled' | 'jitter' | 'bigram' | 'swapped' | 'looped';

/** Nats per note of the bars of a gap: given both sides, or only what precedes it. */
export interface GapNats {
  readonly bothSides: number;
  readonly before: number;
}

/** Evaluation of songs of one style: rows of measures, and the loss. */
export interface SongEvaluation {
  readonly style: TaughtStyle;
  /** Number of passages of held-out pieces whose plans were used, and how often each. */
  readonly pieces: number;
  readonly seeds: number;
  /** `withChords`: composed once each, as if a person had requested the chords. */
  readonly rows: Readonly<Record<'composed' | 'withChords' | 'real' | Wrong, Row>>;
  /** Distances to real music with other plans, of composed music the mean over seeds; undefined if there are too few pieces. */
  readonly distances: SongDistances<'composed' | Wrong> | undefined;
  /** How much of the training music each part has; undefined without training music. */
  readonly copies: Readonly<Record<'composed' | 'real', Memorisation>> | undefined;
  readonly nats: {
    /** Given only style, meter, and the bars left and passed. */
    readonly bare: number;
    /** Given the whole plan. */
    readonly told: number;
    /** For pitches: with and without chords given, and with a wrong key, three fifths away. */
    readonly pitch: { readonly told: number; readonly withoutChords: number; readonly wrongKey: number };
    /** For the bars of a gap, given style and meter or the whole plan. */
    readonly gap: { readonly bare: GapNats; readonly told: GapNats };
    readonly notes: number;
  };
}

/** The gaps to fill, in bars; how far apart they begin; and how many bars are given on each side. */
const gapBars = 2;
const gapEvery = 4;
const fewestSideBars = 4;
const mostSideBars = 8;
/** Semitones of a key three fifths away. */
const wrongBy = 9;
const keys = 24;
/** Fewer pieces do not make a distribution. */
const fewestForDistance = 20;

/**
 * Composes with the plans of held-out songs and compares the results with the songs themselves and with music
 * that is wrong in a known way; also computes the loss on the songs.
 * @param chosen passages of held-out songs of that style
 * @param training pitches of each part of the training music, in order
 */
export function evaluateSongs(
  model: SongModel,
  style: TaughtStyle,
  chosen: readonly RealPassage[],
  {
    seeds,
    temperature,
    training,
  }: {
    readonly seeds: number;
    readonly temperature: number;
    readonly training: readonly Uint8Array[];
  },
  onProgress: (done: number) => void = () => {},
): SongEvaluation {
  const real = chosen.map((each) => measured(each.notes, each));
  const works = chosen.map(({ song }) => song.name);
  const composer = new SongComposer(model, 1);
  let done = 0;
  // The density is drawn, as in plans that are not those of real songs.
  const densities = new Random(2);
  const composed = chosen.flatMap((each) =>
    Array.from({ length: seeds }, (_, seed) => {
      const piece = composedBy(composer, each, drawDensity(densities), seed, temperature);
      onProgress(++done);
      return piece;
    }),
  );
  const withChords = chosen.map((each) => {
    const requested = { ...each, plan: { ...each.plan, chordsGiven: true } };
    return composedBy(composer, requested, drawDensity(densities), 0, temperature);
  });
  const random = new Random(1);
  const next = (i: number): MeasuredPiece => real[(i + 1) % real.length]!;
  const wrong = {
    shuffled: real.map((piece) => shuffled(piece, random)),
    jitter: real.map((piece) => jittered(piece, random)),
    bigram: real.map((piece) => chained(piece, real, random)),
    swapped: real.map((piece, i) => swapped(piece, next(i))),
    looped: real.map(looped),
  };
  const bySeed = Array.from({ length: seeds }, (_, seed) =>
    songDistances(real, { composed: composed.filter((_, i) => i % seeds === seed) }, works),
  );
  return {
    style,
    pieces: chosen.length,
    seeds,
    rows: {
      composed: rowOf(composed),
      withChords: rowOf(withChords),
      real: rowOf(real),
      shuffled: rowOf(wrong.shuffled),
      jitter: rowOf(wrong.jitter),
      bigram: rowOf(wrong.bigram),
      swapped: rowOf(wrong.swapped.filter((piece) => piece !== undefined)),
      looped: rowOf(wrong.looped),
    },
    distances:
      real.length < fewestForDistance
        ? undefined
        : { ...songDistances(real, wrong, works), composed: mean(bySeed.map((each) => each.composed))! },
    copies:
      training.length === 0
        ? undefined
        : {
            composed: memorisation(training, composed.flatMap(pitchesByPart)),
            real: memorisation(training, real.flatMap(pitchesByPart)),
          },
    nats: natsOfSongs(model, chosen),
  };
}

function composedBy(
  composer: SongComposer,
  real: RealPassage,
  density: number,
  seed: number,
  temperature: number,
): MeasuredPiece {
  const plan = { ...real.plan, density };
  const notes = composeSong(composer, { plan, given: [], temperature, seed });
  const numbers = plan.parts.map(partNumber);
  return measured(
    notes.map((note): NetworkNote => ({ ...note, part: numbers[note.part]! })),
    real,
  );
}

function natsOfSongs(model: SongModel, songs: readonly RealPassage[]): SongEvaluation['nats'] {
  const network = new SongNetwork(model, 1);
  /** What the network is told: the whole plan by default. */
  interface Told {
    readonly frameOf?: (song: PackedSong) => SongFrame;
    readonly tagsFor?: (plan: SongPlan) => SongTags;
  }
  const inPassage = (
    each: RealPassage,
    { first, end }: Passage,
    given: readonly NetworkNote[],
    { frameOf = ({ frame }) => frame, tagsFor = (plan) => tagsOf(plan, model) }: Told,
  ): SongNats => {
    const own = between(each, first, end);
    const tags = tagsFor(each.plan);
    return natsOfPassage(network, model, frameOf(each.song), tags, { first, end }, given, own);
  };
  const sum = (told: Told): SongNats =>
    songs
      .map((each) => inPassage(each, { first: 0, end: each.song.frame.bars.length }, [], told))
      .reduce(addNats, noNats);
  const gaps = songs.flatMap((song) => {
    const last = song.plan.barCount - fewestSideBars - gapBars;
    const found = [];
    for (let first = fewestSideBars; first <= last; first += gapEvery) {
      found.push({ song, passage: { first, end: first + gapBars } });
    }
    return found;
  });
  const most = notesAfter(model.shape.context);
  const before = ({ song, passage: { first } }: (typeof gaps)[number]): readonly NetworkNote[] =>
    between(song, Math.max(0, first - mostSideBars), first).slice(-most);
  const after = ({ song, passage: { end } }: (typeof gaps)[number]): readonly NetworkNote[] =>
    between(song, end, Math.min(end + mostSideBars, song.plan.barCount)).slice(0, most);
  const sumOfGaps = (told: Told, given: (gap: (typeof gaps)[number]) => readonly NetworkNote[]): number =>
    natsPerNote(
      gaps.map((gap) => inPassage(gap.song, gap.passage, given(gap), told)).reduce(addNats, noNats),
    );
  const gapNats = (told: Told): GapNats => ({
    bothSides: sumOfGaps(told, (gap) => [...before(gap), ...after(gap)]),
    before: sumOfGaps(told, before),
  });
  const little: Told = {
    frameOf: ({ frame: { bars } }) => ({ bars, keys: [], chords: [], sections: [] }),
    tagsFor: ({ taught, meters }) => ({
      style: [taughtStyles.indexOf(taught)],
      meter: [meterNumber(meters[0]!)],
    }),
  };
  const bare = sum(little);
  const told = sum({});
  const withoutChords = sum({ frameOf: ({ frame }) => ({ ...frame, chords: [] }) });
  const wrongKey = sum({ frameOf: ({ frame }) => ({ ...frame, keys: frame.keys.map(moved) }) });
  const ofPitch = ({ sums, notes }: SongNats): number => sums.pitch / notes;
  return {
    bare: natsPerNote(bare),
    told: natsPerNote(told),
    pitch: { told: ofPitch(told), withoutChords: ofPitch(withoutChords), wrongKey: ofPitch(wrongKey) },
    gap: { bare: gapNats(little), told: gapNats({}) },
    notes: told.notes,
  };
}

function moved({ onset, key }: SongFrame['keys'][number]): SongFrame['keys'][number] {
  return { onset, key: (key + 2 * wrongBy) % keys };
}

/** The notes of some bars of a song that is long enough, without velocities, in order. */
function between({ song, plan }: RealPassage, first: number, end: number): readonly NetworkNote[] {
  const bars = barsOf(plan);
  const [from, to] = [bars[first]?.start ?? Infinity, bars[end]?.start ?? Infinity];
  return song.notes
    .filter(({ onset }) => from <= onset && onset < to)
    .map((note) => ({ ...note, velocity: 0 }));
}

/** Style, meter, tempo and parts, as the product gives them to the network. */
function tagsOf(plan: SongPlan, { vocabulary }: SongModel): SongTags {
  return {
    style: [taughtStyles.indexOf(plan.taught)],
    meter: [meterNumber(plan.meters[0]!)],
    tempo: [gradeOf(plan.bpm, vocabulary.tempoLimits)],
    parts: plan.parts.map(partNumber),
  };
}
