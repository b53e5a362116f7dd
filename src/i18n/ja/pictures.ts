import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number } from './grammar.js';
import { key } from './words.js';

const speeds = {
  'very slow': 'とても遅い',
  slow: '遅い',
  moderate: '中くらいの速さ',
  'moderately fast': 'やや速い',
  fast: '速い',
  'very fast': 'とても速い',
} as const;

const registers = {
  'low to high': '低音から高音まで',
  'mostly low': '主に低音域',
  'mostly middle': '主に中音域',
  'mostly high': '主に高音域',
} as const;

const loudness = {
  'very soft': 'とても弱い',
  soft: '弱い',
  'moderately loud': '中くらいの強さ',
  loud: '強い',
  'very loud': 'とても強い',
} as const;

export const titles: Language['titles'] = {
  after: '「#」による',
  untitled: 'MIDIファイルから',
  openings: {
    Improvisation: '即興曲',
    'J. S. Bach, Prelude from Cello Suite No. 1': 'J. S. バッハ：無伴奏チェロ組曲第1番より前奏曲',
    'J. S. Bach, Prelude in C major': 'J. S. バッハ：前奏曲 ハ長調',
    'L. van Beethoven, Für Elise': 'ベートーヴェン：エリーゼのために',
    'L. van Beethoven, Moonlight Sonata': 'ベートーヴェン：月光ソナタ',
    'F. Chopin, Prelude in A major': 'ショパン：前奏曲 イ長調',
    'W. A. Mozart, Andante grazioso': 'モーツァルト：アンダンテ・グラツィオーソ',
    'W. A. Mozart, Sonata facile': 'モーツァルト：ソナタ・ファチーレ',
    'C. Petzold, Minuet in G major': 'ペツォールト：メヌエット ト長調',
    'E. Satie, Gymnopédie No. 1': 'サティ：ジムノペディ第1番',
    'R. Schumann, Träumerei': 'シューマン：トロイメライ',
    'Traditional, Amazing Grace': 'アメイジング・グレイス',
    'Traditional, Auld Lang Syne': '蛍の光',
    'J. S. Bach, Invention in C major': 'J. S. バッハ：インヴェンション ハ長調',
    'J. S. Bach, Invention in D minor': 'J. S. バッハ：インヴェンション ニ短調',
    'J. S. Bach, Prelude in C minor': 'J. S. バッハ：前奏曲 ハ短調',
    'L. van Beethoven, Ode to Joy': 'ベートーヴェン：歓喜の歌',
    'L. van Beethoven, Piano Sonata in F minor': 'ベートーヴェン：ピアノソナタ ヘ短調',
    'G. Bizet, Habanera': 'ビゼー：ハバネラ',
    'J. Brahms, Lullaby': 'ブラームス：子守歌',
    'F. Chopin, Waltz in D-flat major': 'ショパン：ワルツ 変ニ長調',
    'F. Chopin, Prelude in E minor': 'ショパン：前奏曲 ホ短調',
    'Traditional, Greensleeves': 'グリーンスリーヴス',
    'E. Grieg, In the Hall of the Mountain King': 'グリーグ：山の魔王の宮殿にて',
    'S. Joplin, The Entertainer': 'ジョプリン：ジ・エンターテイナー',
    'Traditional, Korobeiniki': 'コロブチカ',
    'W. A. Mozart, Rondo alla turca': 'モーツァルト：トルコ行進曲',
    'M. Mussorgsky, Promenade': 'ムソルグスキー：プロムナード',
    'J. Offenbach, Galop infernal': 'オッフェンバック：地獄のギャロップ',
    'J. Pachelbel, Canon': 'パッヘルベル：カノン',
    'N. Rimsky-Korsakov, Flight of the Bumblebee': 'リムスキー＝コルサコフ：熊蜂の飛行',
    'G. Rossini, William Tell': 'ロッシーニ：ウィリアム・テル',
    'C. Saint-Saëns, The Swan': 'サン＝サーンス：白鳥',
    'Traditional, Scarborough Fair': 'スカボロー・フェア',
    'F. Schubert, Serenade': 'シューベルト：セレナーデ',
    'J. Strauss II, The Blue Danube': 'シュトラウス：美しく青きドナウ',
    'P. I. Tchaikovsky, Swan Lake': 'チャイコフスキー：白鳥の湖',
  },
};

export const altText: Language['altText'] = {
  sound(sound) {
    if (sound === undefined) return '音のない曲。';
    const [softest, loudest] = sound.loudness;
    return [
      `${number(sound.notes)}音${sound.given === undefined ? '' : `（最初の${number(sound.given)}音が冒頭）`}`,
      ...(sound.key === undefined ? [] : [key(sound.key)]),
      clock(sound.seconds),
      ...(sound.speed === undefined ? [] : [speeds[sound.speed]]),
      registers[sound.register],
      softest === loudest ? loudness[softest] : `${loudness[softest]}から${loudness[loudest]}まで`,
    ].join('、');
  },
  playedBy: (sound, parts) => `${sound}、演奏：${parts}`,
  outputs: {
    midi: (sound) => sound,
    audio: (sound, isPiano) => (isPiano ? `ピアノでの試聴：${sound}` : `試聴：${sound}`),
    image: (sound) => `ピアノロール：${sound}`,
  },
  curve: (model, validations) =>
    `${model}の訓練曲線：訓練時と検証用の音楽での損失、検証${number(validations)}回後`,
  sampleBy: (model, sound) => `${model}による。${sound}`,
  helpPianoRoll: '例のピアノロール：冒頭は枠だけ、作曲された音符は塗りつぶし',
  helpPreview: '同じ曲をピアノで弾いた音',
};

export const picture: Language['picture'] = {
  roll: {
    notes: { other: '#音' },
    ...{ given: '与えられた音', new: '新しい音', soft: '弱', loud: '強' },
    sections: { intro: 'イントロ', interlude: '間奏', outro: 'アウトロ', other: 'その他' },
  },
  curve: {
    title: (model) => `${model}の訓練`,
    lossOverSteps: 'ステップごとの損失',
    lowest: '最小の検証損失',
    ...{ step: 'ステップ', steps: 'ステップ', training: '訓練', validation: '検証' },
  },
};
