import { composerNames } from '../request/words/composer-names.js';
import type { Key, Tonic } from '../music/theory/key.js';
import { fineTuning } from '../model/lstm/fine-tuning.js';
import type { Language } from './english.js';
import { clock, figures } from './grammar.js';
import { refusalSentence } from './refusals.js';

const { number, percent, counted, form, list } = figures('ru');
const notes = { one: 'нота', few: 'ноты', many: 'нот', other: 'ноты' };
/** After “из”. */
const ofNotes = { one: 'ноты', other: 'нот' };
const ofPieces = { one: 'пьесы', other: 'пьес' };
const ofFiles = { one: 'файла', other: 'файлов' };
const epochs = { one: 'эпоха', few: 'эпохи', many: 'эпох', other: 'эпохи' };
const afterEpochs = { one: 'эпохи', other: 'эпох' };
const windows = { one: 'окно', few: 'окна', many: 'окон', other: 'окна' };

const tonics: Readonly<Record<Tonic, string>> = {
  ...{ C: 'до', 'C#': 'до-диез', D: 'ре', Eb: 'ми-бемоль', E: 'ми', F: 'фа' },
  ...{ 'F#': 'фа-диез', G: 'соль', Ab: 'ля-бемоль', A: 'ля', Bb: 'си-бемоль', B: 'си' },
};

const choices: Language['choices'] = {
  scale: {
    major: 'мажор',
    'natural-minor': 'натуральный-минор',
    'harmonic-minor': 'гармонический-минор',
    'melodic-minor': 'мелодический-минор',
    dorian: 'дорийский',
    phrygian: 'фригийский',
    lydian: 'лидийский',
    mixolydian: 'миксолидийский',
    locrian: 'локрийский',
    'major-pentatonic': 'мажорная-пентатоника',
    'minor-pentatonic': 'минорная-пентатоника',
    blues: 'блюзовая',
    'whole-tone': 'целотонная',
    chromatic: 'хроматическая',
  },
  quantise: { none: 'нет', seed: 'восьмые', straight: 'шестнадцатые', triplet: 'триоли' },
  voices: { poly: 'много', mono: 'один' },
  sampling: { spread: 'широкая', source: 'исходная' },
  mood: {
    sad: 'грустное',
    calm: 'спокойное',
    tender: 'нежное',
    dreamy: 'мечтательное',
    mysterious: 'таинственное',
    dark: 'мрачное',
    happy: 'радостное',
    playful: 'игривое',
    dramatic: 'драматичное',
    angry: 'гневное',
    triumphant: 'торжествующее',
    epic: 'эпическое',
  },
  density: { sparse: 'редкая', light: 'лёгкая', medium: 'средняя', busy: 'оживлённая', dense: 'плотная' },
  polyphony: { thin: 'тонкая', light: 'лёгкая', medium: 'средняя', rich: 'богатая', full: 'полная' },
  composer: composerNames.russian,
  era: { baroque: 'барокко', classical: 'классицизм', romantic: 'романтизм', modern: 'современность' },
};

function key({ tonic, scale }: Key): string {
  const name = tonics[tonic];
  const upper = name.charAt(0).toUpperCase() + name.slice(1);
  switch (scale) {
    case 'major':
      return `${name} мажор`;
    case 'natural-minor':
      return `${name} минор`;
    case 'harmonic-minor':
      return `${name} минор (гармонический)`;
    case 'melodic-minor':
      return `${name} минор (мелодический)`;
    case 'dorian':
    case 'phrygian':
    case 'lydian':
    case 'mixolydian':
    case 'locrian':
      return `${name} ${choices.scale[scale]}`;
    case 'blues':
    case 'whole-tone':
    case 'chromatic':
      return `${choices.scale[scale]} гамма от ${upper}`;
    default:
      return `${choices.scale[scale].replace('-', ' ')} от ${upper}`;
  }
}

const options: Language['options'] = {
  notes: { name: 'ноты', description: 'Сколько нот сочинить (300)' },
  temp: { name: 'температура', description: 'Меньше 1 — осторожнее, больше 1 — смелее (1,0)' },
  tempo: { name: 'темп', description: 'Скорость: 2 — вдвое быстрее (1,0)' },
  pitch: { name: 'высота', description: 'Где середина музыки; 60 — до первой октавы' },
  velocity: { name: 'громкость', description: 'Средняя сила удара: 40 — тихо, 100 — громко' },
  key: { name: 'тональность', description: 'Тоника гаммы (C — до, A — ля); без гаммы означает мажор' },
  scale: { name: 'гамма', description: 'Гамма, к которой принадлежит каждая нота; без тональности — от до' },
  quantise: {
    name: 'сетка',
    description: 'Выровнять ноты: восьмые (до целых), шестнадцатые или триоли восьмыми',
  },
  voices: { name: 'голоса', description: 'один: одновременно звучит только одна нота' },
  sampling: {
    name: 'выборка',
    description: 'широкая — живее и держится звуков пьесы, исходная — ответы сети как они есть',
  },
  mood: { name: 'настроение', description: 'Transformer: настроение музыки' },
  density: { name: 'плотность', description: 'Transformer: сколько нот приходится на секунду' },
  polyphony: { name: 'полифония', description: 'Transformer: сколько нот звучит одновременно' },
  composer: { name: 'композитор', description: 'Transformer: в манере композитора' },
  era: { name: 'эпоха', description: 'Transformer: в манере эпохи' },
  text: {
    name: 'текст',
    description: 'Transformer: своими словами, напр. грустно, медленно, ре минор; ответ скажет, что понято',
  },
  seed: { name: 'зерно', description: 'Зерно случайности: то же зерно даёт ту же пьесу' },
  model: {
    name: 'модель',
    description: 'Какая сеть сочиняет: выразительный transformer, маленькая lstm или модель этого сервера',
  },
  opening: { name: 'начало', description: 'С какого встроенного начала; если не указать, выберет зерно' },
};

