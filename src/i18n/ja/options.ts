import type { Language } from '../language.js';
import { songOptions } from './songs.js';

export const options: Language['options'] = {
  ...songOptions,
  style: {
    name: 'スタイル',
    description: '曲の様式（ワルツ、弦楽四重奏）・雰囲気・時代・作曲家を読点で区切って',
  },
  notes: { name: '音符', description: '作曲する音符の数（既定：300）' },
  length: { name: '長さ', description: '曲の長さ（音符の代わりに指定）：0:45、90秒、2分など' },
  temp: { name: '温度', description: '温度：低いほど慎重、高いほど大胆（既定：1.0）' },
  tempo: { name: 'テンポ', description: '速さ：2で2倍の速さ（既定：1.0）' },
  pitch: { name: '音高', description: '音楽の中心の高さ。60が中央ハ。0～127を外れた音はオクターブ移動' },
  velocity: { name: 'ベロシティ', description: '平均の強さ：40は弱く、100は強く' },
  key: { name: '調', description: '主音（Cはハ、Aはイ）。音階を選ばなければ長調' },
  scale: { name: '音階', description: 'すべての音が属する音階。調がなければハ音から' },
  quantise: { name: 'グリッド', description: '音符をそろえる：8分（全音符まで）、16分、8分の三連符' },
  voices: { name: '声部', description: '単声は一度に1音だけ' },
  sampling: { name: '抽出', description: 'LSTMのみ：広めは生き生きと、原型は元のプロジェクトの音' },
  mood: { name: '雰囲気', description: '音楽の雰囲気（lstm以外）' },
  density: { name: '密度', description: 'Transformerのみ：1秒あたりの音の数' },
  polyphony: { name: '厚み', description: 'Transformerのみ：同時に鳴る音の数' },
  composer: { name: '作曲家', description: 'Transformerのみ：作曲家の作風で' },
  era: { name: '時代', description: 'Transformerのみ：時代の様式で' },
  text: {
    name: '言葉',
    description: '自分の言葉で説明。例：悲しく遅いニ短調の曲',
  },
  seed: { name: 'シード', description: '乱数のシード：同じ値と同じ設定なら同じ曲' },
  model: {
    name: 'モデル',
    description: 'モデル：transformer（表情豊か）、lstm（小さく速い）、またはこのサーバーのモデル',
  },
  opening: { name: '冒頭', description: '内蔵の冒頭（既定：シードが選ぶ）' },
  title: { name: 'タイトル', description: '曲のタイトル（既定：希望した内容から）' },
};

export const composeOptions: Language['commands']['compose']['options'] = {
  preset: { name: 'プリセット', description: '保存したオプション。ここで指定したものが優先' },
  midi: { name: 'midi', description: '内蔵の冒頭の代わりに、始まりにするMIDIファイル' },
  takes: { name: 'テイク', description: '作るバージョンの数（既定：1）' },
  private: { name: '非公開', description: '結果を自分だけに表示。「共有」で投稿できます' },
  voice: { name: '音声', description: '試聴をボイスメッセージでも送る' },
  more: { name: 'その他', description: 'ほかの設定を「名前:値」の形で。例：テンポ:0.7 声部:単声' },
};
