import { figures } from '../grammar.js';

export const { number, percent, counted, form, list } = figures('fr');
export const notes = { one: 'note', other: 'notes' };
export const files = { one: 'fichier', other: 'fichiers' };
export const epochs = { one: 'époque', other: 'époques' };
export const pieces = { one: 'morceau', other: 'morceaux' };

export function timeLeft(minutes: number): string {
  return minutes < 1 ? 'moins d’une minute' : `environ ${number(minutes)} min`;
}