const composeOptions: Language['commands']['compose']['options'] = {
  preset: { name: 'набор', description: 'Именованный набор параметров; указанные рядом важнее' },
  midi: { name: 'midi', description: 'MIDI-файл, с которого начать вместо встроенного начала' },
  takes: { name: 'дубли', description: 'Из скольких пьес выбирать (1)' },
  private: { name: 'лично', description: 'Показать только тебе; «Поделиться» покажет всем' },
  voice: { name: 'голосовое', description: 'Прислать прослушивание ещё и голосовым сообщением' },
};

const permissions: Readonly<Record<string, string>> = {
  AttachFiles: 'Прикреплять файлы',
  ViewChannel: 'Просматривать канал',
  SendMessages: 'Отправлять сообщения',
  SendMessagesInThreads: 'Отправлять сообщения в ветках',
  SendVoiceMessages: 'Отправлять голосовые сообщения',
};

const speeds = {
  'very slow': 'очень медленно',
  slow: 'медленно',
  moderate: 'умеренно',
  'moderately fast': 'довольно быстро',
  fast: 'быстро',
  'very fast': 'очень быстро',
} as const;
const registers = {
  'from low to high': 'от низкого до высокого регистра',
  'mostly low': 'в основном низкий регистр',
  'mostly middle': 'в основном средний регистр',
  'mostly high': 'в основном высокий регистр',
} as const;
const loudness = {
  'very soft': 'очень тихо',
  soft: 'тихо',
  'moderately loud': 'умеренно громко',
  loud: 'громко',
  'very loud': 'очень громко',
} as const;

function timeLeft(minutes: number): string {
  return minutes < 1 ? 'меньше минуты' : `около ${number(minutes)} мин`;
}

const midiAdvice = 'Пришли файл .mid, какой сохраняет нотный редактор или DAW.';

