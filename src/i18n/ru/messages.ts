import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number, counted, notes, ofNotes } from './grammar.js';
import { key } from './words.js';

export const buttons: Language['buttons'] = {
  cancel: 'Отменить',
  again: 'Ещё раз',
  vary: 'Варьировать',
  continue: 'Продолжить',
  remix: 'Ремикс',
  edit: 'Изменить',
  info: 'Сведения',
  play: 'Играть в канале',
  share: 'Поделиться',
  delete: 'Удалить',
  take: (n) => `Дубль ${n}`,
  use: 'Выбрать',
};

export const progress: Language['progress'] = {
  queued: (place) => (place === 1 ? 'В очереди: ты следующий.' : `В очереди: место ${number(place)}.`),
  composing: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `, осталось около ${number(secondsLeft)} с`;
    return `Сочиняю: ${number(done)} из ${counted(total, ofNotes)}${left}.`;
  },
  composingTime: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `, осталось около ${number(secondsLeft)} с`;
    return `Сочиняю: ${clock(done)} из ${clock(total)}${left}.`;
  },
  rendering: 'Создаю звук и картинку.',
};

export const result: Language['result'] = {
  notes: (count) => counted(count, notes),
  key,
  seed: 'зерно',
  takes: (count) =>
    `**Вариантов: ${number(count)}.** Послушай и выбери один, чтобы получить его картинку и кнопки.`,
  previewCut: (time) => `В прослушивании первые ${time}. В MIDI-файле вся пьеса.`,
  previewPart: (from, to) =>
    `В прослушивании место с ${from} до ${to}, где новая музыка. В MIDI-файле вся пьеса.`,
  previewTooLarge: 'Прослушивание оказалось слишком большим для Discord. В MIDI-файле вся пьеса.',
  previewsTooLarge: 'Прослушивания оказались слишком большими для Discord. Выбери дубль, чтобы услышать его.',
  shared: (channel) => `Опубликовано в ${channel}.`,
  understood: (words) => `Понято: ${words}.`,
  inStyle: (composer) => `в стиле ${genitive(composer)}`,
  meant: {
    not: (word) => `не ${word}`,
    without: (word) => `без: ${word}`,
    very: (word) => `очень ${word}`,
    slightly: (word) => `немного ${word}`,
  },
  notInSongs: (words) => `В песне не учитывается: ${words}.`,
  notUnderstood: (words) => `Не распознано: ${words}.`,
  perhaps: (word, nearest) => `${word} (возможно, ${nearest}?)`,
  untaught: (words, nearest) =>
    nearest === ''
      ? `Этому я ещё не научился: ${words}. Играет одно фортепиано.`
      : `Этому я ещё не научился: ${words}. Ближе всего: ${nearest}.`,
  nothingUnderstood:
    'Ничего из этого я не распознал. Я понимаю настроения, темпы, композиторов, тональности, стили и инструменты.',
};

export const info: Language['info'] = {
  composedBy: (weights, total, given) =>
    `Сочинено моделью \`${weights}\`: ${counted(total, notes)}; начало — первые ${number(given)}.`,
  continues: 'Эта пьеса продолжает другую. Чтобы создать её снова, нажми «Ремикс» и введи',
  steered: 'Эту пьесу меняли, пока она играла по радио. Она началась так:',
  fromNote: (note) => `Начиная с ноты ${number(note)}:`,
  fromFile: 'Чтобы создать точно такую же пьесу: эта команда, а файл ниже — как `midi`.',
  again: 'Чтобы создать точно такую же пьесу:',
  changed: 'С тех пор мои модели или правила изменились: та же команда теперь может дать другую пьесу.',
  wasChanged:
    'Партии, инструменты, темп или тональность изменили после сочинения. Команда даёт исходную пьесу.',
};

export const changes: Language['changes'] = {
  parts: 'Заглушить партию или оставить одну',
  instruments: 'Сменить инструмент',
  music: 'Изменить темп или тональность',
  mute: (part) => `Заглушить: ${part}`,
  unmute: (part) => `Вернуть: ${part}`,
  solo: (part) => `Только: ${part}`,
  everybody: 'Все партии',
  slower: (bpm) => `Медленнее: ♩ = ${bpm}`,
  faster: (bpm) => `Быстрее: ♩ = ${bpm}`,
  transpose: (semitones) => `Транспонировать на ${semitones} полутонов`,
  key: (key, semitones) => `${key} (${semitones})`,
};

export const remix: Language['remix'] = {
  title: 'Ремикс',
  options: 'Параметры',
  optionsHint: 'Как в /сочинить. Без зерна возьмётся новое, без другого параметра — значение по умолчанию.',
  file: 'Начать с другого MIDI-файла',
  samePiece: 'Оставь пустым, чтобы продолжить ту же пьесу.',
  sameFile: 'Оставь пустым, чтобы начать с того же файла.',
  sameUpload: (file) => `Оставь пустым, чтобы снова начать с ${file}.`,
  sameOpening: 'Оставь пустым для начала, указанного выше, или того, что выберет зерно.',
  newSong: 'Оставь пустым для песни с параметрами, указанными выше.',
};

export const apology: Language['apology'] = (id) =>
  `У меня что-то пошло не так. Попробуй ещё раз. Если это повторится, сообщи оператору бота номер ошибки: ${id}`;

/** The genitive of a composer's name: Шопена, Чайковского, Генделя, Дебюсси. */
function genitive(name: string): string {
  if (/ий$/.test(name)) return `${name.slice(0, -2)}ого`;
  if (/ь$/.test(name)) return `${name.slice(0, -1)}я`;
  return /[бвгджзклмнпрстфхцчшщ]$/.test(name) ? `${name}а` : name;
}
