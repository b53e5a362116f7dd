import { figures } from '../grammar.js';

export const { number, percent, counted, list } = figures('de');
export const notes = { one: 'Note', other: 'Noten' };
export const files = { one: 'Datei', other: 'Dateien' };
export const epochs = { one: 'Epoche', other: 'Epochen' };
export const pieces = { one: 'Stück', other: 'Stücken' };

export function timeLeft(minutes: number): string {
  return minutes < 1 ? 'weniger als eine Minute' : `etwa ${number(minutes)} min`;
}
