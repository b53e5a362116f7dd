import { hasHeardTonic } from '../../music/theory/scale.js';
import { characterOf } from '../../request/character.js';
import { keyboardMusicOf, type CompositionRequest, type Opening } from '../../request/request.js';
import { leanToBeat } from '../rules/beat.js';
import { leanToDensity, leanToLoudness, leanToPolyphony } from '../rules/character.js';
import { cadence, closingStep, heldClose } from '../rules/close.js';
import { noCopy } from '../rules/copies.js';
import { minP, only, temperatureAgainstLoops } from '../rules/distribution.js';
import { hasRhythm, unhurried } from '../rules/hurry.js';
import { momentsOf } from '../rules/moment.js';
import { fewerRepeats, inScale, keyPrior, noRestrike, onThePiano, pitchClassCache } from '../rules/pitch.js';
import type { Rule } from '../rules/rule.js';
import { apart, fewerChords, noLongStep, tenFingers, withinRealPace } from '../rules/step.js';
import { followTheme, followThemeStep } from '../rules/theme.js';
import type { FormSettings } from './course.js';
import type { fields, Vocabulary } from './vocabulary.js';
import { keyWished } from './wished-tags.js';
import type { TransformerFacts } from './weights.js';

/** Settings for drawing notes, all tuned with `npm run sweep`. */
export interface TransformerSettings extends FormSettings {
  /** Factor on a request's temperature for the time to the next note. */
  readonly stepTemperature: number;
  /** The same for its pitch. */
  readonly pitchTemperature: number;
  /**
   * For times to the next note: excludes values whose probability is below this share of the highest, 0–1.
   */
  readonly stepMinP: number;
  /** The same for pitches. */
  readonly pitchMinP: number;
  /** The same for velocities. */
  readonly velocityMinP: number;
  /** The same for durations. */
  readonly durationMinP: number;
  /** Weight of the piece's own tones: {@link pitchClassCache}. */
  readonly pitchClassCache: number;
  /** Share of the memory, relative to the one that predicts real music best, 0–1. */
  readonly memory: number;
  /** Reduction of repeated notes: {@link fewerRepeats}. */
  readonly fewerRepeats: number;
  /** Reduction of simultaneous notes: {@link fewerChords}. */
  readonly fewerChords: number;
  /** Weight of a requested key: {@link keyPrior}. */
  readonly keyPrior: number;
  /** Weight of the correction of unrealistic paces: {@link withinRealPace}. */
  readonly realPace: number;
  /** Weights of a planned character: {@link leanToDensity}, {@link leanToPolyphony}, {@link leanToLoudness}. */
  readonly steerDensity: number;
  readonly steerPolyphony: number;
  readonly steerLoudness: number;
  /** Weight of the beat: {@link leanToBeat}. */
  readonly beat: number;
  /** Weight of a theme's notes when it returns: {@link followTheme}. */
  readonly theme: number;
  /** Weights of the key near the end, and then of its dominant: {@link cadence}. */
  readonly closingKey: number;
  readonly cadence: number;
  /** Increase of the temperature while the music loops. */
  readonly loopWarmth: number;
  /** Number of candidates for each piece, at least 1; the most typical is kept. */
  readonly candidates: number;
  /** Strength of the opening's tags: 0 is off, 1 as in training. */
  readonly character: number;
  /** Strength of randomly drawn tags, if none are requested: {@link drawnCharacter}. */
  readonly drawnCharacter: number;
  /** Factor on a requested composer or period: larger ones exaggerate the style. */
  readonly nameEmphasis: number;
  /** Factor on a single requested grade: with 1, as in training, it has little effect on the music. */
  readonly emphasis: number;
  /** The same for a requested key, whose tag is learnt better. */
  readonly keyEmphasis: number;
}

/** The only place where the defaults are set. */
export const defaultTransformerSettings: TransformerSettings = {
  stepTemperature: 1,
  pitchTemperature: 0.95,
  stepMinP: 0,
  pitchMinP: 0.02,
  velocityMinP: 0.04,
  durationMinP: 0,
  pitchClassCache: 0.08,
  memory: 0.75,
  fewerRepeats: 0.3,
  fewerChords: 0.4,
  keyPrior: 3,
  realPace: 3,
  steerDensity: 5,
  steerPolyphony: 4,
  steerLoudness: 0.02,
  beat: 0.9,
  theme: 8,
  variation: 0.04,
  closingKey: 1,
  cadence: 1.5,
  slowing: 1,
  loopWarmth: 0.5,
  candidates: 1,
  character: 0.6,
  drawnCharacter: 3,
  nameEmphasis: 1.5,
  emphasis: 4,
  keyEmphasis: 6,
};

