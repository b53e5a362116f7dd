import type { Language } from '../language.js';
import { number, percent, counted, epochs, afterEpochs, windows, timeLeft } from './grammar.js';

export const models: Language['models'] = {
  current: 'используется',
  shipped: 'встроенная',
  operator: 'добавлена оператором',
  server: 'обучена этим сервером',
  kinds: {
    transformer: 'много голосов, своя динамика; понимает настроение, композитора и текст',
    lstm: 'маленькая и быстрая; обучается через /обучить',
    song: 'Transformer: песни для нескольких инструментов, ближе к настоящей музыке',
    book: 'шаблоны и правила: песни для нескольких инструментов',
  },
  composes: { keyboard: 'пьесы для фортепиано', songs: 'песни для нескольких инструментов' },
  made: {
    transformer:
      'Обучена на 962 фортепианных исполнениях (MAESTRO v2.0.0), около трёх часов на одном ядре. Расстояние от её музыки до настоящей: 5,4. Для сравнения: настоящая музыка 3,6, lstm 27,4.',
    lstm: 'Обучена на 962 фортепианных исполнениях (MAESTRO v2.0.0), каждое прослушано один раз. Расстояние от её музыки до настоящей: 27,4. Для сравнения: настоящая музыка 3,6, transformer 5,4.',
    song: 'Обучена на 17 миллионах нот из свободных партитур и MIDI-файлов. Её песни держат тональность и аккорды и повторяются примерно так же, как настоящие.',
    book: 'Не обучалась: сочиняет по написанным вручную шаблонам и правилам.',
  },
  trained: 'Обучение',
  from: (parent) => `на основе ${parent}`,
  epochs: (count) => counted(count, epochs),
  rate: (rate) => `скорость ${rate}`,
  windows: (count) => counted(count, windows),
  heldOutLoss: 'Потери на отложенной музыке',
  parentLoss: 'У исходной модели',
  validationLoss: 'Потери при проверке',
  first: (value) => `сначала ${value}`,
  lowest: (value, at) => `наименьшие ${value} после ${counted(at, afterEpochs)}`,
  last: (value) => `в конце ${value}`,
  learntFrom: (count) => `Обучена на файлах (${number(count)}):`,
  more: (count) => `… и ещё ${number(count)}.`,
  inUse: (name) => `Теперь этот сервер сочиняет с ${name}. Отменить: \`/модель вернуть\`.`,
  deleted: (name) => `Модель ${name} удалена.`,
};

export const training: Language['training'] = {
  heading: (name, parent, user) => `**Обучение ${name}** на основе ${parent}, для ${user}`,
  resumed: 'возобновлено после перезапуска',
  gettingReady: 'Подготовка.',
  epoch: (epoch, total) => `эпоха ${number(epoch)} из ${number(total)}`,
  loss: (value) => `потери ${value}`,
  validationLoss: (value) => `потери при проверке ${value}`,
  lowest: (value) => `наименьшие пока ${value}`,
  timeLeft: (minutes) => `осталось ${timeLeft(minutes)}`,
  paused: 'Я перезапускаюсь. Потом обучение продолжится.',
  listen: 'Послушай обе: они играют с одного начала и зерна.',
  finished: 'Обучение завершено.',
  'no-improvement': 'Остановлено раньше: улучшений больше не было. Это лучшее состояние.',
  stopped: 'Отменено. Это лучшее состояние на данный момент.',
  diverged: 'Остановлено раньше: потери перестали быть числом. Это лучшее состояние до того.',
  better: (change, value, parent, parentValue) =>
    `**Лучше на ${percent(change, 1)}:** на отложенной музыке потери ${value}, у ${parent} ${parentValue}.`,
  noBetter: (name, value, parent, parentValue) =>
    `**${name} не лучше, чем ${parent}:** на отложенной музыке потери ${value}, у ${parent} ${parentValue}. Использовать её стоит, только если тебе нравится звучание.`,
  table: { heldOut: 'отложенная', loss: 'потери', pitch: 'высота', step: 'шаг', duration: 'длит.' },
  nothingChanges: 'На этом сервере ничего не изменится, пока кто-то с правом обучать не нажмёт «Выбрать».',
  withoutFiles: 'Discord не принял график и звук. Цифры покажет `/модель показать`.',
  failed: (sentence) => `**Обучение не удалось.** ${sentence}`,
  operatorNumber: (id) => `Номер ошибки для оператора бота: ${id}`,
  windows: (training, heldOut) => `${counted(training, windows)} для обучения, отложено ${number(heldOut)}.`,
  leftOut: (file, reason) => `Пропущен: ${file}: ${reason}`,
  leftOutMore: (count) => `Пропущено ещё: ${number(count)}.`,
  begun: (link) => `Обучение началось: ${link}`,
  begunUnseen:
    'Обучение началось, но в этом канале я не могу его показать. Когда оно закончится, результат покажет `/модель показать`.',
  otherParent: (parent) =>
    `Исходная модель — ${parent}: этот сервер использует Transformer, а его здесь обучить нельзя.`,
  cancelled: 'Обучение останавливается. Лучшее состояние сохранится.',
};
