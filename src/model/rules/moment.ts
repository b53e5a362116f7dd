import { gridStepBeats, type Grid } from '../../music/edit/quantise.js';

/** When notes count as struck together. */
export type Moment = (earlierSeconds: number, laterSeconds: number) => boolean;

/** Without a grid: within 30 ms; less a hair, so that exactly 30 ms later is later after all rounding. */
export const within30Ms: Moment = (earlier, later) => later - earlier < 0.03 - 1e-9;

/** On a grid: those that will be put on the same of its lines. */
export function onSameLine(gridStepSeconds: number): Moment {
  const line = (seconds: number): number => Math.floor(seconds / gridStepSeconds + 0.5 + 1e-6);
  return (earlier, later) => line(earlier) === line(later);
}

/** Fastest notes of a single voice, about ten a second. */
const voiceStepSeconds = 0.1;

/** What a request's grid makes of time. */
export interface MomentsOfGrid {
  readonly moment: Moment;
  /** How long a moment is. */
  readonly momentSeconds: number;
  /** Least time from one note of a single voice to the next. */
  readonly voiceSeconds: number;
}

export function momentsOf(grid: Grid, tempoBpm: number): MomentsOfGrid {
  if (grid === 'none') return { moment: within30Ms, momentSeconds: 0.03, voiceSeconds: voiceStepSeconds };
  const stepSeconds = gridStepBeats(grid) * (60 / tempoBpm);
  return {
    moment: onSameLine(stepSeconds),
    momentSeconds: stepSeconds,
    voiceSeconds: Math.max(voiceStepSeconds, stepSeconds),
  };
}
