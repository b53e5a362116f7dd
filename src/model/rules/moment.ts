import { gridStepBeats, type Grid } from '../../music/edit/quantise.js';

/** Whether notes count as struck together. */
export type Moment = (earlierSeconds: number, laterSeconds: number) => boolean;

/** Without a grid: within 30 ms; slightly less, so that exactly 30 ms counts as later despite rounding. */
export const within30Ms: Moment = (earlier, later) => later - earlier < 0.03 - 1e-9;

/** On a grid: if they will be rounded to the same line. */
export function onSameLine(gridStepSeconds: number): Moment {
  const line = (seconds: number): number => Math.floor(seconds / gridStepSeconds + 0.5 + 1e-6);
  return (earlier, later) => line(earlier) === line(later);
}

/** Minimum time between notes of a single voice: about ten per second. */
const voiceStepSeconds = 0.1;

/** How a request's grid divides time. */
export interface MomentsOfGrid {
  readonly moment: Moment;
  /** Length of a moment. */
  readonly momentSeconds: number;
  /** Minimum time between notes of a single voice. */
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
