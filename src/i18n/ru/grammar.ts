import { figures } from '../grammar.js';

export const { number, percent, counted, form, list } = figures('ru');
export const notes = { one: 'нота', few: 'ноты', many: 'нот', other: 'ноты' };
/** The forms after “из”. */
export const ofNotes = { one: 'ноты', other: 'нот' };
export const ofPieces = { one: 'пьесы', other: 'пьес' };
export const ofFiles = { one: 'файла', other: 'файлов' };
export const epochs = { one: 'эпоха', few: 'эпохи', many: 'эпох', other: 'эпохи' };
export const afterEpochs = { one: 'эпохи', other: 'эпох' };
export const windows = { one: 'окно', few: 'окна', many: 'окон', other: 'окна' };

export function timeLeft(minutes: number): string {
  return minutes < 1 ? 'меньше минуты' : `около ${number(minutes)} мин`;
}
