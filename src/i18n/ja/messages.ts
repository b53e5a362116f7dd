import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number } from './grammar.js';
import { key } from './words.js';

export const buttons: Language['buttons'] = {
  cancel: 'キャンセル',
  again: 'もう一曲',
  vary: '変奏',
  continue: '続ける',
  remix: 'リミックス',
  edit: '編集',
  info: '情報',
  play: 'ボイスで再生',
  share: '共有',
  delete: '削除',
  take: (n) => `テイク${n}`,
  use: '使用',
};

export const progress: Language['progress'] = {
  queued: (place) =>
    place === 1 ? '順番待ち：次があなたの番です。' : `順番待ち：${number(place)}番目です。`,
  composing: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `、残り約${number(secondsLeft)}秒`;
    return `作曲中：${number(total)}音のうち${number(done)}音${left}。`;
  },
  composingTime: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `、残り約${number(secondsLeft)}秒`;
    return `作曲中：${clock(total)}のうち${clock(done)}${left}。`;
  },
  rendering: '音声と画像を作成中です。',
};

export const result: Language['result'] = {
  notes: (count) => `${number(count)}音`,
  key,
  seed: 'シード',
  takes: (count) => `**${number(count)}つのバージョン。** 聴いて一つ選ぶと、画像とボタンが表示されます。`,
  previewCut: (time) => `試聴は最初の${time}までです。MIDIファイルには曲全体が入っています。`,
  previewPart: (from, to) =>
    `試聴は${from}から${to}まで、新しい音楽のところです。MIDIファイルには曲全体が入っています。`,
  previewTooLarge: '試聴がDiscordには大きすぎました。MIDIファイルには曲全体が入っています。',
  previewsTooLarge: '試聴がDiscordには大きすぎました。テイクを選ぶと聴けます。',
  shared: (channel) => `${channel} に共有しました。`,
  understood: (words) => `理解した言葉：${words}。`,
  inStyle: (composer) => `${composer}風`,
  meant: {
    not: (word) => `「${word}」以外`,
    without: (word) => `${word}なし`,
    very: (word) => `とても${word}`,
    slightly: (word) => `少し${word}`,
  },
  notInSongs: (words) => `合奏曲には反映されません：${words}`,
  notUnderstood: (words) => `認識できなかった言葉：${words}。`,
  perhaps: (word, nearest) => `${word}（「${nearest}」のことですか？）`,
  untaught: (words, nearest) =>
    nearest === ''
      ? `まだ学習していません：${words}。ピアノ独奏でお届けします。`
      : `まだ学習していません：${words}。いちばん近いもの：${nearest}。`,
  nothingUnderstood:
    '認識できる言葉がありませんでした。雰囲気、速さ、作曲家、調、スタイル、楽器がわかります。',
};

export const info: Language['info'] = {
  composedBy: (weights, total, given) =>
    `\`${weights}\`が作曲：${number(total)}音、最初の${number(given)}音が冒頭です。`,
  continues: 'この曲は別の曲の続きです。もう一度作るには「リミックス」を押して次を入力',
  steered: 'この曲は、ラジオで流れている間に曲調が変えられました。最初は次のとおりです。',
  fromNote: (note) => `${number(note)}番目の音から：`,
  fromFile: 'まったく同じ曲を作るには、このコマンドに下のファイルを`midi`として添えてください。',
  again: 'まったく同じ曲を作るには：',
  changed: 'その後、モデルか規則が変わったため、同じコマンドでも別の曲になることがあります。',
  wasChanged: '作曲後にパート、楽器、テンポまたはキーが変更されています。このコマンドでは元の曲になります。',
};

export const changes: Language['changes'] = {
  parts: 'パートをミュートまたはソロにする',
  instruments: '楽器を変える',
  music: 'テンポやキーを変える',
  mute: (part) => `${part}をミュート`,
  unmute: (part) => `${part}のミュートを解除`,
  solo: (part) => `${part}だけ`,
  everybody: 'すべてのパート',
  slower: (bpm) => `遅く：♩ = ${bpm}`,
  faster: (bpm) => `速く：♩ = ${bpm}`,
  transpose: (semitones) => `${semitones}半音移調`,
  key: (key, semitones) => `${key}（${semitones}）`,
};

export const remix: Language['remix'] = {
  title: 'リミックス',
  options: 'オプション',
  optionsHint: '/作曲 と同じ書き方です。シードを消すと新しい値、ほかのオプションを消すと既定値になります。',
  file: '別のMIDIファイルから始める',
  samePiece: '空欄なら同じ曲の続きを作ります。',
  sameFile: '空欄なら同じファイルから始めます。',
  sameUpload: (file) => `空欄なら、もう一度${file}から始めます。`,
  sameOpening: '空欄なら上に書かれた冒頭、またはシードが選ぶ冒頭から始めます。',
  newSong: '空欄なら上のオプションで曲を作ります。',
};

export const apology: Language['apology'] = (id) =>
  `こちらで問題が起きました。もう一度お試しください。続く場合は、ボットの運営者にこのエラー番号を伝えてください：${id}`;
