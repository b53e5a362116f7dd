import type { Language } from '../language.js';
import { number } from './grammar.js';

export const settings: Language['settings'] = {
  title: '**このサーバーの設定**',
  defaults: (written) => `/作曲 の既定のオプション：${written === undefined ? '標準' : `\`${written}\``}`,
  shareChannel: (channel) => `「共有」の投稿先：${channel ?? '押されたチャンネル'}`,
  daily: (channel, time) => `今日の一曲：${channel === undefined ? 'オフ' : `${channel}、${time}`}`,
  presets: (count) => `保存したプリセット：${number(count)}個（\`/プリセット 一覧\`を参照）`,
  limits: (person, server) => `1時間あたりの曲数：一人${number(person)}曲、サーバー全体で${number(server)}曲`,
  trainers: (names) => `モデルの訓練と管理ができる人：サーバー管理者${names === '' ? '' : `、${names}`}`,
  language: (language) => `メンバーの言語がわからないときの言語：${language ?? 'サーバーの言語'}`,
};

export const daily: Language['daily'] = {
  heading: '**今日の一曲**',
  vote: '次の曲はどうしますか？',
  same: 'このまま',
};

export const presets: Language['presets'] = {
  saved: (name, command) => `プリセット**${name}**を保存しました：\`${command}\``,
  deleted: (name) => `プリセット**${name}**を削除しました。`,
  own: 'このサーバーのプリセット：',
  builtIn: '内蔵のプリセット：',
  hint: '-# 使い方：`/作曲 プリセット:…`。一緒に指定したオプションが優先されます。',
};

export const forget: Language['forget'] = {
  warning: (presets, models) =>
    `**このサーバーについて保存しているものをすべて削除します**：設定、プリセット（${number(presets)}個）、訓練したモデル（${number(models)}個）、進行中の訓練。元には戻せません。投稿済みの曲はチャンネルに残ります。`,
  button: 'すべて削除',
  done: 'このサーバーについて保存していたものをすべて削除しました。',
};
