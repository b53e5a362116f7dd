import type { TaughtStyle } from '../../plan/song-plan.js';
import { noCopy, type KnownFigures } from '../rules/copies.js';
import { minP, temperature } from '../rules/distribution.js';
import type { Draft, DraftPart } from './draft.js';
import type { Ending } from './duties.js';
import type { Layout, Commission } from './layout.js';
import { balancesParts } from './rules/balance.js';
import { drumsAreShort, playable } from './rules/drums.js';
import {
  bassOnRoot,
  inHarmony,
  inHarmonyWhereItChanges,
  lastChord,
  type LowestNote,
  nothingAfter,
  restsOnLastChord,
  rootIsHeard,
  towardsChord,
  untilItClashes,
} from './rules/harmony.js';
import { dwellsNowhere, fewerRepeats, inMelodies, recallsPhrases } from './rules/repeats.js';
import type { DrawRule, EntryRule, LengthRule, MomentRule, PitchRule } from './rules/rule.js';
import { onGrid, whereComposed, withinItsBars } from './rules/time.js';
import {
  fewTogether,
  inOrder,
  inRange,
  noRestrike,
  singleVoice,
  twoHands,
  untilCrossed,
  untilNextNote,
  untilRestruck,
} from './rules/voices.js';
import type { Field } from './vocabulary.js';

/** Nats that values gain which were drawn at the same place four or eight bars ago. */
interface Recall {
  /** For the pitches of the same part. */
  readonly pitch: number;
  /** For the positions in the bar of any part. */
  readonly position: number;
  /** For the parts that strike there. */
  readonly part: number;
}

/** Settings for drawing notes. */
export interface SongSettings {
  /** Factor on a request's temperature for the time of a note. */
  readonly timeTemperature: number;
  /** The same for its part. */
  readonly partTemperature: number;
  /** The same for its pitch. */
  readonly pitchTemperature: number;
  /** The same for its length and velocity. */
  readonly lengthTemperature: number;
  /** For times and parts: excludes values whose probability is below this share of the highest, 0–1. */
  readonly timeMinP: number;
  /** The same for pitches, lengths and velocities. */
  readonly minP: number;
  /** Nats that the pitch of a single voice's last note loses: in melodies of popular styles, in all voices of others. */
  readonly fewerRepeats: Readonly<Record<'popular' | 'other', number>>;
  /** Nats that a pitch loses in melodies for each of the last notes that has it, beyond the usual number. */
  readonly dwellsNowhere: number;
  /** How literally phrases answer those before them: bands play loops; singers and strings vary more. */
  readonly recall: Readonly<Record<'pop' | 'band' | 'orchestra' | 'other', Recall>>;
  /** In all styles but pop: nats that other pitches lose in the accompaniment of requested chords. */
  readonly requestedChord: number;
  /** The power of the ratio of a part's usual notes to those that it struck lately, by which it becomes likelier. */
  readonly balance: number;
}

/** Maximum length of a copy from a part of the training music, exclusive, in notes. */
const copyNotes = 32;

/** The only place where the defaults are set. */
export const defaultSongSettings: SongSettings = {
  timeTemperature: 1,
  partTemperature: 1,
  pitchTemperature: 1,
  lengthTemperature: 1,
  timeMinP: 0.01,
  minP: 0.02,
  fewerRepeats: { popular: 0.4, other: 0.8 },
  dwellsNowhere: 0.7,
  recall: {
    pop: { pitch: 1.8, position: 0.7, part: 0 },
    band: { pitch: 4, position: 2, part: 2 },
    orchestra: { pitch: 1.2, position: 1, part: 0 },
    other: { pitch: 0.7, position: 0.7, part: 0 },
  },
  requestedChord: 1.7,
  balance: 2,
};

/** The hard constraints on a song's notes, and the settings for drawing from what they allow. */
export interface SongRules {
  readonly moments: readonly MomentRule[];
  readonly entries: readonly EntryRule[];
  readonly pitches: readonly PitchRule[];
  readonly lengths: readonly LengthRule[];
  readonly draws: Readonly<Record<Field, readonly DrawRule[]>>;
}

/** 16ths, and triplets of eighths. */
const everyGrid = [6, 8];

/** Styles whose voices are ordered from the highest to the lowest. */
const orderedStyles: readonly TaughtStyle[] = ['quartet', 'chorale', 'hymn', 'choir'];
/** All other styles are classical. */
const popularStyles: readonly TaughtStyle[] = ['pop', 'band', 'drums'];

function recallKind(taught: TaughtStyle): keyof SongSettings['recall'] {
  if (taught === 'drums') return 'band';
  return taught === 'pop' || taught === 'band' || taught === 'orchestra' ? taught : 'other';
}

/** Whether velocities are drawn; the training data has few for classical styles. */
export function drawsVelocity(taught: TaughtStyle): boolean {
  return popularStyles.includes(taught);
}

