import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number, counted, notes } from './grammar.js';
import { key } from './words.js';

const speeds = {
  'very slow': 'очень медленно',
  slow: 'медленно',
  moderate: 'умеренно',
  'moderately fast': 'довольно быстро',
  fast: 'быстро',
  'very fast': 'очень быстро',
} as const;

const registers = {
  'low to high': 'от низкого до высокого регистра',
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

export const titles: Language['titles'] = {
  after: 'По мотивам: #',
  untitled: 'Из MIDI-файла',
  openings: {
    Improvisation: 'Импровизация',
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
    'Traditional, Amazing Grace': 'Народная, Amazing Grace',
    'Traditional, Auld Lang Syne': 'Народная, Старое доброе время',
    'J. S. Bach, Invention in C major': 'И. С. Бах, Инвенция до мажор',
    'J. S. Bach, Invention in D minor': 'И. С. Бах, Инвенция ре минор',
    'J. S. Bach, Prelude in C minor': 'И. С. Бах, Прелюдия до минор',
    'L. van Beethoven, Ode to Joy': 'Л. ван Бетховен, Ода к радости',
    'L. van Beethoven, Piano Sonata in F minor': 'Л. ван Бетховен, Соната фа минор',
    'G. Bizet, Habanera': 'Ж. Бизе, Хабанера',
    'J. Brahms, Lullaby': 'И. Брамс, Колыбельная',
    'F. Chopin, Waltz in D-flat major': 'Ф. Шопен, Вальс ре-бемоль мажор',
    'F. Chopin, Prelude in E minor': 'Ф. Шопен, Прелюдия ми минор',
    'Traditional, Greensleeves': 'Народная, Зелёные рукава',
    'E. Grieg, In the Hall of the Mountain King': 'Э. Григ, В пещере горного короля',
    'S. Joplin, The Entertainer': 'С. Джоплин, Артист эстрады',
    'Traditional, Korobeiniki': 'Народная, Коробейники',
    'W. A. Mozart, Rondo alla turca': 'В. А. Моцарт, Турецкий марш',
    'M. Mussorgsky, Promenade': 'М. Мусоргский, Прогулка',
    'J. Offenbach, Galop infernal': 'Ж. Оффенбах, Адский галоп',
    'J. Pachelbel, Canon': 'И. Пахельбель, Канон',
    'N. Rimsky-Korsakov, Flight of the Bumblebee': 'Н. Римский-Корсаков, Полёт шмеля',
    'G. Rossini, William Tell': 'Дж. Россини, Вильгельм Телль',
    'C. Saint-Saëns, The Swan': 'К. Сен-Санс, Лебедь',
    'Traditional, Scarborough Fair': 'Народная, Ярмарка в Скарборо',
    'F. Schubert, Serenade': 'Ф. Шуберт, Серенада',
    'J. Strauss II, The Blue Danube': 'И. Штраус, Голубой Дунай',
    'P. I. Tchaikovsky, Swan Lake': 'П. И. Чайковский, Лебединое озеро',
  },
};

export const altText: Language['altText'] = {
  sound(sound) {
    if (sound === undefined) return 'Пьеса без нот.';
    const [softest, loudest] = sound.loudness;
    return [
      counted(sound.notes, notes) +
        (sound.given === undefined ? '' : ` (начало — первые ${number(sound.given)})`),
      ...(sound.key === undefined ? [] : [key(sound.key)]),
      clock(sound.seconds),
      ...(sound.speed === undefined ? [] : [speeds[sound.speed]]),
      registers[sound.register],
      softest === loudest ? loudness[softest] : `от «${loudness[softest]}» до «${loudness[loudest]}»`,
    ].join(', ');
  },
  playedBy: (sound, parts) => `${sound}, исполняют: ${parts}`,
  outputs: {
    midi: (sound) => sound,
    audio: (sound, isPiano) =>
      isPiano ? `Прослушивание на фортепиано: ${sound}` : `Прослушивание: ${sound}`,
    image: (sound) => `Клавишная сетка: ${sound}`,
  },
  curve: (model, validations) =>
    `График обучения модели ${model}: потери на обучающей и отложенной музыке; проверок: ${number(validations)}`,
  sampleBy: (model, sound) => `Модель ${model}. ${sound}`,
  helpPianoRoll: 'Клавишная сетка примера: начало контуром, сочинённые ноты сплошные',
  helpPreview: 'Та же пьеса на фортепиано',
};

export const picture: Language['picture'] = {
  roll: {
    notes: { one: '# нота', few: '# ноты', many: '# нот', other: '# ноты' },
    ...{ given: 'заданы', new: 'новые', soft: 'тихо', loud: 'громко' },
    sections: { intro: 'Вступление', interlude: 'Проигрыш', outro: 'Концовка', other: 'Часть' },
  },
  curve: {
    title: (model) => `Обучение модели ${model}`,
    lossOverSteps: 'Потери по шагам',
    lowest: 'Наименьшие потери при проверке',
    ...{ step: 'шаг', steps: 'шаги', training: 'обучение', validation: 'проверка' },
  },
};
