import type { Language } from '../language.js';
import { number } from './grammar.js';

export const radio: Language['radio'] = {
  heading: (channel) => `📻 **Радио** в ${channel}`,
  startedBy: (user, wish) => `Включено: ${user}${wish === undefined ? '' : ` (${wish})`}`,
  composing: 'Сочиняется пьеса.',
  next: (title) => `Дальше: ${title}`,
  composingNext: 'Следующая пьеса сочиняется.',
  levels: {
    muchCalmer: 'гораздо спокойнее',
    calmer: 'спокойнее',
    livelier: 'живее',
    muchLivelier: 'гораздо живее',
  },
  paused: 'Пауза, пока никто не слушает.',
  silenced: 'Мне здесь нельзя говорить. Пригласи меня на трибуну или включи мне звук.',
  otherBots: (bots) => `Здесь также ${bots}. Если другой бот тоже что-то играет, слышно и то и другое.`,
  volume: (percent) => `громкость ${percent} %`,
  stays: 'круглые сутки',
  until: (time) => `до ${time}`,
  buttons: {
    skip: 'Дальше',
    calmer: 'Спокойнее',
    livelier: 'Живее',
    like: 'Нравится',
    keep: 'Сохранить пьесу',
    stop: 'Выключить',
  },
  votes: (votes, needed) => `Голосов за следующую пьесу: ${number(votes)} из ${number(needed)}.`,
  started: (channel) => `Радио играет в ${channel}. Кнопки под сообщением меняют музыку.`,
  broughtBy: (user) => `от ${user}`,
  queued: (channel, ahead) =>
    ahead === 0
      ? `Твоя пьеса прозвучит в ${channel} следующей.`
      : `Твоя пьеса прозвучит в ${channel}; перед ней ещё пьес: ${number(ahead)}.`,
  skipping: 'Перехожу к следующей пьесе.',
  stopped: 'Радио выключено.',
  volumeSet: (percent) => `Громкость радио теперь ${percent} %.`,
  chosen: (dj, timeZone) =>
    `Без голосования переключают и выключают: управляющие сервером${dj === undefined ? '' : `, ${dj}`}. Часовой пояс: ${timeZone ?? 'не задан'}.`,
  ended: {
    until: 'Радио закончилось в назначенное время.',
    returns: 'Я перезапускаюсь. Радио скоро продолжится само.',
    stopped: (user) => `${user} выключает радио.`,
    alone: 'Меня никто не слушал, поэтому радио выключено.',
    kicked: 'Меня отключили от голосового канала.',
    'no-answer': 'Не получилось войти в голосовой канал. Проверь, есть ли в нём место и право подключаться.',
    lost: 'Связь с голосовым каналом потеряна. Включи радио ещё раз.',
    'no-encryption':
      'Не получилось установить шифрование, которого требует Discord. Попроси того, кто содержит этого бота, обновить его.',
    ended: 'Discord завершил звонок.',
    restart: 'Радио выключено: я перезапускаюсь. Включи его снова через минуту.',
  },
};
