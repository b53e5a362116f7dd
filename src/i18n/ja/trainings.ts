import type { Language } from '../language.js';
import { number, percent, timeLeft } from './grammar.js';

export const models: Language['models'] = {
  current: '使用中',
  shipped: '内蔵',
  operator: '運営者が追加',
  server: 'このサーバーが訓練',
  kinds: {
    transformer: '多声で強弱も自在。雰囲気・作曲家・言葉に従う',
    lstm: '小さく速い。/訓練 で訓練できる',
    song: 'Transformer：実際の音楽に近い合奏曲',
    book: 'パターンと規則：いろいろな様式の合奏曲',
  },
  composes: { keyboard: 'ピアノ曲', songs: '合奏曲' },
  made: {
    transformer:
      'ピアノ演奏962曲（MAESTRO v2.0.0）で、1コアで約3時間訓練しました。本物の音楽との距離は5.4です（比較：本物どうし3.6、lstm 27.4）。',
    lstm: 'ピアノ演奏962曲（MAESTRO v2.0.0）を1回ずつ聴いて訓練しました。本物の音楽との距離は27.4です（比較：本物どうし3.6、transformer 5.4）。',
    song: '自由に使える楽譜とMIDIファイルの1700万音で訓練しました。調とコードを守り、繰り返しの多さも本物の曲とほぼ同じです。',
    book: '訓練はしていません。手書きのパターンと規則で作曲します。',
  },
  trained: '訓練',
  from: (parent) => `${parent}から`,
  epochs: (count) => `${number(count)}エポック`,
  rate: (rate) => `学習率${rate}`,
  windows: (count) => `${number(count)}窓`,
  heldOutLoss: '検証用の音楽での損失',
  parentLoss: '元のモデルの損失',
  validationLoss: '検証損失',
  first: (value) => `最初${value}`,
  lowest: (value, at) => `最低${value}（${number(at)}エポック後）`,
  last: (value) => `最後${value}`,
  learntFrom: (count) => `${number(count)}個のファイルから学習：`,
  more: (count) => `…ほか${number(count)}件。`,
  inUse: (name) => `このサーバーは${name}で作曲します。元に戻すには\`/モデル 戻す\`。`,
  deleted: (name) => `モデル${name}を削除しました。`,
};

export const training: Language['training'] = {
  heading: (name, parent, user) => `**${name}の訓練**（元は${parent}、${user}のため）`,
  resumed: '再起動後に再開',
  gettingReady: '準備中です。',
  epoch: (epoch, total) => `エポック${number(epoch)}/${number(total)}`,
  loss: (value) => `損失${value}`,
  validationLoss: (value) => `検証損失${value}`,
  lowest: (value) => `これまでの最低${value}`,
  timeLeft: (minutes) => `残り${timeLeft(minutes)}`,
  paused: '再起動します。訓練は再起動後に続きます。',
  listen: '両方を聴き比べてください：同じ冒頭と同じシードから演奏しています。',
  finished: '訓練が完了しました。',
  'no-improvement': '改善が止まったため早めに終了しました。これが最良の時点です。',
  stopped: 'キャンセルされました。これがこれまでの最良の時点です。',
  diverged: '損失が数値でなくなったため早めに終了しました。これがそれまでの最良の時点です。',
  better: (change, value, parent, parentValue) =>
    `**${percent(change, 1)}改善：**検証用の音楽での損失は${value}、${parent}は${parentValue}です。`,
  noBetter: (name, value, parent, parentValue) =>
    `**${name}は${parent}よりよくありません：**検証用の音楽での損失は${value}、${parent}は${parentValue}です。音が気に入った場合だけ使ってください。`,
  table: { heldOut: '検証用', loss: '損失', pitch: '音高', step: '間隔', duration: '長さ' },
  nothingChanges: '訓練できる人が「使用」を押すまで、このサーバーでは何も変わりません。',
  withoutFiles: 'Discordが曲線と音声を受け付けませんでした。数値は`/モデル 表示`で見られます。',
  failed: (sentence) => `**訓練に失敗しました。**${sentence}`,
  operatorNumber: (id) => `ボットの運営者向けのエラー番号：${id}`,
  windows: (training, heldOut) => `訓練用${number(training)}窓、検証用${number(heldOut)}窓。`,
  leftOut: (file, reason) => `スキップ：${file}：${reason}`,
  leftOutMore: (count) => `ほかにスキップ：${number(count)}件。`,
  begun: (link) => `訓練を開始しました：${link}`,
  begunUnseen:
    '訓練を開始しましたが、このチャンネルには表示できません。終わったら`/モデル 表示`で結果を見られます。',
  otherParent: (parent) =>
    `${parent}から始めます。このサーバーが使うTransformerはここでは訓練できないためです。`,
  cancelled: '訓練を停止します。これまでの最良の時点が残ります。',
};
