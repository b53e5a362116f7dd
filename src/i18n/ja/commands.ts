import { trainingSettings } from '../../request/networks.js';
import type { Language } from '../language.js';
import { number } from './grammar.js';
import { composeOptions } from './options.js';

export const commands: Language['commands'] = {
  compose: {
    name: '作曲',
    description: '曲を作ります：MIDIファイル、音声、ピアノロール',
    options: composeOptions,
  },
  composeFromMidi: { name: 'このMIDIから作曲' },
  continueMidi: { name: 'このMIDIの続きを作曲' },
  playMidi: { name: 'ボイスチャンネルで再生' },
  preset: {
    name: 'プリセット',
    description: '/作曲 用に保存したオプション',
    list: { name: '一覧', description: 'すべてのプリセットとそのオプションを表示' },
    save: { name: '保存', description: 'オプションをプリセットとして保存（「サーバー管理」が必要）' },
    delete: { name: '削除', description: 'このサーバーのプリセットを削除（「サーバー管理」が必要）' },
    presetName: { name: '名前', description: 'プリセットの名前' },
  },
  settings: {
    name: '設定',
    description: 'このサーバーの設定',
    show: { name: '表示', description: 'このサーバーの設定を表示' },
    defaults: {
      name: '既定値',
      description: '/作曲 の既定のオプションを設定。省略したものは初期値に戻ります',
    },
    shareChannel: {
      name: '共有先',
      description: '「共有」の投稿先を選ぶ',
      channel: { name: 'チャンネル', description: '省略すると「共有」が押されたチャンネル' },
    },
    daily: {
      name: '毎日',
      description: '毎日チャンネルに曲を投稿する',
      channel: { name: 'チャンネル', description: '省略すると投稿をやめます' },
      hour: { name: '時刻', description: 'UTCの時（0～23、初期値は18）' },
    },
    limits: {
      name: '上限',
      description: '1時間あたりの曲数を制限。省略したものは初期値に戻ります',
      person: { name: '個人', description: '一人あたりの上限（曲/時）' },
      server: { name: 'サーバー', description: 'サーバー全体の上限（曲/時）' },
    },
    trainers: {
      name: '訓練者',
      description: 'サーバー管理者以外でモデルの訓練と管理ができる人を選ぶ',
      allow: { name: '許可', description: '追加するロールまたはメンバー' },
      forbid: { name: '禁止', description: '外すロールまたはメンバー' },
    },
    language: {
      name: '言語',
      description: 'メンバーの言語がわからないときに使う言語',
      language: { name: '言語', description: '省略するとサーバーの言語' },
    },
  },
  train: {
    name: '訓練',
    description: 'あなたの音楽でこのサーバー専用のモデルを訓練',
    modelName: { name: '名前', description: '新しいモデルの名前' },
    file: (n) => ({
      name: `ファイル${n}`,
      description: n === 1 ? 'MIDIファイル、またはMIDIファイルのzip' : 'ほかのファイル',
    }),
    files: {
      name: 'ファイル数',
      description: 'ファイルを送る代わりに、運営者の音楽フォルダーから使うファイル数',
    },
    epochs: {
      name: 'エポック',
      description: `音楽を繰り返す回数（既定：${number(trainingSettings.epochs.default)}）`,
    },
    rate: { name: '学習率', description: `最大の学習率（既定：${number(trainingSettings.rate.default)}）` },
    from: { name: '元', description: '元にするモデル（既定：使用中のもの）' },
  },
  model: {
    name: 'モデル',
    description: 'このサーバーのモデル',
    list: { name: '一覧', description: 'モデルの一覧と使用中のモデルを表示' },
    show: { name: '表示', description: 'モデルの訓練データ、方法、性能を表示' },
    use: { name: '使用', description: 'このサーバーの作曲に使うモデルを選ぶ' },
    rollback: { name: '戻す', description: '前に使っていたモデルに戻す' },
    delete: { name: '削除', description: 'このサーバーが訓練したモデルを削除' },
    modelName: { name: '名前', description: 'モデルの名前' },
  },
  radio: {
    name: 'ラジオ',
    description: 'ボイスチャンネルで流れ続ける、その場で作曲される音楽',
    start: { name: '開始', description: '今いるボイスチャンネルでラジオを始める' },
    stop: { name: '停止', description: 'ラジオを止める' },
    skip: { name: 'スキップ', description: '次の曲に進む（ほかの人の同意が要ることがあります）' },
    volume: { name: '音量', description: 'このサーバーでのラジオの音量を決める' },
    percent: { name: 'パーセント', description: '100が普通の音量です' },
    now: { name: '再生中', description: '流れている曲を表示する' },
    until: { name: '終了', description: 'いつ終わるか：2h、90 min、22:30など' },
    byHour: { name: '時間帯', description: '時間帯に合わせて雰囲気を変えるか' },
    stay: { name: '常時', description: '再起動のあとも、24時間流し続けるか（管理者のみ）' },
    settings: { name: '設定', description: 'DJロールとタイムゾーンを選ぶ。省略すると元に戻る' },
    dj: { name: 'dj', description: '投票なしでスキップや停止ができるロール' },
    timeZone: { name: 'タイムゾーン', description: '時刻のため。例：Asia/Tokyo' },
  },
  forget: { name: '忘却', description: 'このサーバーについて保存しているものをすべて削除' },
  help: {
    name: 'ヘルプ',
    description: 'コピーできる例と各オプションの効果',
    topic: { name: '話題', description: '表示する内容（既定：はじめに）' },
    topics: {
      start: 'はじめに',
      options: 'オプション',
      character: '性格',
      songs: '合奏',
      files: 'ファイル',
      radio: 'ラジオ',
      server: 'サーバー',
    },
  },
  about: { name: '概要', description: 'モデル、ライセンス、応答時間' },
};