/** Whether a part sounds in every bar: accompanying parts, and every voice of a choir. */
export function isSteady(part: DraftPart, taught: TaughtStyle): boolean {
  return part.role !== 'melody' && part.role !== 'counter-melody' ? true : orderedStyles.includes(taught);
}

/** All rules for drawing the notes of a song. */
export function songRules(
  { plan, grid = everyGrid, temperature: asked }: Commission,
  draft: Draft,
  layout: Layout,
  ending: Ending,
  settings: SongSettings,
  knownFigures?: KnownFigures,
): SongRules {
  const isOrdered = orderedStyles.includes(plan.taught);
  const ordered = isOrdered ? inOrderOfRange(draft.parts).map(({ number }) => number) : [];
  const isPopular = popularStyles.includes(plan.taught);
  const recall = settings.recall[recallKind(plan.taught)];
  const isFree = !isPopular && !plan.chordsGiven;
  const { bass } = ending;
  const drawn = (share: number, least: number): readonly DrawRule[] => [
    temperature(asked * share),
    minP(least),
  ];
  const { timeMinP, minP: otherMinP } = settings;
  return {
    moments: [onGrid(grid)],
    entries: [
      whereComposed((part, bar) => layout.isOpen(part, bar)),
      singleVoice,
      fewTogether,
      nothingAfter(ending.onset),
    ],
    pitches: [
      inRange,
      noRestrike,
      ...(isFree
        ? [inHarmonyWhereItChanges(ending.onset), rootIsHeard]
        : [inHarmony(ending.onset), bassOnRoot]),
      twoHands,
      playable(plan.bpm),
      ...(ordered.length > 1 ? [inOrder(ordered)] : []),
      ...(bass === undefined ? [] : [lastChord(ending.onset, lowestAtEnd(draft, bass, ending.onset))]),
    ],
    lengths: [
      withinItsBars,
      untilNextNote,
      untilRestruck,
      untilItClashes,
      drumsAreShort,
      ...(ordered.length > 1 ? [untilCrossed(ordered)] : []),
      restsOnLastChord(ending.onset),
    ],
    draws: {
      bar: drawn(settings.timeTemperature, timeMinP),
      position: [recallsPhrases(recall.position), ...drawn(settings.timeTemperature, timeMinP)],
      part: [
        recallsPhrases(recall.part),
        balancesParts(settings.balance),
        ...drawn(settings.partTemperature, timeMinP),
      ],
      pitch: [
        ...(knownFigures ? [noCopy(knownFigures, copyNotes)] : []),
        isPopular
          ? inMelodies(fewerRepeats(settings.fewerRepeats.popular))
          : fewerRepeats(settings.fewerRepeats.other),
        ...(plan.chordsGiven && plan.taught !== 'pop' ? [towardsChord(settings.requestedChord)] : []),
        recallsPhrases(recall.pitch),
        inMelodies(dwellsNowhere(settings.dwellsNowhere)),
        ...drawn(settings.pitchTemperature, otherMinP),
      ],
      duration: drawn(settings.lengthTemperature, otherMinP),
      velocity: drawn(settings.lengthTemperature, otherMinP),
    },
  };
}

/** The single voices, without those that reach above an earlier one, like a piccolo below a trumpet. */
function inOrderOfRange(parts: readonly DraftPart[]): readonly DraftPart[] {
  const voices = parts.filter(({ isMonophonic }) => isMonophonic);
  return voices.filter(({ range }, i) => voices.slice(0, i).every((above) => above.range[1] >= range[1]));
}

/** Semitones left for the other parts above the last note of the bass. */
const roomAbove = 12;

/**
 * The last note of the bass: the given one, or the nearest to its previous note; undefined if it has none.
 */
function lowestAtEnd(draft: Draft, bass: DraftPart, onset: number): () => LowestNote | undefined {
  let known: { readonly pitch: number | undefined } | undefined;
  const find = (): number | undefined => {
    const present = draft.struckBy(bass.number, onset);
    if (present.length > 0) return present[0];
    const [low, high] = bass.range;
    const others = draft
      .playing(draft.bars.length - 1)
      .filter(({ role, number }) => role !== 'drums' && number !== bass.number);
    const highest = Math.min(high, ...others.map(({ range }) => range[1] - roomAbove));
    let from = Math.round((low + high) / 2);
    for (const { part, pitch } of draft.before(onset)) {
      if (part === bass.number) {
        from = pitch;
        break;
      }
    }
    const pitchClass = draft.harmonyAt(onset).bass;
    const all = Array.from({ length: high - low + 1 }, (_, i) => low + i).filter(
      (each) => each % 12 === pitchClass,
    );
    const fitting = all.filter((each) => each <= highest);
    const nearer = (a: number, b: number): number => Math.abs(a - from) - Math.abs(b - from);
    return (fitting.length > 0 ? fitting : all).sort(nearer)[0];
  };
  return () => {
    known ??= { pitch: find() };
    return known.pitch === undefined ? undefined : { part: bass.number, pitch: known.pitch };
  };
}
