import { figures } from '../grammar.js';

export const { number, percent, counted, form, list } = figures('es');
export const notes = { one: 'nota', other: 'notas' };
export const files = { one: 'archivo', other: 'archivos' };
export const epochs = { one: 'época', other: 'épocas' };
export const pieces = { one: 'pieza', other: 'piezas' };

export function timeLeft(minutes: number): string {
  return minutes < 1 ? 'menos de un minuto' : `unos ${number(minutes)} min`;
}
