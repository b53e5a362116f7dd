import { hasHeardTonic } from '../../music/theory/scale.js';
import { characterOf } from '../../request/character.js';
import { keyboardMusicOf, type CompositionRequest, type Opening } from '../../request/request.js';
import { leanToBeat } from '../rules/beat.js';
import { cadence, closingStep, heldClose } from '../rules/close.js';
import { noCopy } from '../rules/copies.js';
import { minP, only, temperatureAgainstLoops } from '../rules/distribution.js';
import { hasRhythm, unhurried } from '../rules/hurry.js';
import { momentsOf } from '../rules/moment.js';
import { figureCache, inScale, keyPrior, noRestrike, onThePiano, pitchClassCache } from '../rules/pitch.js';
import type { Rule } from '../rules/rule.js';
import { apart, fewerChords, noLongStep, tenFingers, withinRealPace } from '../rules/step.js';
import { followTheme, followThemeStep } from '../rules/theme.js';
import type { FormSettings } from './course.js';
import type { fields, Vocabulary } from './vocabulary.js';
import { keyWished } from './wished-tags.js';
import type { TransformerFacts } from './weights.js';

/** How the notes are drawn, in amounts; all are chosen by `npm run sweep`. */
export interface TransformerSettings extends FormSettings {
  /** What a request's temperature is multiplied by when the time to the next note is drawn. */
  readonly stepTemperature: number;
  /** The same for its pitch. */
  readonly pitchTemperature: number;
  /** Share of the likeliest value's probability below which no value is drawn, 0–1: of times to the next note. */
  readonly stepMinP: number;
  /** Of pitches. */
  readonly pitchMinP: number;
  /** Of velocities. */
  readonly velocityMinP: number;
  /** Of durations. */
  readonly durationMinP: number;
  /** How strongly the tones of the piece are kept to: {@link pitchClassCache}. */
  readonly pitchClassCache: number;
  /** How much likelier a pitch is that returns to a figure of the piece: {@link figureCache}. */
  readonly figureCache: number;
  /** How much less likely it is that notes are struck together: {@link fewerChords}. */
  readonly fewerChords: number;
  /** How strongly a wished key is kept in the ear: {@link keyPrior}. */
  readonly keyPrior: number;
  /** How strongly paces are left that real music does not have: {@link withinRealPace}. */
  readonly realPace: number;
  /** How strongly the beat is favoured: {@link leanToBeat}. */
  readonly beat: number;
  /** How much likelier a theme's notes are when it returns: {@link followTheme}. */
  readonly theme: number;
  /** How strongly the key is kept in the ear as the end nears, and then its dominant: {@link cadence}. */
  readonly closingKey: number;
  readonly cadence: number;
  /** How much higher the temperature is while the music goes round in a loop. */
  readonly loopWarmth: number;
  /** Attempts at each piece, of which the most typical is kept: at least 1. */
  readonly candidates: number;
  /** How strongly the network is told the opening's character: 0 not at all, 1 as in training. */
  readonly character: number;
  /**
   * How strongly the network is told a character drawn by the seed, if none is requested: {@link
   * drawnCharacter}.
   */
  readonly drawnCharacter: number;
  /** How many times a wished composer or era counts: told louder, they are caricatures. */
  readonly nameEmphasis: number;
  /** How many times a wished grade counts that is the only one: told once, as in training, it hardly shows in the music. */
  readonly emphasis: number;
  /** The same for a wished key, whose tag is learnt better. */
  readonly keyEmphasis: number;
}

/** The one place where they are set. */
export const defaultTransformerSettings: TransformerSettings = {
  stepTemperature: 1,
  pitchTemperature: 0.97,
  stepMinP: 0,
  pitchMinP: 0.02,
  velocityMinP: 0.04,
  durationMinP: 0,
  pitchClassCache: 0.08,
  figureCache: 0.9,
  fewerChords: 0.3,
  keyPrior: 3,
  realPace: 3,
  beat: 0.3,
  theme: 8,
  variation: 0.04,
  closingKey: 1,
  cadence: 1.5,
  slowing: 1,
  loopWarmth: 0.15,
  candidates: 1,
  character: 0.6,
  drawnCharacter: 4,
  nameEmphasis: 1.5,
  emphasis: 4,
  keyEmphasis: 6,
};

const longestStepSeconds = 4;

/** Who wishes for music as dense as `busy` or denser gets as many notes as come. */
const busy = 0.75;

/** This many notes, identical to a passage of a training piece, are a copy. */
const copyNotes = 48;

/** The rules of each field of a note, in the order in which they are applied. */
export type FieldRules = Readonly<Record<(typeof fields)[number], readonly Rule[]>>;

/**
 * Every rule by which the Transformer's notes are drawn.
 * @param opening of which the grid is the request's, and the tonic where a mode alone is wished
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
      figureCache(settings.figureCache),
      ...(heardKey && hasHeardTonic(heardKey) ? [keyPrior(heardKey, settings.keyPrior)] : []),
      followTheme(settings.theme),
      cadence(settings.closingKey, settings.cadence),
      minP(settings.pitchMinP),
    ],
    velocity: [minP(settings.velocityMinP)],
    duration: [minP(settings.durationMinP), heldClose(leastSecondsOf(vocabulary.durationEdges, vocabulary))],
  };
}

/**
 * Whether the key was asked for in words: minor may then raise its sixth and seventh, as music in minor
 * does. Music that is moved to another register stays in its scale, by whose steps it is moved.
 */
function isOfWords({ key, text, pitch }: CompositionRequest): boolean {
  if (key === undefined || pitch !== undefined) return false;
  return text?.key?.tonic === key.tonic && text.key.scale === key.scale;
}

/** The shortest time of each bin, in seconds. */
function leastSecondsOf(edges: readonly number[], { ticksPerSecond }: Vocabulary): number[] {
  return edges.slice(0, -1).map((ticks) => ticks / ticksPerSecond);
}
