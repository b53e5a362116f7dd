import { figures } from '../grammar.js';

export const { number, percent } = figures('ja');

export function timeLeft(minutes: number): string {
  return minutes < 1 ? '1分未満' : `約${number(minutes)}分`;
}
