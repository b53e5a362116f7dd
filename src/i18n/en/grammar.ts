import { figures } from '../grammar.js';

export const { number, percent, counted, list } = figures('en');
export const notes = { one: 'note', other: 'notes' };
export const files = { one: 'file', other: 'files' };
export const epochs = { one: 'epoch', other: 'epochs' };
export const pieces = { one: 'piece', other: 'pieces' };

export function timeLeft(minutes: number): string {
  return minutes < 1 ? 'less than a minute left' : `about ${number(minutes)} min left`;
}

/** @param given number of notes that are the opening */
export function opening(given: number): string {
  return given === 1 ? 'the first is the opening' : `the first ${number(given)} are the opening`;
}
