import { trainingSettings } from '../../request/networks.js';
import type { Language } from '../language.js';
import { number } from './grammar.js';
import { composeOptions } from './options.js';

export const commands: Language['commands'] = {
  compose: {
    name: 'сочинить',
    description: 'Сочинить пьесу: MIDI-файл, звук и клавишная сетка',
    options: composeOptions,
  },
  composeFromMidi: { name: 'Сочинить из этого MIDI' },
  continueMidi: { name: 'Продолжить этот MIDI' },
  playMidi: { name: 'Играть в голосовом канале' },
  preset: {
    name: 'набор',
    description: 'Сохранённые наборы параметров для /сочинить',
    list: { name: 'список', description: 'Показать все наборы и их параметры' },
    save: {
      name: 'сохранить',
      description: 'Сохранить параметры как набор (нужно право «Управлять сервером»)',
    },
    delete: {
      name: 'удалить',
      description: 'Удалить набор этого сервера (нужно право «Управлять сервером»)',
    },
    presetName: { name: 'имя', description: 'Имя набора' },
  },
  settings: {
    name: 'настройки',
    description: 'Настройки этого сервера',
    show: { name: 'показать', description: 'Показать настройки этого сервера' },
    defaults: {
      name: 'умолчания',
      description: 'Задать параметры /сочинить по умолчанию; пропущенное сбрасывается',
    },
    shareChannel: {
      name: 'канал-обмена',
      description: 'Выбрать канал, куда публикует «Поделиться»',
      channel: { name: 'канал', description: 'По умолчанию — канал, где нажата кнопка' },
    },
    daily: {
      name: 'ежедневно',
      description: 'Публиковать пьесу в канале каждый день',
      channel: { name: 'канал', description: 'Если не указать, публикации прекратятся' },
      hour: { name: 'час', description: 'Час по UTC, от 0 до 23 (по умолчанию 18)' },
    },
    limits: {
      name: 'лимиты',
      description: 'Ограничить число пьес в час; пропущенное сбрасывается',
      person: { name: 'человек', description: 'Предел на человека, пьес в час' },
      server: { name: 'сервер', description: 'Предел на весь сервер, пьес в час' },
    },
    trainers: {
      name: 'тренеры',
      description: 'Выбрать, кто ещё, кроме управляющих сервером, может обучать модели',
      allow: { name: 'разрешить', description: 'Добавить роль или участника' },
      forbid: { name: 'запретить', description: 'Убрать роль или участника' },
    },
    language: {
      name: 'язык',
      description: 'Язык, если язык участника неизвестен',
      language: { name: 'язык', description: 'По умолчанию — язык сервера' },
    },
  },
  train: {
    name: 'обучить',
    description: 'Обучить собственную модель этого сервера на вашей музыке',
    modelName: { name: 'имя', description: 'Имя новой модели' },
    file: (n) => ({
      name: `файл${n}`,
      description: n === 1 ? 'MIDI-файл или zip с MIDI-файлами' : 'Ещё один файл',
    }),
    files: {
      name: 'файлы',
      description: 'Вместо загрузки: сколько файлов взять из папки оператора',
    },
    epochs: {
      name: 'эпохи',
      description: `Число проходов по музыке (по умолчанию: ${number(trainingSettings.epochs.default)})`,
    },
    rate: {
      name: 'скорость',
      description: `Наибольшая скорость обучения (по умолчанию: ${number(trainingSettings.rate.default)})`,
    },
    from: { name: 'от', description: 'Исходная модель (по умолчанию: используемая)' },
  },
  model: {
    name: 'модель',
    description: 'Модели этого сервера',
    list: { name: 'список', description: 'Показать модели и какая используется' },
    show: { name: 'показать', description: 'На чём и как обучали модель и насколько она хороша' },
    use: { name: 'выбрать', description: 'Выбрать модель, с которой сочиняет этот сервер' },
    rollback: { name: 'вернуть', description: 'Вернуться к прежней модели' },
    delete: { name: 'удалить', description: 'Удалить модель, обученную этим сервером' },
    modelName: { name: 'имя', description: 'Имя модели' },
  },
  radio: {
    name: 'радио',
    description: 'Бесконечная музыка в твоём голосовом канале, которая сочиняется на ходу',
    start: { name: 'включить', description: 'Включить радио в твоём голосовом канале' },
    stop: { name: 'выключить', description: 'Выключить радио' },
    skip: { name: 'дальше', description: 'Перейти к следующей пьесе; возможно, нужно согласие других' },
    volume: { name: 'громкость', description: 'Задать громкость радио на этом сервере' },
    percent: { name: 'проценты', description: '100 — обычная громкость' },
    now: { name: 'сейчас', description: 'Показать, что играет' },
    until: { name: 'до', description: 'Когда закончить: 2h, 90 min или 22:30' },
    byHour: { name: 'по-часам', description: 'Менять ли настроение по времени суток' },
    stay: { name: 'остаться', description: 'Играть ли круглые сутки, и после перезапуска; для управляющих' },
    settings: {
      name: 'настройки',
      description: 'Выбрать роль диджея и часовой пояс; что не указано, сбрасывается',
    },
    dj: { name: 'dj', description: 'Роль, которая переключает и выключает без голосования' },
    timeZone: { name: 'часовой-пояс', description: 'Для времени суток, например Europe/Moscow' },
  },
  forget: { name: 'забыть', description: 'Удалить всё, что я храню об этом сервере' },
  help: {
    name: 'помощь',
    description: 'Примеры для копирования и что делает каждый параметр',
    topic: { name: 'тема', description: 'Что показать (по умолчанию: начало)' },
    topics: {
      start: 'начало',
      options: 'параметры',
      character: 'характер',
      songs: 'песни',
      files: 'файлы',
      radio: 'радио',
      server: 'сервер',
    },
  },
  about: {
    name: 'о-боте',
    description: 'Модель, лицензия и время отклика',
  },
};