export const russian: Language = {
  locale: 'ru',
  figures: figures('ru'),

  commands: {
    compose: {
      name: 'сочинить',
      description: 'Сочинить музыкальную пьесу: MIDI-файл, звук и картинка',
      options: composeOptions,
    },
    composeFromMidi: { name: 'Сочинить из этого MIDI' },
    continueMidi: { name: 'Продолжить этот MIDI' },
    preset: {
      name: 'набор',
      description: 'Именованные наборы параметров для /сочинить',
      list: { name: 'список', description: 'Показать все наборы и что в них' },
      save: {
        name: 'сохранить',
        description: 'Сохранить параметры под именем (для тех, кто управляет сервером)',
      },
      delete: { name: 'удалить', description: 'Удалить набор этого сервера (для тех, кто им управляет)' },
      presetName: { name: 'имя', description: 'Имя набора' },
    },
    settings: {
      name: 'настройки',
      description: 'Что этот сервер решает о моей музыке',
      show: { name: 'показать', description: 'Показать настройки этого сервера' },
      defaults: {
        name: 'умолчания',
        description: 'Что берёт /сочинить, если ничего не указано; чего здесь нет, снова решаю я',
      },
      shareChannel: {
        name: 'канал-обмена',
        description: 'Куда публикует кнопка «Поделиться»',
        channel: { name: 'канал', description: 'Без канала — тот, где нажата кнопка' },
      },
      limits: {
        name: 'лимиты',
        description: 'Сколько пьес в час; чего здесь нет, снова решаю я',
        person: { name: 'человек', description: 'Пьес в час здесь для каждого' },
        server: { name: 'сервер', description: 'Пьес в час здесь для всех вместе' },
      },
      trainers: {
        name: 'тренеры',
        description: 'Кто может обучать и выбирать модели, кроме управляющих сервером',
        allow: { name: 'разрешить', description: 'Роль или человек, кому можно' },
        forbid: { name: 'запретить', description: 'Роль или человек, кому больше нельзя' },
      },
      language: {
        name: 'язык',
        description: 'Мой язык там, где язык человека неизвестен',
        language: { name: 'язык', description: 'Если не указать — язык сервера' },
      },
    },
    train: {
      name: 'обучить',
      description: 'Обучить собственную модель этого сервера на твоей музыке',
      modelName: { name: 'имя', description: 'Как назвать новую модель' },
      file: (n) => ({
        name: `файл${n}`,
        description: n === 1 ? 'MIDI-файл или zip с MIDI-файлами' : 'Ещё один файл',
      }),
      files: {
        name: 'файлы',
        description: 'Вместо своих файлов: сколько взять из папки с музыкой у оператора',
      },
      epochs: {
        name: 'эпохи',
        description: `Сколько раз пройти музыку; если не указать — ${number(fineTuning.epochs.default)}`,
      },
      rate: {
        name: 'скорость',
        description: `Наибольшая скорость обучения; если не указать — ${number(fineTuning.rate.default)}`,
      },
      from: { name: 'от', description: 'Модель, с которой начать; если не указать — та, что в работе' },
    },
    model: {
      name: 'модель',
      description: 'Модели этого сервера',
      list: { name: 'список', description: 'Какие модели есть и какая в работе' },
      show: { name: 'показать', description: 'На чём и как обучали модель и насколько она хороша' },
      use: { name: 'выбрать', description: 'Сочинять на этом сервере с этой моделью' },
      rollback: { name: 'вернуть', description: 'Вернуться к модели, что была в работе раньше' },
      delete: { name: 'удалить', description: 'Удалить модель, обученную этим сервером' },
      modelName: { name: 'имя', description: 'Имя модели' },
    },
    forget: { name: 'забыть', description: 'Удалить всё, что я храню об этом сервере' },
    help: {
      name: 'помощь',
      description: 'Примеры, чтобы скопировать, и что каждый параметр делает с музыкой',
      topic: { name: 'тема', description: 'Что показать (начало)' },
      topics: {
        start: 'начало',
        options: 'параметры',
        character: 'характер',
        files: 'файлы',
        server: 'сервер',
      },
    },
    about: {
      name: 'о-боте',
      description: 'Что здесь сочиняет, под какой лицензией и насколько быстра связь',
    },
  },

  options,
  choices,
  vocabulary: {
    slow: 'медленно',
    fast: 'быстро',
    soft: 'тихо',
    loud: 'громко',
    low: 'низко',
    high: 'высоко',
    sparse: 'редко',
    dense: 'плотно',
    thin: 'тонко',
    rich: 'богато',
    staccato: 'стаккато',
    legato: 'легато',
    expressive: 'выразительно',
    even: 'ровно',
    major: 'мажор',
    minor: 'минор',
  },

  buttons: {
    cancel: 'Отменить',
    again: 'Ещё раз',
    vary: 'Варьировать',
    continue: 'Продолжить',
    remix: 'Ремикс',
    info: 'Сведения',
    share: 'Поделиться',
    delete: 'Удалить',
    take: (n) => `Дубль ${n}`,
    use: 'Выбрать',
  },

  progress: {
    queued: (place) => (place === 1 ? 'Жду: ты на очереди.' : `Жду: место в очереди — ${number(place)}.`),
    composing: (done, total, secondsLeft) => {
      const left = secondsLeft === undefined ? '' : `, осталось около ${number(secondsLeft)} с`;
      return `Сочиняю: ${number(done)} из ${counted(total, ofNotes)}${left}.`;
    },
    rendering: 'Готовлю звук и картинку.',
  },

  result: {
    notes: (count) => counted(count, notes),
    key,
    seed: 'зерно',
    takes: (count) =>
      `**Дублей: ${number(count)}.** Послушай и выбери один — ради картинки и всего, что с ним можно сделать.`,
    previewCut: (time) => `Прослушивание — первые ${time}; в MIDI-файле вся пьеса.`,
    previewTooLarge: 'Прослушивание оказалось слишком большим для Discord; в MIDI-файле вся пьеса.',
    previewsTooLarge:
      'Прослушивания оказались слишком большими для Discord; выбери дубль, чтобы услышать его.',
    shared: (channel) => `Опубликовано в ${channel}.`,
    understood: (words) => `Понято: ${words}.`,
    notUnderstood: (words) => `Не понято: ${words}.`,
    nothingUnderstood:
      'Я не понял ни одного из твоих слов; я знаю слова о настроении и темпе, композиторов и тональности.',
  },

  titles: {
    after: 'По мотивам: #',
    untitled: 'Из MIDI-файла',
    openings: {
      'J. S. Bach, Prelude from Cello Suite No. 1': 'И. С. Бах, Сюита для виолончели № 1',
      'J. S. Bach, Prelude in C major': 'И. С. Бах, Прелюдия до мажор',
      'L. van Beethoven, Für Elise': 'Л. ван Бетховен, К Элизе',
      'L. van Beethoven, Moonlight Sonata': 'Л. ван Бетховен, Лунная соната',
      'F. Chopin, Prelude in A major': 'Ф. Шопен, Прелюдия ля мажор',
      'W. A. Mozart, Andante grazioso': 'В. А. Моцарт, Andante grazioso',
      'W. A. Mozart, Sonata facile': 'В. А. Моцарт, Лёгкая соната',
      'C. Petzold, Minuet in G major': 'К. Петцольд, Менуэт соль мажор',
      'E. Satie, Gymnopédie No. 1': 'Э. Сати, Гимнопедия № 1',
      'R. Schumann, Träumerei': 'Р. Шуман, Грёзы',
    },
  },

  altText: {
    sound(sound) {
      if (sound === undefined) return 'Пьеса без нот.';
      const [softest, loudest] = sound.loudness;
      return [
        counted(sound.notes, notes) +
          (sound.given === undefined ? '' : ` (из них заданы первые: ${number(sound.given)})`),
        ...(sound.key === undefined ? [] : [key(sound.key)]),
        clock(sound.seconds),
        ...(sound.speed === undefined ? [] : [speeds[sound.speed]]),
        registers[sound.register],
        softest === loudest ? loudness[softest] : `от «${loudness[softest]}» до «${loudness[loudest]}»`,
      ].join(', ');
    },
    preview: (sound) => `Прослушивание на фортепиано: ${sound}`,
    pianoRoll: (sound) => `Клавишная сетка: ${sound}`,
    curve: (model, validations) =>
      `Потери при обучении модели ${model} по шагам, на обучающей и отложенной музыке; проверок: ${number(validations)}`,
    sampleBy: (model, sound) => `Модель ${model}. ${sound}`,
    helpPianoRoll: 'Клавишная сетка примера: заданное начало контуром, сочинённые после него ноты сплошные',
    helpPreview: 'Та же пьеса в звуке, на фортепиано',
  },

  picture: {
    roll: {
      notes: { one: '# нота', few: '# ноты', many: '# нот', other: '# ноты' },
      ...{ given: 'заданы', new: 'новые', soft: 'тихо', loud: 'громко' },
    },
    curve: {
      title: (model) => `Обучение модели ${model}`,
      lossOverSteps: 'Потери по шагам',
      lowest: 'Наименьшие потери при проверке',
      ...{ step: 'шаг', steps: 'шаги', training: 'обучение', validation: 'проверка' },
    },
  },

  info: {
    composedBy: (weights, total, given) =>
      `Сочинила \`${weights}\`: ${counted(total, notes)}, из них заданы первые ${number(given)}.`,
    continues: 'Она продолжает другую пьесу с её конца. Чтобы получить такую же: нажми «Ремикс» и введи',
    fromFile: 'Чтобы получить такую же: эта команда, а файл ниже — как `midi`.',
    again: 'Чтобы получить такую же:',
  },

  remix: {
    title: 'Ремикс',
    options: 'Параметры',
    optionsHint: 'Как в /сочинить. Убери зерно, чтобы взять новое, или другой параметр — будет обычный.',
    file: 'Другой MIDI-файл, с которого начать',
    samePiece: 'Без файла продолжится та же пьеса.',
    sameFile: 'Без файла начнётся с того же файла, что и раньше.',
    sameOpening: 'Без файла — с начала, указанного выше, или с того, что выберет зерно.',
  },

  help: {
    start: `**Набери что-нибудь из этого** и получи MIDI-файл, звук и картинку:
\`/сочинить\` – пьеса из 300 нот
\`/сочинить настроение:мечтательное композитор:дебюсси\` – мечтательно, в манере Дебюсси
\`/сочинить набор:lullaby\` – медленно, тихо, в фа мажоре
\`/сочинить тональность:A гамма:блюзовая сетка:триоли\` – только звуки блюзовой гаммы, триолями
\`/сочинить ноты:150 температура:0.7 темп:0.6\` – коротко, осторожно, медленно
\`/сочинить midi:…\` – от твоего MIDI-файла
\`/сочинить дубли:4\` – четыре пьесы на выбор
**Потом нажми**: «Ещё раз» — другая пьеса, «Варьировать» — оставить её начало, «Продолжить» — сделать длиннее, «Ремикс» — изменить параметры, «Сведения» — как она получилась.
То же \`зерно\` с теми же параметрами даёт ту же пьесу; оно указано в каждом результате.
-# Ещё: \`/помощь тема:параметры\`, \`тема:характер\`, \`тема:файлы\`, \`тема:сервер\`. Ниже: как выглядит и звучит результат.`,
    options: `**Что параметры делают с музыкой**
\`ноты:800\` длиннее; \`ноты:60\` набросок
\`температура:0.7\` держится вероятного; \`температура:1.3\` рискует; выше 2 — шум
\`темп:0.5\` вдвое медленнее; \`темп:2\` вдвое быстрее
\`высота:72\` середина музыки на этой клавише (60 — до первой октавы)
\`громкость:40\` тихо; \`громкость:100\` громко; динамика пьесы остаётся
\`тональность:D гамма:дорийский\` каждая нота принадлежит этой гамме
\`сетка:шестнадцатые\` по шестнадцатым, \`триоли\` по триолям восьмыми, \`восьмые\` от восьмых до целых
\`голоса:один\` по одной ноте: мелодия
\`начало:bach-prelude\` начинается с этих тактов
\`модель:lstm\` маленькая быстрая сеть; \`модель:transformer\` выразительная
\`выборка:исходная\` ответы LSTM как есть, как в исходном проекте: ровно и медленно
\`зерно:42\` снова та же пьеса
\`набор:march\` сразу несколько; \`/набор список\` показывает все
\`лично:true\` видишь только ты, пока не нажмёшь «Поделиться»; \`голосовое:true\` ещё и голосовым сообщением
Какой быть музыке — настроение, композитор, твои слова — в \`/помощь тема:характер\``,
    character: `**Какой быть музыке.** Эти параметры понимает Transformer; если модель не названа, они выбирают его.
\`/сочинить настроение:мечтательное\` – лад, скорость, плотность, громкость и регистр сразу; есть ${list(Object.values(choices.mood))}
\`/сочинить плотность:редкая\` – мало нот в секунду; \`плотность:плотная\` много
\`/сочинить полифония:тонкая\` – мало нот звучит одновременно; \`полифония:полная\` много
\`/сочинить композитор:шопен\` – в манере Шопена
\`/сочинить эпоха:барокко\` – в манере эпохи; есть ${list(Object.values(choices.era))}
\`/сочинить текст:"грустная медленная музыка в ре миноре"\` – то же своими словами; ответ скажет, что понято
**Вместе**: отдельное указание важнее настроения, а параметр важнее текста.
\`/сочинить настроение:радостное плотность:редкая эпоха:классицизм\`
\`/сочинить текст:"спокойно, очень тихо" композитор:дебюсси ноты:200\``,
    files: `**Твои MIDI-файлы**
\`/сочинить midi:…\` начинает с первых нот файла; подойдёт любой MIDI-файл до 256 КБ.
На сообщении с MIDI-файлом: правая кнопка или долгое нажатие, затем **Приложения**: сочинить из него или продолжить его.
Или упомяни меня в сообщении с файлом: \`@я ноты:200 температура:0.8\`. В личных сообщениях упоминать не нужно.
Ударные не берутся; звучит фортепиано.`,
    server: `**Для тех, кто управляет сервером**
\`/настройки\` – что берёт /сочинить без указаний, куда публикует «Поделиться», сколько пьес в час, кто может обучать, мой язык
\`/набор сохранить\` – назвать набор параметров для всех
\`/обучить\` – научить копию моей сети твоей музыке; ничего не меняется, пока не нажмёшь «Выбрать»
\`/модель\` – показать, выбрать, вернуть или удалить модели сервера
\`/забыть\` – удалить всё, что я храню о сервере`,
  },

  about: {
    composes: (version) =>
      `**Musical AI** ${version} сочиняет ноту за нотой — от одного из моих начал или от твоего MIDI-файла.`,
    model: (id, from) => `Модель здесь: \`${id}\` (${from}). \`/модель список\` показывает все.`,
    shipped: 'она идёт вместе со мной',
    operator: 'её добавил мой оператор',
    server: (parent, date) =>
      `её обучил этот сервер${parent === undefined ? '' : ` на основе \`${parent}\``}${date === undefined ? '' : `, ${date}`}`,
    licence: (maestro) =>
      `Веса, что идут со мной, учились на ${maestro} (Hawthorne et al., ICLR 2019) и следуют его лицензии CC BY-NC-SA 4.0: не для коммерческого использования. Мой код — MIT.`,
    line: (commandMs, gatewayMs, since) =>
      `Команда дошла до меня за ${number(commandMs)} мс; шлюз отвечает за ${gatewayMs === undefined ? 'мгновение' : `${number(gatewayMs)} мс`}. Работаю с ${since}.`,
  },

  settings: {
    title: '**Настройки этого сервера**',
    defaults: (written) =>
      `Параметры /сочинить, если они не указаны: ${written === undefined ? 'мои' : `\`${written}\``}`,
    shareChannel: (channel) => `«Поделиться» публикует в: ${channel ?? 'канал, где нажата кнопка'}`,
    presets: (count) => `Своих наборов: ${number(count)} (см. \`/набор список\`)`,
    limits: (person, server) =>
      `Пьес в час: ${number(person)} для каждого, ${number(server)} для всех вместе`,
    trainers: (names) =>
      `Кто может обучать и выбирать модели: те, кто управляет сервером${names === '' ? '' : `, ${names}`}`,
    language: (language) => `Язык там, где язык человека неизвестен: ${language ?? 'язык сервера'}`,
  },

  presets: {
    saved: (name, command) => `Набор **${name}** сохранён: \`${command}\``,
    deleted: (name) => `Набор **${name}** удалён.`,
    own: 'Наборы этого сервера:',
    builtIn: 'Мои:',
    hint: '-# Как использовать: `/сочинить набор:…`; параметры, указанные рядом, важнее.',
  },

  forget: {
    warning: (presets, models) =>
      `**Это удалит всё, что я храню об этом сервере**: его настройки, наборы (${number(presets)}), обученные им модели (${number(models)}) и обучение, которое идёт сейчас. Отменить это нельзя. Пьесы в каналах останутся.`,
    button: 'Удалить всё',
    done: 'Всё, что я хранил об этом сервере, удалено.',
  },

  models: {
    current: 'в работе',
    shipped: 'идёт вместе с ботом',
    operator: 'от оператора бота',
    server: 'обучена этим сервером',
    kinds: {
      transformer: 'много голосов, своя динамика; слушается настроения, композитора и текста',
      lstm: 'маленькая и быстрая; учится через /обучить',
    },
    trained: 'Обучение',
    from: (parent) => `на основе ${parent}`,
    epochs: (count) => counted(count, epochs),
    rate: (rate) => `скорость ${rate}`,
    windows: (count) => counted(count, windows),
    heldOutLoss: 'Потери на отложенной музыке',
    parentLoss: 'У исходной модели',
    losses: (pitch, step, duration) => `высота ${pitch}, шаг ${step}, длительность ${duration}`,
    validationLoss: 'Потери при проверке',
    first: (value) => `сначала ${value}`,
    lowest: (value, at) => `наименьшие ${value} после ${counted(at, afterEpochs)}`,
    last: (value) => `в конце ${value}`,
    learntFrom: (count) => `Училась на файлах (${number(count)}):`,
    more: (count) => `… и ещё ${number(count)}.`,
    inUse: (name) => `Теперь этот сервер сочиняет с ${name}; \`/модель вернуть\` возвращает прежнюю.`,
    deleted: (name) => `Модель ${name} удалена.`,
  },

  training: {
    heading: (name, parent, user) => `**Обучение ${name}** на основе ${parent}, для ${user}`,
    resumed: 'продолжается после перезапуска',
    gettingReady: 'Подготовка.',
    justBegun: 'оно только что началось',
    epoch: (epoch, total) => `эпоха ${number(epoch)} из ${number(total)}`,
    loss: (value) => `потери ${value}`,
    validationLoss: (value) => `потери при проверке ${value}`,
    lowest: (value) => `наименьшие пока ${value}`,
    timeLeft: (minutes) => `осталось ${timeLeft(minutes)}`,
    paused: 'Меня перезапускают; обучение потом продолжится.',
    listen: 'Послушай обе: одно и то же начало и зерно у каждой.',
    finished: 'Оно дошло до конца.',
    'no-improvement': 'Оно закончилось раньше, потому что больше не улучшалось; вот лучшее из него.',
    stopped: 'Его отменили; вот лучшее на этот момент.',
    diverged: 'Оно закончилось раньше, потому что потери перестали быть числом; вот лучшее до того.',
    better: (change, value, parent, parentValue) =>
      `**Лучше на ${percent(change, 1)}:** на отложенной музыке потери ${value}, у ${parent} ${parentValue}.`,
    noBetter: (name, value, parent, parentValue) =>
      `**${name} не лучше, чем ${parent}:** на отложенной музыке потери ${value}, у ${parent} ${parentValue}. Использовать её не стоит, разве что уши скажут иное.`,
    table: { heldOut: 'отложенная', loss: 'потери', pitch: 'высота', step: 'шаг', duration: 'длит.' },
    nothingChanges:
      'На этом сервере ничего не изменится, пока кто-то, кому можно обучать, не нажмёт «Выбрать».',
    withoutFiles: 'Discord не принял график и звук; цифры есть в `/модель показать`.',
    failed: (sentence) => `**Не получилось.** ${sentence}`,
    operatorNumber: (id) => `Оператор найдёт причину по номеру ${id}.`,
    windows: (training, heldOut) =>
      `${counted(training, windows)} для обучения, отложено ${number(heldOut)}.`,
    leftOut: (file, reason) => `Не взят: ${file}: ${reason}`,
    leftOutMore: (count) => `Не взято ещё: ${number(count)}.`,
    begun: (link) => `Обучение началось: ${link}`,
    begunUnseen:
      'Обучение началось, но в этом канале я не могу его показать; когда оно закончится, результат будет в `/модель показать`.',
    otherParent: (parent) =>
      `Исходная модель — ${parent}: модель, которой пользуется этот сервер, — Transformer, и учиться здесь он не может.`,
    cancelled: 'Обучение сейчас закончится; лучшее сохранится.',
  },

  apology: (id) =>
    `Извини, у меня что-то пошло не так. Попробуй ещё раз; если это повторится, сообщи оператору этот номер: ${id}.`,

  refusal: refusalSentence({ ...options, ...composeOptions }, choices, {
    options: {
      range: ({ option, whole, min, max, given }) =>
        `${option}: нужно ${whole ? 'целое ' : ''}число от ${number(min)} до ${number(max)}; указано ${given}.`,
      choice: ({ option, choices: names, given }) =>
        `${option}: нужно что-то одно из ${names.join(', ')}; указано «${given}».`,
      name: ({ option, given }) => `${option}: нужно имя из букв, цифр, точек и дефисов; указано «${given}».`,
      truth: ({ option, given }) => `${option}: нужно true или false; указано «${given}».`,
      twice: ({ option }) => `${option} указано дважды; укажи один раз.`,
      fixed: ({ option }) =>
        `${option} нельзя выбрать, когда я продолжаю пьесу: её ноты остаются как есть; убери этот параметр.`,
      kind: ({ option, kind }) =>
        `Параметру «${option}» следует только модель вида «${kind}»; убери его или выбери модель:${kind}.`,
      'two-beginnings': () => 'Укажи либо MIDI-файл, либо название начала, но не оба.',
      'voice-of-several': () => 'В голосовом сообщении помещается одна пьеса; убери дубли или голосовое.',
      unreadable: ({ word }) =>
        `Не понимаю «${word}»; пиши параметры как имя:значение, например ноты:200 температура:0.8 тональность:C.`,
      unknown: ({ name, names }) => `Параметра «${name}» нет; есть ${names.join(', ')}.`,
    },
    'midi.empty': () => 'Этот файл пуст. Сохрани его заново и пришли новый.',
    'midi.not-midi': ({ looksLike }) => {
      switch (looksLike?.type) {
        case 'picture':
          return `Похоже, это картинка (${looksLike.format}), а не MIDI-файл. ${midiAdvice}`;
        case 'recording':
          return `Похоже, это запись (${looksLike.format}), а не MIDI-файл. В записи нет нот, которые можно прочесть: пришли файл .mid.`;
        case 'zip':
          return 'Похоже, это ZIP-архив, а не MIDI-файл. Распакуй его и пришли файл .mid изнутри.';
        case 'music-xml':
          return 'Похоже, это MusicXML, а не MIDI-файл. Сохрани его как MIDI (.mid) в нотном редакторе.';
        case undefined:
          return `Это не MIDI-файл, как бы он ни назывался. ${midiAdvice}`;
        default: {
          const kind = { pdf: 'PDF', 'web-page': 'веб-страница (HTML)', xml: 'файл XML' }[looksLike!.type];
          return `Похоже, это ${kind}, а не MIDI-файл. ${midiAdvice}`;
        }
      }
    },
    'midi.damaged': () => 'Этот MIDI-файл повреждён. Сохрани его заново и пришли новый.',
    'midi.smpte': () =>
      'В этом MIDI-файле время считается в кадрах (SMPTE), а не в долях. Сохрани его с тиками на четверть и пришли снова.',
    'midi.only-drums': () =>
      'В этом MIDI-файле только ударные (канал 10). Пришли файл с мелодией или аккордами.',
    'midi.no-notes': ({ struck }) =>
      struck
        ? 'Ни у одной ноты в этом MIDI-файле нет длительности: ни одну не отпускают после удара. Сохрани его заново и пришли новый.'
        : 'В этом MIDI-файле нет нот. Пришли файл хотя бы с одной.',
    'midi.unreadable': () => 'Этот MIDI-файл не удалось прочесть; пришли покороче или попроще.',
    'midi.too-large': ({ actual, limit }) =>
      `В этом файле ${number(Math.ceil(actual / 1024))} КБ; предел — ${number(Math.ceil(limit / 1024))} КБ. Пришли отрывок покороче.`,
    'midi.too-many-tracks': ({ actual, limit }) =>
      `Дорожек в этом файле: ${number(actual)}; предел — ${number(limit)}. Пришли файл, где их меньше.`,
    'midi.too-many-notes': ({ actual, limit }) =>
      `Нот в этом файле: ${number(actual)}; предел — ${number(limit)}. Пришли отрывок покороче.`,
    'midi.too-many-events': ({ limit }) =>
      `Событий в этом файле больше предела — ${number(limit)}. Пришли отрывок покороче или без данных педали и питч-бенда.`,
    'midi.too-long': ({ actual, limit }) =>
      `Этот файл длится ${clock(Math.ceil(actual))}; предел — ${clock(limit)}. Пришли отрывок покороче.`,
    'record.unknown': () =>
      'Эта пьеса от другой моей версии, и с этой кнопкой я не могу продолжить; воспользуйся командой, можно с её MIDI-файлом.',
    'model.unknown': ({ name, names }) =>
      `Модели «${name}» нет${names.length === 0 ? '' : `; здесь есть ${names.join(', ')}`}.`,
    'model.kind': ({ kind }) => `Модели вида «${kind}» здесь нет; убери параметры, которым она нужна.`,
    'model.damaged': ({ name }) => `Модель «${name}» повреждена; выбери другую.`,
    'model.name': () => 'Имя модели — до 64 букв, цифр, точек и дефисов; выбери другое.',
    'model.taken': ({ name }) => `Модель «${name}» уже есть; выбери другое имя.`,
    'model.no-previous': ({ name }) => `До «${name}» у этого сервера не было другой модели.`,
    'model.not-own': ({ name, isShared }) =>
      isShared
        ? `Модель «${name}» общая, и здесь её удалить нельзя.`
        : `Своей модели «${name}» у этого сервера нет.`,
    'model.in-use': ({ name }) => `Модель «${name}» в работе; сначала выбери другую или вернись к прежней.`,
    'model.elsewhere': ({ name }) => `Модели «${name}» нет на машине, которая сочиняет; выбери другую.`,
    'compose.closed': () => 'Бот выключается; попробуй ещё раз через минуту.',
    'compose.busy': () => 'Слишком много пьес уже ждут; попробуй ещё раз через минуту.',
    'compose.lost': () => 'Сочинение неожиданно прервалось; попробуй ещё раз.',
    'compose.unreachable': () =>
      'Машины, которые сочиняют, сейчас недоступны; попробуй ещё раз через минуту.',
    'compose.version': () =>
      'Машины, которые сочиняют, сейчас обновляются; попробуй ещё раз через несколько минут.',
    'compose.cancelled': () => 'Отменено; ничего не сочинено.',
    'compose.over': () => 'Это уже не сочиняется.',
    'disk.full': () =>
      'Диск бота заполнен, и всё осталось как было. Тому, кто держит бота, нужно освободить место; потом попробуй ещё раз.',
    'zip.too-large': (what) =>
      'files' in what
        ? `В этом zip больше ${counted(what.files, ofFiles)}; присылай меньше за раз.`
        : `Этот zip после распаковки больше ${number(what.unpackedMegabytes)} МБ; присылай меньше файлов за раз.`,
    'zip.damaged': () => 'Этот zip повреждён или в нём необычные имена; собери его заново и пришли новый.',
    'training.too-little-music': ({ windows: found, needed, windowNotes }) =>
      `Для обучения слишком мало музыки: окон из ${number(windowNotes)} нот и следующей — ${number(found)}, а нужно не меньше ${number(needed)}. Добавь примерно столько нот: ${number(needed - found)}.`,
    'training.kind': ({ name }) =>
      `«${name}» — Transformer, а учиться здесь может только LSTM; выбери другую исходную модель.`,
    'training.interrupted': () => 'Бота перезапускают; обучение потом продолжится.',
    'training.failed': () => 'Обучение неожиданно прервалось, и модели остались как были; начни его снова.',
    'training.lost': () =>
      'Прерванное обучение не может продолжиться: его файлы повреждены; начни его снова.',
    'training.over': () => 'Это обучение уже не идёт; отменять нечего.',
    'training.unreadable': ({ isZip }) =>
      isZip
        ? 'Этот zip не удалось распаковать; пришли сами файлы.'
        : 'Его не удалось прочесть; пришли покороче или попроще.',
    'training.busy': ({ model, done, secondsLeft }) => {
      const soFar = [
        ...(done === undefined ? [] : [percent(done)]),
        ...(secondsLeft === undefined ? [] : [`осталось ${timeLeft(Math.round(secondsLeft / 60))}`]),
      ];
      return `Я обучаю по одной модели, и сейчас обучается ${model === undefined ? 'другая' : `\`${model}\``}${soFar.length === 0 ? '' : ` (${soFar.join(', ')})`}; подожди, пока она закончит.`;
    },
    'training.too-large': ({ mebibytes }) =>
      `Вместе файлы могут занимать ${number(mebibytes)} МиБ; пришли меньше или zip.`,
    'training.no-music': ({ folderFiles }) =>
      `Прикрепи MIDI-файлы или zip с ними${folderFiles === 0 ? '' : ' либо укажи в `файлы`, сколько взять из папки оператора'}.`,
    'training.two-sources': () => 'Дай либо свои файлы, либо `файлы`, но не оба.',
    'training.no-folder': () =>
      'Оператор этого бота не подготовил папку с музыкой; прикрепи MIDI-файлы или zip с ними.',
    'training.folder-files': ({ files }) =>
      `Файлов в папке оператора: ${number(files)}; проси от 1 до ${number(files)}.`,
    'training.epochs': ({ min, max, given }) =>
      `эпохи: нужно целое число от ${number(min)} до ${number(max)}; указано ${given}.`,
    'training.rate': ({ min, max, given }) => `скорость: нужно число от ${min} до ${max}; указано ${given}.`,
    'training.file': ({ why, mostMegabytes }) =>
      ({
        'zip-in-zip': 'Это zip внутри zip; сначала распакуй его.',
        'not-midi': 'Это не файл .mid.',
        encrypted: 'Он зашифрован; собери zip без пароля.',
        unusual: 'Он сжат необычным способом; собери zip с обычными настройками.',
        'too-large': `После распаковки он больше ${number(mostMegabytes)} МБ.`,
        damaged: 'Он повреждён и не распаковывается.',
      })[why],
    'training.same-file': ({ twin }) => `Это тот же файл, что «${twin}».`,
    'command.unknown': () => 'Этой команды я больше не знаю; перезапусти Discord.',
    'action.unknown': () => 'Эта кнопка от другой моей версии; воспользуйся командой ещё раз.',
    'action.no-message': () => 'Это не относится ни к одному моему сообщению; воспользуйся командой ещё раз.',
    'bot.stopping': () => 'Меня перезапускают; попробуй ещё раз через минуту.',
    'bot.restarted': () => 'Меня перезапустили раньше, чем это было готово; попроси, пожалуйста, ещё раз.',
    'bot.too-late': () =>
      'Это заняло больше времени, чем Discord даёт на ответ; попробуй с меньшим числом нот.',
    'bot.permissions': ({ missing }) =>
      `Мне не хватает в этом канале ${form(missing.length, { one: 'права', other: 'прав' })} ${list(missing.map((name) => `«${permissions[name] ?? name}»`))}; попроси тех, кто управляет сервером, или используй меня в другом месте.`,
    'bot.not-owner': ({ act }) =>
      `${act === 'cancel' ? 'Отменить' : 'Удалить'} это может только тот, кто об этом попросил, и те, у кого есть право «Управлять сообщениями».`,
    'settings.only-managers': () =>
      'Изменить это могут только те, у кого есть право «Управлять сервером»; попроси кого-нибудь из них.',
    'settings.only-trainers': () =>
      'Это могут только те, у кого есть право «Управлять сервером», и те, кого называет `/настройки тренеры`; попроси кого-нибудь из них.',
    'settings.no-server': () => 'Это относится к серверу; используй это на сервере.',
    'settings.too-many-trainers': ({ most }) =>
      `Назвать можно не больше чем столько ролей и людей: ${number(most)}; назови роль вместо её участников.`,
    'share.at-once': ({ running }) =>
      `Твоих запросов уже в работе: ${number(running)}; подожди, пока один закончится, или отмени его.`,
    'share.hour': ({ who, had, limit, pieces, nextSeconds }) => {
      const share = `${who === 'you' ? 'У тебя' : 'У этого сервера'} за час уже ${number(had)} из ${counted(limit, ofPieces)}`;
      if (nextSeconds === undefined) return `${share}; попроси меньше дублей.`;
      return `${share}; ${pieces === 1 ? 'следующая будет возможна' : `следующие ${number(pieces)} будут возможны`} <t:${nextSeconds}:R>.`;
    },
    'share.channel': ({ channel }) =>
      `Мне нельзя публиковать файлы в <#${channel}>; попроси тех, кто управляет сервером, разрешить это или выбрать другой канал в \`/настройки канал-обмена\`.`,
    'attachment.host': () => 'Этот файл лежит не на Discord; загрузи его сюда.',
    'attachment.expired': () => 'Этого файла больше нет на Discord; загрузи его ещё раз.',
    'attachment.unreachable': () => 'Не удалось получить этот файл с Discord; загрузи его ещё раз.',
    'piece.gone': () =>
      'MIDI-файла этой пьесы больше нет, а с ним и всего, что я о ней знал; сочини новую через /сочинить.',
    'remix.slow': () => 'Не удалось вовремя получить пьесу; нажми «Ремикс» ещё раз.',
    'message.no-midi': () => 'В этом сообщении нет MIDI-файла; выбери сообщение с файлом .mid.',
    'message.one-midi': () =>
      'Прикрепи один MIDI-файл (.mid), с которого начать, или ни одного — для встроенного начала.',
    'message.many-midi': () =>
      'В этом сообщении несколько MIDI-файлов; выбери сообщение с одним файлом .mid или используй /сочинить с нужным.',
    'message.empty': () =>
      'Скажи, что сочинить, параметрами как в команде, например `ноты:200 температура:0.8 тональность:C`, и, если хочешь, прикрепи MIDI-файл, с которого начать; все параметры показывает /сочинить.',
    'preset.empty': () => 'Укажи хотя бы один параметр, который набор должен запомнить.',
    'preset.name': () => 'Имя набора — одно слово не длиннее 32 букв, цифр и дефисов; выбери другое.',
    'preset.built-in': ({ name }) => `«${name}» — один из моих наборов; выбери другое имя.`,
    'preset.too-many': ({ most }) =>
      `Наборов у сервера может быть не больше ${number(most)}; сначала удали один.`,
    'preset.unknown': ({ name, names }) =>
      `Набора «${name}» нет; ${names.length === 0 ? 'пока нет ни одного' : `есть ${names.join(', ')}`}.`.slice(
        0,
        1900,
      ),
  }),
};
