import type { Language } from '../language.js';
import { songOptions } from './songs.js';

export const options: Language['options'] = {
  ...songOptions,
  style: {
    name: 'стиль',
    description: 'Стиль (вальс, струнный-квартет), настроения, эпохи, композиторы через запятую',
  },
  notes: { name: 'ноты', description: 'Сколько нот сочинить (по умолчанию: 300)' },
  length: { name: 'длительность', description: 'Сколько длится пьеса (вместо нот): 0:45, 90 с или 2 мин' },
  temp: {
    name: 'температура',
    description: 'Температура: ниже — осторожнее, выше — смелее (по умолчанию: 1,0)',
  },
  tempo: { name: 'темп', description: 'Скорость: 2 — вдвое быстрее (по умолчанию: 1,0)' },
  pitch: {
    name: 'высота',
    description: 'Где середина музыки; 60 — до первой октавы. Ноты вне 0–127 сдвигаются на октавы',
  },
  velocity: { name: 'громкость', description: 'Средняя громкость: 40 — тихо, 100 — громко' },
  key: { name: 'тональность', description: 'Тоника (C — до, A — ля); мажор, если гамма не выбрана' },
  scale: { name: 'гамма', description: 'Гамма, к которой принадлежит каждая нота; без тональности — от до' },
  quantise: {
    name: 'сетка',
    description: 'Выровнять ноты: восьмые (до целых), шестнадцатые или триоли восьмыми',
  },
  voices: { name: 'голоса', description: 'один: одновременно звучит только одна нота' },
  sampling: {
    name: 'выборка',
    description: 'Только LSTM: широкая — живее, исходная — как в исходном проекте',
  },
  mood: { name: 'настроение', description: 'Настроение музыки; не для lstm' },
  density: { name: 'плотность', description: 'Только Transformer: сколько нот в секунду' },
  polyphony: { name: 'полифония', description: 'Только Transformer: сколько нот звучит одновременно' },
  composer: { name: 'композитор', description: 'Только Transformer: в стиле композитора' },
  era: { name: 'эпоха', description: 'Только Transformer: в стиле эпохи' },
  text: {
    name: 'текст',
    description: 'Опиши музыку, например грустно, медленно, ре минор',
  },
  seed: { name: 'зерно', description: 'Случайное зерно: то же зерно с теми же параметрами даёт ту же пьесу' },
  model: {
    name: 'модель',
    description: 'Модель: transformer (выразительная), lstm (маленькая и быстрая) или модель сервера',
  },
  opening: { name: 'начало', description: 'Встроенное начало (по умолчанию: выбирает зерно)' },
  title: { name: 'название', description: 'Название пьесы (по умолчанию: из твоего пожелания)' },
};

export const composeOptions: Language['commands']['compose']['options'] = {
  preset: { name: 'набор', description: 'Сохранённый набор; указанное здесь важнее' },
  midi: { name: 'midi', description: 'MIDI-файл, с которого начать вместо встроенного начала' },
  takes: { name: 'дубли', description: 'Сколько вариантов (по умолчанию: 1)' },
  private: { name: 'лично', description: 'Показать результат только тебе; «Поделиться» опубликует его' },
  voice: { name: 'голосовое', description: 'Прислать прослушивание ещё и голосовым сообщением' },
  more: { name: 'ещё', description: 'Любая другая настройка в виде имя:значение: темп:0.7 голоса:один' },
};
