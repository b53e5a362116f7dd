import type { Language } from '../language.js';
import { number } from './grammar.js';

export const settings: Language['settings'] = {
  title: '**Настройки этого сервера**',
  defaults: (written) =>
    `Параметры /сочинить по умолчанию: ${written === undefined ? 'стандартные' : `\`${written}\``}`,
  shareChannel: (channel) => `«Поделиться» публикует в: ${channel ?? 'канал, где нажата кнопка'}`,
  daily: (channel, time) => `Пьеса дня: ${channel === undefined ? 'выключена' : `${channel} в ${time}`}`,
  presets: (count) => `Сохранённых наборов: ${number(count)} (см. \`/набор список\`)`,
  limits: (person, server) => `Пьес в час: ${number(person)} на человека, ${number(server)} на весь сервер`,
  trainers: (names) =>
    `Кто может обучать модели и управлять ими: те, кто управляет сервером${names === '' ? '' : `, ${names}`}`,
  language: (language) => `Язык, если язык участника неизвестен: ${language ?? 'язык сервера'}`,
};

export const daily: Language['daily'] = {
  heading: '**Пьеса дня**',
  vote: 'Какой должна быть следующая?',
  same: 'Такая же',
};

export const presets: Language['presets'] = {
  saved: (name, command) => `Набор **${name}** сохранён: \`${command}\``,
  deleted: (name) => `Набор **${name}** удалён.`,
  own: 'Наборы этого сервера:',
  builtIn: 'Встроенные наборы:',
  hint: '-# Как использовать: `/сочинить набор:…`; параметры, указанные рядом, важнее.',
};

export const forget: Language['forget'] = {
  warning: (presets, models) =>
    `**Это удалит всё, что я храню об этом сервере**: его настройки, наборы (${number(presets)}), обученные им модели (${number(models)}) и текущее обучение. Отменить это нельзя. Уже опубликованные пьесы останутся в каналах.`,
  button: 'Удалить всё',
  done: 'Всё, что я хранил об этом сервере, удалено.',
};
