import type { Language } from '../language.js';
import { number } from './grammar.js';

export const radio: Language['radio'] = {
  heading: (channel) => `📻 ${channel}で**ラジオ**を放送中`,
  startedBy: (user, wish) => `開始：${user}${wish === undefined ? '' : `（${wish}）`}`,
  composing: '曲を作曲しています。',
  next: (title) => `次の曲：${title}`,
  composingNext: '次の曲を作曲しています。',
  levels: {
    muchCalmer: 'ずっと穏やかに',
    calmer: '穏やかに',
    livelier: 'にぎやかに',
    muchLivelier: 'ずっとにぎやかに',
  },
  paused: '誰かが聴きに来るまで一時停止しています。',
  silenced: 'ここでは発言できません。ステージに招待するか、ミュートを解除してください。',
  otherBots: (bots) => `${bots}もここにいます。ほかのボットも再生すると、両方の音が聞こえます。`,
  volume: (percent) => `音量${percent}％`,
  stays: '24時間',
  until: (time) => `${time}まで`,
  buttons: {
    skip: 'スキップ',
    calmer: '穏やかに',
    livelier: 'にぎやかに',
    like: 'いいね',
    keep: 'この曲を保存',
    stop: '停止',
  },
  votes: (votes, needed) => `スキップへの投票：${number(needed)}票中${number(votes)}票`,
  started: (channel) => `${channel}で流しています。メッセージのボタンで音楽を変えられます。`,
  broughtBy: (user) => `${user}さんの曲`,
  queued: (channel, ahead) =>
    ahead === 0
      ? `この曲は${channel}で次に流れます。`
      : `この曲は${channel}で、ほかの${number(ahead)}曲のあとに流れます。`,
  skipping: '次の曲に進みます。',
  stopped: 'ラジオを止めました。',
  volumeSet: (percent) => `ラジオの音量を${percent}％にしました。`,
  chosen: (dj, timeZone) =>
    `投票なしで操作できる人：サーバー管理者${dj === undefined ? '' : `、${dj}`}。タイムゾーン：${timeZone ?? '未設定'}`,
  ended: {
    until: '予定の時刻になったので、ラジオを終わりました。',
    returns: '再起動しています。ラジオはまもなく自動で再開します。',
    stopped: (user) => `${user}さんがラジオを止めました。`,
    alone: '聴いている人がいなくなったので退出しました。',
    kicked: 'ボイスチャンネルから切断されました。',
    'no-answer': 'ボイスチャンネルに入れませんでした。空きがあるか、接続の権限があるかを確かめてください。',
    lost: 'ボイスチャンネルとの接続が切れました。ラジオをもう一度始めてください。',
    'no-encryption':
      'Discordが求める暗号化を確立できませんでした。このボットの運営者に更新を頼んでください。',
    ended: 'Discordが通話を終了しました。',
    restart: '再起動のためラジオを止めました。1分後にもう一度始めてください。',
  },
};