const longestStepSeconds = 4;

/** At this requested density or more, the number of notes per second is not limited. */
const busy = 0.75;

/** Number of consecutive notes identical to a training piece that count as a copy. */
const copyNotes = 48;

/** The rules for each field of a note, in the order in which they are applied. */
export type FieldRules = Readonly<Record<(typeof fields)[number], readonly Rule[]>>;

/**
 * All rules for drawing the Transformer's notes.
 * @param opening defines the request's grid, and the tonic if only a mode is requested
 */
export function samplingRules(
  request: CompositionRequest,
  opening: Opening,
  { vocabulary, knownFigures }: Pick<TransformerFacts, 'vocabulary' | 'knownFigures'>,
  settings: TransformerSettings,
): FieldRules {
  const { quantise, voices, key, temperature, task, ...wishes } = request;
  const { moment, voiceSeconds } = momentsOf(quantise, opening.tempoBpm);
  const heardKey = key ?? keyWished(request, opening);
  const leastSeconds = leastSecondsOf(vocabulary.dtEdges, vocabulary);
  const leastDurations = leastSecondsOf(vocabulary.durationEdges, vocabulary);
  const given = keyboardMusicOf(task);
  const isToHurry = (characterOf(wishes).density ?? 0) >= busy;
  return {
    class: [only(vocabulary.classes.indexOf('piano'))],
    dt: [
      noLongStep(leastSeconds, longestStepSeconds),
      ...(voices === 'mono' ? [apart(leastSeconds, voiceSeconds)] : []),
      tenFingers(leastSeconds, moment),
      ...(hasRhythm(given.notes) || isToHurry ? [] : [unhurried(leastSeconds)]),
      temperatureAgainstLoops(temperature * settings.stepTemperature, settings.loopWarmth),
      fewerChords(leastSeconds, settings.fewerChords),
      withinRealPace(leastSeconds, settings.realPace),
      leanToDensity(leastSeconds, settings.steerDensity),
      leanToBeat(leastSeconds, settings.beat),
      followThemeStep(leastSeconds, settings.theme),
      closingStep(leastSeconds),
      minP(settings.stepMinP),
    ],
    pitch: [
      onThePiano,
      ...(key ? [inScale(key, isOfWords(request))] : []),
      noRestrike(moment),
      ...(knownFigures ? [noCopy(knownFigures, copyNotes)] : []),
      temperatureAgainstLoops(temperature * settings.pitchTemperature, settings.loopWarmth),
      pitchClassCache(settings.pitchClassCache),
      fewerRepeats(settings.fewerRepeats),
      ...(heardKey && hasHeardTonic(heardKey) ? [keyPrior(heardKey, settings.keyPrior)] : []),
      followTheme(settings.theme),
      cadence(settings.closingKey, settings.cadence),
      minP(settings.pitchMinP),
    ],
    velocity: [
      leanToLoudness(vocabulary.velocitiesPerBin, settings.steerLoudness),
      minP(settings.velocityMinP),
    ],
    duration: [
      leanToPolyphony(leastDurations, settings.steerPolyphony),
      minP(settings.durationMinP),
      heldClose(leastDurations),
    ],
  };
}

/**
 * Whether the key was requested in words: minor can then raise its sixth and seventh, as usual in music.
 * Music that is moved to another register stays in its scale, because it is moved by scale steps.
 */
function isOfWords({ key, text, pitch }: CompositionRequest): boolean {
  if (key === undefined || pitch !== undefined) return false;
  return text?.key?.tonic === key.tonic && text.key.scale === key.scale;
}

/** The shortest time of each bin, in seconds. */
function leastSecondsOf(edges: readonly number[], { ticksPerSecond }: Vocabulary): number[] {
  return edges.slice(0, -1).map((ticks) => ticks / ticksPerSecond);
}
