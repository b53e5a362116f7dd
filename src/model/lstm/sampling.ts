import { keyboardMusicOf, type CompositionRequest } from '../../request/request.js';
import type { Random } from '../random.js';
import { temperature as temperatureOf } from '../rules/distribution.js';
import { hasRhythm, unhurriedTiming } from '../rules/hurry.js';
import { momentsOf } from '../rules/moment.js';
import { inScale, noRestrike, onThePiano, pitchClassCache } from '../rules/pitch.js';
import type { Rule, Timing } from '../rules/rule.js';
import { measuredSpread, spread, type Spread } from '../rules/spread.js';
import { atLeastApart, noLongSilence, noPileUp, plausible } from '../rules/timing.js';
import type { Accents } from './accents.js';

/** The settings of `sampling: 'spread'`, all tuned with `npm run sweep`. */
export interface LstmSettings extends Spread, Accents {
  /** Weight of {@link pitchClassCache}; 0 turns it off. */
  readonly pitchClassCache: number;
}

/** The only place where the defaults are set. */
export const defaultLstmSettings: LstmSettings = {
  ...measuredSpread,
  pitchClassCache: 1,
  accent: 1,
  accentMemory: 0.6,
};

/** The rules for a note's timing and for its pitch, in the order in which they are applied. */
export interface LstmRules {
  readonly timing: readonly Rule<Timing>[];
  readonly pitch: readonly Rule[];
}

/**
 * All rules for drawing the LSTM's notes.
 * @param tempoBpm of the given music, which defines the request's grid
 * @param random draws step and duration
 */
export function samplingRules(
  { quantise, voices, key, temperature, task, sampling = 'spread' }: CompositionRequest,
  tempoBpm: number,
  random: Random,
  settings: LstmSettings,
): LstmRules {
  const { moment, momentSeconds, voiceSeconds } = momentsOf(quantise, tempoBpm);
  const given = keyboardMusicOf(task);
  return {
    timing: [
      ...(sampling === 'spread' ? [spread(random, settings)] : []),
      plausible(4, 30),
      ...(voices === 'mono' ? [atLeastApart(voiceSeconds)] : []),
      noPileUp(moment, momentSeconds),
      ...(hasRhythm(given.notes) ? [] : [unhurriedTiming()]),
      noLongSilence(8, 0.25),
    ],
    pitch: [
      onThePiano,
      ...(key ? [inScale(key)] : []),
      noRestrike(moment),
      temperatureOf(temperature),
      ...(sampling === 'spread' ? [pitchClassCache(settings.pitchClassCache)] : []),
    ],
  };
}
