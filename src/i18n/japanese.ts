import { composerNames } from '../request/words/composer-names.js';
import type { Key, Tonic } from '../music/theory/key.js';
import { fineTuning } from '../model/lstm/fine-tuning.js';
import type { Language } from './english.js';
import { clock, figures } from './grammar.js';
import { refusalSentence } from './refusals.js';

const { number, percent } = figures('ja');

const tonics: Readonly<Record<Tonic, string>> = {
  ...{ C: 'ハ', 'C#': '嬰ハ', D: 'ニ', Eb: '変ホ', E: 'ホ', F: 'ヘ' },
  ...{ 'F#': '嬰ヘ', G: 'ト', Ab: '変イ', A: 'イ', Bb: '変ロ', B: 'ロ' },
};

const choices: Language['choices'] = {
  scale: {
    major: '長調',
    'natural-minor': '自然的短調',
    'harmonic-minor': '和声的短調',
    'melodic-minor': '旋律的短調',
    dorian: 'ドリア',
    phrygian: 'フリギア',
    lydian: 'リディア',
    mixolydian: 'ミクソリディア',
    locrian: 'ロクリア',
    'major-pentatonic': '長ペンタトニック',
    'minor-pentatonic': '短ペンタトニック',
    blues: 'ブルース',
    'whole-tone': '全音音階',
    chromatic: '半音階',
  },
  quantise: { none: 'なし', seed: '8分', straight: '16分', triplet: '三連符' },
  voices: { poly: '多声', mono: '単声' },
  sampling: { spread: '広め', source: '原型' },
  mood: {
    sad: '悲しい',
    calm: '穏やか',
    tender: '優しい',
    dreamy: '夢見心地',
    mysterious: '神秘的',
    dark: '暗い',
    happy: '楽しい',
    playful: '遊び心',
    dramatic: '劇的',
    angry: '怒り',
    triumphant: '勝利',
    epic: '壮大',
  },
  density: { sparse: 'まばら', light: '少なめ', medium: '中くらい', busy: '多め', dense: '密集' },
  polyphony: { thin: '薄い', light: '軽い', medium: '中くらい', rich: '豊か', full: '厚い' },
  composer: composerNames.japanese,
  era: { baroque: 'バロック', classical: '古典派', romantic: 'ロマン派', modern: '近代' },
};

function key({ tonic, scale }: Key): string {
  const name = tonics[tonic];
  switch (scale) {
    case 'major':
      return `${name}長調`;
    case 'natural-minor':
      return `${name}短調`;
    case 'harmonic-minor':
      return `${name}短調（和声的）`;
    case 'melodic-minor':
      return `${name}短調（旋律的）`;
    case 'whole-tone':
    case 'chromatic':
      return `${name}音からの${choices.scale[scale]}`;
    case 'dorian':
    case 'phrygian':
    case 'lydian':
    case 'mixolydian':
    case 'locrian':
      return `${name}調${choices.scale[scale]}旋法`;
    default:
      return `${name}調${choices.scale[scale]}`;
  }
}

const options: Language['options'] = {
  notes: { name: '音符', description: '作曲する音符の数（300）' },
  temp: { name: '温度', description: '1より小さいと慎重、大きいと大胆（1.0）' },
  tempo: { name: 'テンポ', description: '速さ：2で2倍の速さ（1.0）' },
  pitch: { name: '音高', description: '音楽の中心の高さ。60が中央ハ' },
  velocity: { name: 'ベロシティ', description: '平均の強さ：40は弱く、100は強く' },
  key: { name: '調', description: '音階の主音（Cはハ、Aはイ）。これだけなら長調' },
  scale: { name: '音階', description: 'すべての音が属する音階。これだけならハ音から' },
  quantise: { name: 'グリッド', description: '音符をそろえる：8分（全音符まで）、16分、8分の三連符' },
  voices: { name: '声部', description: '単声は一度に1音だけ' },
  sampling: { name: '抽出', description: '広めは生き生きと曲の音を守り、原型はネットワークの答えそのまま' },
  mood: { name: '雰囲気', description: 'Transformer：音楽の雰囲気' },
  density: { name: '密度', description: 'Transformer：1秒に来る音の数' },
  polyphony: { name: '厚み', description: 'Transformer：同時に鳴る音の数' },
  composer: { name: '作曲家', description: 'Transformer：ある作曲家の作風で' },
  era: { name: '時代', description: 'Transformer：ある時代の様式で' },
  text: {
    name: '言葉',
    description: 'Transformer：自分の言葉で、例：悲しく遅いニ短調の曲。何を理解したかは返事に出ます',
  },
  seed: { name: 'シード', description: '乱数のシード：同じ値なら同じ曲' },
  model: {
    name: 'モデル',
    description: 'どのネットワークが作曲するか：表情豊かなtransformer、小さなlstm、またはこのサーバーのもの',
  },
  opening: { name: '冒頭', description: '内蔵のどの冒頭から始めるか。なければシードが選ぶ' },
};

const composeOptions: Language['commands']['compose']['options'] = {
  preset: { name: 'プリセット', description: '名前つきのオプション一式。並べて指定したものが優先' },
  midi: { name: 'midi', description: '内蔵の冒頭の代わりに、始まりにするMIDIファイル' },
  takes: { name: 'テイク', description: '選べる曲の数（1）' },
  private: { name: '非公開', description: '結果を自分だけに表示。「共有」でみんなに見せられます' },
  voice: { name: '音声', description: '試聴をボイスメッセージでも送る' },
};

const permissions: Readonly<Record<string, string>> = {
  AttachFiles: 'ファイルを添付',
  ViewChannel: 'チャンネルを見る',
  SendMessages: 'メッセージを送信',
  SendMessagesInThreads: 'スレッドでメッセージを送信',
  SendVoiceMessages: 'ボイスメッセージを送信',
};

const speeds = {
  'very slow': 'とても遅い',
  slow: '遅い',
  moderate: '中くらいの速さ',
  'moderately fast': 'やや速い',
  fast: '速い',
  'very fast': 'とても速い',
} as const;
const registers = {
  'from low to high': '低音から高音まで',
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

function timeLeft(minutes: number): string {
  return minutes < 1 ? '1分未満' : `約${number(minutes)}分`;
}

const midiAdvice = '楽譜作成ソフトやDAWで書き出した.midファイルを送ってください。';

export const japanese: Language = {
  locale: 'ja',
  figures: figures('ja'),

  commands: {
    compose: {
      name: '作曲',
      description: '曲を作ります：MIDIファイルと音と絵',
      options: composeOptions,
    },
    composeFromMidi: { name: 'このMIDIから作曲' },
    continueMidi: { name: 'このMIDIの続きを作曲' },
    preset: {
      name: 'プリセット',
      description: '/作曲 のための名前つきのオプション一式',
      list: { name: '一覧', description: 'すべてのプリセットとその内容を表示' },
      save: { name: '保存', description: 'オプションに名前をつけて保存（サーバー管理者向け）' },
      delete: { name: '削除', description: 'このサーバーのプリセットを削除（サーバー管理者向け）' },
      presetName: { name: '名前', description: 'プリセットの名前' },
    },
    settings: {
      name: '設定',
      description: '私の音楽についてこのサーバーが決めること',
      show: { name: '表示', description: 'このサーバーの設定を表示' },
      defaults: {
        name: '既定値',
        description: '/作曲 で指定がないときの値。ここで指定しないものは私の既定に戻ります',
      },
      shareChannel: {
        name: '共有先',
        description: '「共有」ボタンの投稿先',
        channel: { name: 'チャンネル', description: '指定がなければボタンが押されたチャンネル' },
      },
      limits: {
        name: '上限',
        description: '1時間あたりの曲数。指定しないものは私の既定に戻ります',
        person: { name: '個人', description: 'ここで一人が1時間に作れる曲数' },
        server: { name: 'サーバー', description: 'ここで全員が合わせて1時間に作れる曲数' },
      },
      trainers: {
        name: '訓練者',
        description: 'サーバー管理者のほかに訓練やモデルの選択ができる人',
        allow: { name: '許可', description: '許可するロールまたは人' },
        forbid: { name: '禁止', description: '許可を取り消すロールまたは人' },
      },
      language: {
        name: '言語',
        description: '相手の言語がわからないときの私の言語',
        language: { name: '言語', description: '指定がなければサーバーの言語' },
      },
    },
    train: {
      name: '訓練',
      description: 'あなたの音楽でこのサーバー専用のモデルを訓練',
      modelName: { name: '名前', description: '新しいモデルの名前' },
      file: (n) => ({
        name: `ファイル${n}`,
        description: n === 1 ? 'MIDIファイル、またはMIDIファイルのzip' : 'もう一つのファイル',
      }),
      files: {
        name: 'ファイル数',
        description: '自分のファイルの代わりに、運営者の音楽フォルダーから使う数',
      },
      epochs: {
        name: 'エポック',
        description: `音楽を何周するか。指定がなければ${number(fineTuning.epochs.default)}`,
      },
      rate: { name: '学習率', description: `最大の学習率。指定がなければ${number(fineTuning.rate.default)}` },
      from: { name: '元', description: '元にするモデル。指定がなければ使用中のもの' },
    },
    model: {
      name: 'モデル',
      description: 'このサーバーのモデル',
      list: { name: '一覧', description: 'どんなモデルがあり、どれを使っているか' },
      show: { name: '表示', description: 'モデルが何でどう訓練され、どのくらいの出来か' },
      use: { name: '使用', description: 'このサーバーの作曲に使うモデルを選ぶ' },
      rollback: { name: '戻す', description: '前に使っていたモデルに戻す' },
      delete: { name: '削除', description: 'このサーバーが訓練したモデルを削除' },
      modelName: { name: '名前', description: 'モデルの名前' },
    },
    forget: { name: '忘却', description: 'このサーバーについて保存しているものをすべて削除' },
    help: {
      name: 'ヘルプ',
      description: 'コピーできる例と、各オプションの音楽への効果',
      topic: { name: '話題', description: '何を表示するか（はじめに）' },
      topics: {
        start: 'はじめに',
        options: 'オプション',
        character: '性格',
        files: 'ファイル',
        server: 'サーバー',
      },
    },
    about: { name: '概要', description: '何が作曲しているか、そのライセンス、応答の速さ' },
  },

  options,
  choices,
  vocabulary: {
    slow: '遅い',
    fast: '速い',
    soft: '弱い',
    loud: '強い',
    low: '低い',
    high: '高い',
    sparse: 'まばら',
    dense: '密集',
    thin: '薄い',
    rich: '豊か',
    staccato: 'スタッカート',
    legato: 'レガート',
    expressive: '表情豊か',
    even: '均一',
    major: '長調',
    minor: '短調',
  },

  buttons: {
    cancel: 'キャンセル',
    again: 'もう一曲',
    vary: '変奏',
    continue: '続ける',
    remix: 'リミックス',
    info: '情報',
    share: '共有',
    delete: '削除',
    take: (n) => `テイク${n}`,
    use: '使用',
  },

  progress: {
    queued: (place) => (place === 1 ? '待機中：次があなたの番です。' : `待機中：${number(place)}番目です。`),
    composing: (done, total, secondsLeft) => {
      const left = secondsLeft === undefined ? '' : `、残り約${number(secondsLeft)}秒`;
      return `作曲中：${number(total)}音のうち${number(done)}音${left}。`;
    },
    rendering: '音と絵を作っています。',
  },

  result: {
    notes: (count) => `${number(count)}音`,
    key,
    seed: 'シード',
    takes: (count) =>
      `**${number(count)}つのテイク**：聴いてから一つ選ぶと、その絵とすべての操作が使えます。`,
    previewCut: (time) => `試聴は最初の${time}までです。MIDIファイルには曲全体が入っています。`,
    previewTooLarge: '試聴がDiscordには大きすぎました。MIDIファイルには曲全体が入っています。',
    previewsTooLarge: '試聴がDiscordには大きすぎました。テイクを選ぶと聴けます。',
    shared: (channel) => `${channel} に共有しました。`,
    understood: (words) => `理解した言葉：${words}。`,
    notUnderstood: (words) => `理解できなかった言葉：${words}。`,
    nothingUnderstood:
      'どの言葉も理解できませんでした。分かるのは、雰囲気・速さ・調を表す言葉と作曲家の名前です。',
  },

  titles: {
    after: '「#」による',
    untitled: 'MIDIファイルから',
    openings: {
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
    },
  },

  altText: {
    sound(sound) {
      if (sound === undefined) return '音のない曲。';
      const [softest, loudest] = sound.loudness;
      return [
        `${number(sound.notes)}音${sound.given === undefined ? '' : `（最初の${number(sound.given)}音は与えられたもの）`}`,
        ...(sound.key === undefined ? [] : [key(sound.key)]),
        clock(sound.seconds),
        ...(sound.speed === undefined ? [] : [speeds[sound.speed]]),
        registers[sound.register],
        softest === loudest ? loudness[softest] : `${loudness[softest]}から${loudness[loudest]}まで`,
      ].join('、');
    },
    preview: (sound) => `ピアノでの試聴：${sound}`,
    pianoRoll: (sound) => `ピアノロール：${sound}`,
    curve: (model, validations) =>
      `${model}の訓練の損失の推移、訓練中と取り置いた音楽で、検証${number(validations)}回後`,
    sampleBy: (model, sound) => `${model}による。${sound}`,
    helpPianoRoll:
      '例のピアノロール：与えられた冒頭は枠だけ、その後に作曲された音符は塗りつぶしで表示されています',
    helpPreview: '同じ曲をピアノで弾いた音',
  },

  picture: {
    roll: {
      notes: { other: '#音' },
      ...{ given: '与えられた音', new: '新しい音', soft: '弱', loud: '強' },
    },
    curve: {
      title: (model) => `${model}の訓練`,
      lossOverSteps: 'ステップごとの損失',
      lowest: '最小の検証損失',
      ...{ step: 'ステップ', steps: 'ステップ', training: '訓練', validation: '検証' },
    },
  },

  info: {
    composedBy: (weights, total, given) =>
      `\`${weights}\`が作曲：${number(total)}音、うち最初の${number(given)}音は与えられたものです。`,
    continues: '別の曲の終わりからの続きです。同じものを作るには：「リミックス」を押して、次を入力',
    fromFile: '同じものを作るには：このコマンドに、下のファイルを`midi`として添えてください。',
    again: '同じものを作るには：',
  },

  remix: {
    title: 'リミックス',
    options: 'オプション',
    optionsHint: '/作曲 と同じ書き方です。シードを消すと新しい値、ほかのオプションを消すと既定値になります。',
    file: '始まりにする別のMIDIファイル',
    samePiece: 'なければ同じ曲の続きから。',
    sameFile: 'なければ前と同じファイルから。',
    sameOpening: 'なければ上に書かれた冒頭、またはシードが選ぶ冒頭から。',
  },

  help: {
    start: `**どれか一つを入力**すると、MIDIファイルと音と絵が届きます：
\`/作曲\` – 300音の曲
\`/作曲 雰囲気:夢見心地 作曲家:ドビュッシー\` – 夢見るように、ドビュッシー風に
\`/作曲 プリセット:lullaby\` – 遅く、弱く、ヘ長調で
\`/作曲 調:A 音階:ブルース グリッド:三連符\` – ブルース音階の音だけを三連符で
\`/作曲 音符:150 温度:0.7 テンポ:0.6\` – 短く、慎重に、遅く
\`/作曲 midi:…\` – 自分のMIDIファイルから
\`/作曲 テイク:4\` – 4曲から選ぶ
**次に押すのは**：別の曲なら「もう一曲」、始まりを残すなら「変奏」、長くするなら「続ける」、設定を変えるなら「リミックス」、作り方を見るなら「情報」。
同じ\`シード\`と同じ設定なら同じ曲になります。シードはどの結果にも書かれています。
-# もっと：\`/ヘルプ 話題:オプション\`、\`話題:性格\`、\`話題:ファイル\`、\`話題:サーバー\`。下は結果の見た目と音です。`,
    options: `**オプションの音楽への効果**
\`音符:800\` 長く。\`音符:60\` スケッチ
\`温度:0.7\` ありそうな音に留まる。\`温度:1.3\` 冒険する。2を超えると雑音
\`テンポ:0.5\` 半分の速さ。\`テンポ:2\` 2倍の速さ
\`音高:72\` 音楽の中心がピアノのその鍵に（60が中央ハ）
\`ベロシティ:40\` 弱く。\`ベロシティ:100\` 強く。曲の強弱はそのまま
\`調:D 音階:ドリア\` すべての音がその音階に属する
\`グリッド:16分\` 16分音符に、\`三連符\` 8分の三連符に、\`8分\` 8分音符から全音符に
\`声部:単声\` 一度に1音：旋律
\`冒頭:bach-prelude\` その小節から始まる
\`モデル:lstm\` 小さくて速いネットワーク。\`モデル:transformer\` 表情豊かなほう
\`抽出:原型\` LSTMの答えそのまま、元のプロジェクトのように一様でゆっくり
\`シード:42\` 同じ曲をもう一度
\`プリセット:march\` いくつかまとめて。\`/プリセット 一覧\`ですべて表示
\`非公開:true\` 「共有」を押すまであなただけに見える。\`音声:true\` ボイスメッセージでも
どんな音楽にするか（雰囲気、作曲家、自分の言葉）は\`/ヘルプ 話題:性格\`に`,
    character: `**どんな音楽にするか**　これらのオプションに従うのはTransformerです。モデルの指定がなければ、Transformerが選ばれます。
\`/作曲 雰囲気:夢見心地\` – 長短、速さ、密度、強さ、高さをまとめて。${Object.values(choices.mood).join('、')}があります
\`/作曲 密度:まばら\` – 1秒の音が少なく。\`密度:密集\` 多く
\`/作曲 厚み:薄い\` – 同時に鳴る音が少なく。\`厚み:厚い\` 多く
\`/作曲 作曲家:ショパン\` – ショパン風に
\`/作曲 時代:バロック\` – ある時代の様式で。${Object.values(choices.era).join('、')}があります
\`/作曲 言葉:"悲しく遅いニ短調の曲"\` – 同じことを自分の言葉で。何を理解したかは返事に出ます
**組み合わせ**：個々の指定は雰囲気より、オプションは言葉より優先します。
\`/作曲 雰囲気:楽しい 密度:まばら 時代:古典派\`
\`/作曲 言葉:"穏やかで弱く" 作曲家:ドビュッシー 音符:200\``,
    files: `**自分のMIDIファイル**
\`/作曲 midi:…\` ファイルの最初の音から始めます。256 KBまでのMIDIファイルならどれでも使えます。
MIDIファイルのついたメッセージを右クリックまたは長押しして**アプリ**を選ぶと、それから作曲したり続きを作ったりできます。
またはファイルつきのメッセージで私にメンション：\`@私 音符:200 温度:0.8\`。ダイレクトメッセージではメンションは不要です。
ドラムは除かれ、曲はピアノで聞こえます。`,
    server: `**サーバーを管理する人へ**
\`/設定\` – /作曲 で指定がないときの値、「共有」の投稿先、1時間の曲数、訓練できる人、私の言語
\`/プリセット 保存\` – オプション一式にみんなのための名前をつける
\`/訓練\` – ネットワークのコピーにあなたの音楽を教える。「使用」を押すまで何も変わりません
\`/モデル\` – サーバーのモデルを一覧、選択、元に戻す、削除
\`/忘却\` – サーバーについて保存しているものをすべて削除`,
  },

  about: {
    composes: (version) =>
      `**Musical AI** ${version}は、内蔵の冒頭やあなたのMIDIファイルから、1音ずつ作曲します。`,
    model: (id, from) => `ここのモデル：\`${id}\`（${from}）。\`/モデル 一覧\`ですべて表示します。`,
    shipped: '私に付属',
    operator: '運営者が追加',
    server: (parent, date) =>
      `このサーバーが${parent === undefined ? '' : `\`${parent}\`から`}訓練${date === undefined ? '' : `、${date}`}`,
    licence: (maestro) =>
      `付属の重みは${maestro}（Hawthorne et al., ICLR 2019）から学び、そのライセンスCC BY-NC-SA 4.0に従います：商用利用はできません。私のコードはMITです。`,
    line: (commandMs, gatewayMs, since) =>
      `コマンドは${number(commandMs)}ミリ秒で届き、ゲートウェイの応答は${gatewayMs === undefined ? 'すぐ' : `${number(gatewayMs)}ミリ秒`}です。起動は${since}。`,
  },

  settings: {
    title: '**このサーバーの設定**',
    defaults: (written) =>
      `/作曲 で指定がないときのオプション：${written === undefined ? '私の既定' : `\`${written}\``}`,
    shareChannel: (channel) => `「共有」の投稿先：${channel ?? '押されたチャンネル'}`,
    presets: (count) => `独自のプリセット：${number(count)}個（\`/プリセット 一覧\`を参照）`,
    limits: (person, server) => `1時間あたりの曲数：一人${number(person)}曲、全員で${number(server)}曲`,
    trainers: (names) =>
      `訓練とモデルの選択ができる人：サーバーを管理する人${names === '' ? '' : `、${names}`}`,
    language: (language) => `相手の言語がわからないときの言語：${language ?? 'サーバーの言語'}`,
  },

  presets: {
    saved: (name, command) => `プリセット**${name}**を保存しました：\`${command}\``,
    deleted: (name) => `プリセット**${name}**を削除しました。`,
    own: 'このサーバーのプリセット：',
    builtIn: '私のプリセット：',
    hint: '-# 使い方：`/作曲 プリセット:…`。並べて指定したオプションが優先されます。',
  },

  forget: {
    warning: (presets, models) =>
      `**このサーバーについて保存しているものをすべて削除します**：設定、プリセット（${number(presets)}個）、訓練したモデル（${number(models)}個）、進行中の訓練。元には戻せません。チャンネルにある曲は残ります。`,
    button: 'すべて削除',
    done: 'このサーバーについて保存していたものをすべて削除しました。',
  },

  models: {
    current: '使用中',
    shipped: 'ボットに付属',
    operator: 'ボットの運営者から',
    server: 'このサーバーが訓練',
    kinds: {
      transformer: '多声で強弱も自在。雰囲気・作曲家・言葉に従う',
      lstm: '小さく速い。/訓練 で学べる',
    },
    trained: '訓練',
    from: (parent) => `${parent}から`,
    epochs: (count) => `${number(count)}エポック`,
    rate: (rate) => `学習率${rate}`,
    windows: (count) => `${number(count)}窓`,
    heldOutLoss: '取り置いた音楽での損失',
    parentLoss: '元のモデルの損失',
    losses: (pitch, step, duration) => `音高${pitch}、間隔${step}、長さ${duration}`,
    validationLoss: '検証損失',
    first: (value) => `最初${value}`,
    lowest: (value, at) => `最低${value}（${number(at)}エポック後）`,
    last: (value) => `最後${value}`,
    learntFrom: (count) => `${number(count)}個のファイルから学習：`,
    more: (count) => `…ほか${number(count)}件。`,
    inUse: (name) =>
      `このサーバーは${name}で作曲するようになりました。\`/モデル 戻す\`で前のものに戻ります。`,
    deleted: (name) => `モデル${name}を削除しました。`,
  },

  training: {
    heading: (name, parent, user) => `**${name}の訓練**（元は${parent}、${user}のため）`,
    resumed: '再起動のあとの続き',
    gettingReady: '準備中です。',
    justBegun: '始まったばかり',
    epoch: (epoch, total) => `エポック${number(epoch)}/${number(total)}`,
    loss: (value) => `損失${value}`,
    validationLoss: (value) => `検証損失${value}`,
    lowest: (value) => `これまでの最低${value}`,
    timeLeft: (minutes) => `残り${timeLeft(minutes)}`,
    paused: '再起動します。訓練はそのあと続きます。',
    listen: '両方を聴いてみてください：同じ冒頭と同じシードです。',
    finished: '最後まで終わりました。',
    'no-improvement': 'これ以上よくならないので早めに終わりました。いちばんよいものです。',
    stopped: 'キャンセルされました。これまででいちばんよいものです。',
    diverged: '損失が数でなくなったので早めに終わりました。それまででいちばんよいものです。',
    better: (change, value, parent, parentValue) =>
      `**${percent(change, 1)}改善：**取り置いた音楽での損失は${value}、${parent}は${parentValue}です。`,
    noBetter: (name, value, parent, parentValue) =>
      `**${name}は${parent}よりよくありません：**取り置いた音楽での損失は${value}、${parent}は${parentValue}です。耳が別のことを言わないかぎり、使う価値はありません。`,
    table: { heldOut: '取り置き', loss: '損失', pitch: '音高', step: '間隔', duration: '長さ' },
    nothingChanges: '訓練できる人が「使用」を押すまで、このサーバーでは何も変わりません。',
    withoutFiles: 'Discordが曲線と音を受け取りませんでした。数値は`/モデル 表示`で見られます。',
    failed: (sentence) => `**できませんでした。**${sentence}`,
    operatorNumber: (id) => `運営者は番号${id}で理由を見つけられます。`,
    windows: (training, heldOut) => `学習に${number(training)}窓、取り置き${number(heldOut)}窓。`,
    leftOut: (file, reason) => `除外：${file}：${reason}`,
    leftOutMore: (count) => `ほかに除外：${number(count)}件。`,
    begun: (link) => `訓練が始まりました：${link}`,
    begunUnseen:
      '訓練が始まりましたが、このチャンネルには表示できません。終わったら`/モデル 表示`で結果を見られます。',
    otherParent: (parent) =>
      `${parent}から始まります。このサーバーが使うモデルはTransformerで、ここでは訓練できません。`,
    cancelled: '訓練を終わります。これまででいちばんよいものが残ります。',
  },

  apology: (id) =>
    `すみません、こちらで問題が起きました。もう一度お試しください。続くようなら運営者にこの番号を伝えてください：${id}。`,

  refusal: refusalSentence({ ...options, ...composeOptions }, choices, {
    options: {
      range: ({ option, whole, min, max, given }) =>
        `${option}は${number(min)}から${number(max)}までの${whole ? '整数' : '数'}にしてください（入力：${given}）。`,
      choice: ({ option, choices: names, given }) =>
        `${option}は次のどれかにしてください：${names.join('、')}（入力：「${given}」）。`,
      name: ({ option, given }) =>
        `${option}は文字、数字、点、ハイフンの名前にしてください（入力：「${given}」）。`,
      truth: ({ option, given }) => `${option}はtrueかfalseにしてください（入力：「${given}」）。`,
      twice: ({ option }) => `${option}が二度書かれています。一度だけにしてください。`,
      fixed: ({ option }) =>
        `曲の続きを作るときは元の音を変えないので、${option}は選べません。外してください。`,
      kind: ({ option, kind }) =>
        `${option}に従えるのは「${kind}」という種類のモデルだけです。外すか、モデル:${kind}を選んでください。`,
      'two-beginnings': () => 'MIDIファイルか冒頭の名前のどちらか一方だけを指定してください。',
      'voice-of-several': () =>
        'ボイスメッセージに入るのは1曲だけです。テイクか音声のどちらかを外してください。',
      unreadable: ({ word }) =>
        `「${word}」がわかりません。オプションは「名前:値」の形で書いてください。例：音符:200 温度:0.8 調:C`,
      unknown: ({ name, names }) =>
        `「${name}」というオプションはありません。使えるのは${names.join('、')}です。`,
    },
    'midi.empty': () => 'このファイルは空です。書き出し直して、新しいものを送ってください。',
    'midi.not-midi': ({ looksLike }) => {
      switch (looksLike?.type) {
        case 'picture':
          return `これはMIDIファイルではなく画像（${looksLike.format}）のようです。${midiAdvice}`;
        case 'recording':
          return `これはMIDIファイルではなく録音（${looksLike.format}）のようです。録音からは音符を読めません。.midファイルを送ってください。`;
        case 'zip':
          return 'これはMIDIファイルではなくZIPのようです。展開して、中の.midファイルを送ってください。';
        case 'music-xml':
          return 'これはMIDIファイルではなくMusicXMLのようです。楽譜作成ソフトからMIDI（.mid）で書き出してください。';
        case undefined:
          return `名前はどうあれ、これはMIDIファイルではありません。${midiAdvice}`;
        default: {
          const kind = { pdf: 'PDF', 'web-page': 'ウェブページ（HTML）', xml: 'XMLファイル' }[
            looksLike!.type
          ];
          return `これはMIDIファイルではなく${kind}のようです。${midiAdvice}`;
        }
      }
    },
    'midi.damaged': () => 'このMIDIファイルは壊れています。書き出し直して、新しいものを送ってください。',
    'midi.smpte': () =>
      'このMIDIファイルは時間を拍ではなく映像のフレーム（SMPTE）で数えています。4分音符あたりのティックで書き出して、もう一度送ってください。',
    'midi.only-drums': () =>
      'このMIDIファイルにはドラム（チャンネル10）しかありません。旋律か和音のあるものを送ってください。',
    'midi.no-notes': ({ struck }) =>
      struck
        ? 'このMIDIファイルの音には長さがありません：打たれたあと離される音が一つもありません。書き出し直して送ってください。'
        : 'このMIDIファイルには音符がありません。少なくとも一つあるものを送ってください。',
    'midi.unreadable': () => 'このMIDIファイルは読めませんでした。もっと短いか簡単なものを送ってください。',
    'midi.too-large': ({ actual, limit }) =>
      `このファイルは${number(Math.ceil(actual / 1024))} kBあります。上限は${number(Math.ceil(limit / 1024))} kBです。もっと短い抜粋を送ってください。`,
    'midi.too-many-tracks': ({ actual, limit }) =>
      `このファイルには${number(actual)}トラックあります。上限は${number(limit)}です。トラックを減らして送ってください。`,
    'midi.too-many-notes': ({ actual, limit }) =>
      `このファイルには${number(actual)}音あります。上限は${number(limit)}です。もっと短い抜粋を送ってください。`,
    'midi.too-many-events': ({ limit }) =>
      `このファイルのイベントは上限の${number(limit)}個を超えています。もっと短い抜粋か、ペダルやベンドのないものを送ってください。`,
    'midi.too-long': ({ actual, limit }) =>
      `このファイルの長さは${clock(Math.ceil(actual))}です。上限は${clock(limit)}です。もっと短い抜粋を送ってください。`,
    'record.unknown': () =>
      'この曲は私の別のバージョンのものなので、このボタンでは続けられません。コマンドを使ってください。そのMIDIファイルも使えます。',
    'model.unknown': ({ name, names }) =>
      `モデル「${name}」はありません${names.length === 0 ? '' : `。ここにあるのは${names.join('、')}です`}。`,
    'model.kind': ({ kind }) =>
      `「${kind}」という種類のモデルはここにはありません。それを必要とするオプションを外してください。`,
    'model.damaged': ({ name }) => `モデル「${name}」は壊れています。別のものを選んでください。`,
    'model.name': () => 'モデルの名前は64字までの文字、数字、点、ハイフンです。別の名前を選んでください。',
    'model.taken': ({ name }) => `モデル「${name}」はもうあります。別の名前を選んでください。`,
    'model.no-previous': ({ name }) => `このサーバーは「${name}」の前にモデルを使っていません。`,
    'model.not-own': ({ name, isShared }) =>
      isShared
        ? `モデル「${name}」はみんなのものなので、ここでは削除できません。`
        : `このサーバー独自のモデル「${name}」はありません。`,
    'model.in-use': ({ name }) =>
      `モデル「${name}」は使用中です。先に別のものを使うか、前のものに戻してください。`,
    'model.elsewhere': ({ name }) =>
      `作曲するマシンにモデル「${name}」がありません。別のものを選んでください。`,
    'compose.closed': () => 'ボットを終了しています。1分後にもう一度お試しください。',
    'compose.busy': () => '待っている曲が多すぎます。1分後にもう一度お試しください。',
    'compose.lost': () => '作曲が途中で止まりました。もう一度お試しください。',
    'compose.unreachable': () => '作曲するマシンに今つながりません。1分後にもう一度お試しください。',
    'compose.version': () => '作曲するマシンを更新しています。数分後にもう一度お試しください。',
    'compose.cancelled': () => 'キャンセルしました。何も作曲されていません。',
    'compose.over': () => 'これはもう作曲されていません。',
    'disk.full': () =>
      'ボットのディスクがいっぱいで、すべて元のままです。運営者が空きを作ってから、もう一度お試しください。',
    'zip.too-large': (what) =>
      'files' in what
        ? `このzipには${number(what.files)}個を超えるファイルがあります。一度に送る数を減らしてください。`
        : `このzipは展開すると${number(what.unpackedMegabytes)} MBを超えます。一度に送るファイルを減らしてください。`,
    'zip.damaged': () =>
      'このzipファイルは壊れているか、変わった名前が入っています。作り直して、新しいものを送ってください。',
    'training.too-little-music': ({ windows, needed, windowNotes }) =>
      `学ぶには音楽が少なすぎます：${number(windowNotes)}音と次の1音の窓が${number(windows)}個ですが、少なくとも${number(needed)}個必要です。あと約${number(needed - windows)}音足してください。`,
    'training.kind': ({ name }) =>
      `「${name}」はTransformerですが、ここで学べるのはLSTMだけです。元にする別のモデルを選んでください。`,
    'training.interrupted': () => 'ボットを再起動しています。訓練はそのあと続きます。',
    'training.failed': () => '訓練が途中で止まりました。モデルは元のままです。もう一度始めてください。',
    'training.lost': () =>
      '中断された訓練は、ファイルが壊れているため続けられません。もう一度始めてください。',
    'training.over': () => 'この訓練はもう行われていません。キャンセルするものはありません。',
    'training.unreadable': ({ isZip }) =>
      isZip
        ? 'このzipは展開できませんでした。ファイルそのものを送ってください。'
        : '読めませんでした。もっと短いか簡単なものを送ってください。',
    'training.busy': ({ model, done, secondsLeft }) => {
      const soFar = [
        ...(done === undefined ? [] : [percent(done)]),
        ...(secondsLeft === undefined ? [] : [`残り${timeLeft(Math.round(secondsLeft / 60))}`]),
      ];
      return `訓練は一度に一つです。いまは${model === undefined ? '別のモデル' : `\`${model}\``}を訓練しています${soFar.length === 0 ? '' : `（${soFar.join('、')}）`}。終わるまでお待ちください。`;
    },
    'training.too-large': ({ mebibytes }) =>
      `ファイルは合わせて${number(mebibytes)} MiBまでです。数を減らすか、zipで送ってください。`,
    'training.no-music': ({ folderFiles }) =>
      `MIDIファイルかそのzipを添付してください${folderFiles === 0 ? '' : '。または`ファイル数`で運営者のフォルダーから使う数を指定してください'}。`,
    'training.two-sources': () => '自分のファイルか`ファイル数`のどちらか一方だけを指定してください。',
    'training.no-folder': () =>
      'このボットの運営者は音楽フォルダーを用意していません。MIDIファイルかそのzipを添付してください。',
    'training.folder-files': ({ files }) =>
      `運営者の音楽フォルダーにあるのは${number(files)}個です。1から${number(files)}までにしてください。`,
    'training.epochs': ({ min, max, given }) =>
      `エポックは${number(min)}から${number(max)}までの整数にしてください（入力：${given}）。`,
    'training.rate': ({ min, max, given }) =>
      `学習率は${min}から${max}までの数にしてください（入力：${given}）。`,
    'training.file': ({ why, mostMegabytes }) =>
      ({
        'zip-in-zip': 'zipの中のzipです。先に展開してください。',
        'not-midi': '.midファイルではありません。',
        encrypted: '暗号化されています。パスワードなしでzipを作ってください。',
        unusual: '変わった圧縮方法です。普通の設定でzipを作ってください。',
        'too-large': `展開すると${number(mostMegabytes)} MBを超えます。`,
        damaged: '壊れていて展開できません。',
      })[why],
    'training.same-file': ({ twin }) => `「${twin}」と同じファイルです。`,
    'command.unknown': () => 'このコマンドはもうありません。Discordを再起動してください。',
    'action.unknown': () => 'このボタンは私の別のバージョンのものです。もう一度コマンドを使ってください。',
    'action.no-message': () =>
      'これは私のどのメッセージのものでもありません。もう一度コマンドを使ってください。',
    'bot.stopping': () => '再起動しています。1分後にもう一度お試しください。',
    'bot.restarted': () => '完成する前に再起動しました。もう一度お試しください。',
    'bot.too-late': () =>
      'Discordで答えられる時間を過ぎてしまいました。音符を減らしてもう一度お試しください。',
    'bot.permissions': ({ missing }) =>
      `このチャンネルで私に権限${missing.map((name) => `「${permissions[name] ?? name}」`).join('と')}がありません。サーバーを管理する人に頼むか、別の場所で使ってください。`,
    'bot.not-owner': ({ act }) =>
      `${act === 'cancel' ? 'キャンセル' : '削除'}できるのは、頼んだ本人と「メッセージの管理」の権限を持つ人だけです。`,
    'settings.only-managers': () =>
      '変更できるのは「サーバー管理」の権限を持つ人だけです。その人に頼んでください。',
    'settings.only-trainers': () =>
      'できるのは「サーバー管理」の権限を持つ人と`/設定 訓練者`で指定された人だけです。その人に頼んでください。',
    'settings.no-server': () => 'これはサーバーのものです。サーバーで使ってください。',
    'settings.too-many-trainers': ({ most }) =>
      `指定できるロールと人は合わせて${number(most)}までです。人の代わりにロールを指定してください。`,
    'share.at-once': ({ running }) =>
      `すでに${number(running)}件の依頼が進行中です。どれかが終わるのを待つか、キャンセルしてください。`,
    'share.hour': ({ who, had, limit, pieces, nextSeconds }) => {
      const share = `${who === 'you' ? 'あなた' : 'このサーバー'}はこの1時間で${number(limit)}曲中${number(had)}曲を使いました`;
      if (nextSeconds === undefined) return `${share}。テイクを減らしてください。`;
      return `${share}。次の${pieces === 1 ? '曲' : `${number(pieces)}曲`}は<t:${nextSeconds}:R>に作れます。`;
    },
    'share.channel': ({ channel }) =>
      `<#${channel}>にファイルを投稿できません。サーバーを管理する人に許可を頼むか、\`/設定 共有先\`で別のチャンネルを選んでもらってください。`,
    'attachment.host': () => 'このファイルはDiscordにありません。ここにアップロードしてください。',
    'attachment.expired': () => 'このファイルはもうDiscordにありません。もう一度アップロードしてください。',
    'attachment.unreachable': () =>
      'このファイルをDiscordから取得できませんでした。もう一度アップロードしてください。',
    'piece.gone': () =>
      'この曲のMIDIファイルがなくなり、曲についての情報も失われました。/作曲 で新しく作ってください。',
    'remix.slow': () => '曲を時間内に取得できませんでした。もう一度「リミックス」を押してください。',
    'message.no-midi': () =>
      'このメッセージにMIDIファイルはありません。.midファイルのついたものを選んでください。',
    'message.one-midi': () =>
      '始まりにするMIDIファイル（.mid）を一つだけ添付してください。なければ内蔵の冒頭から始めます。',
    'message.many-midi': () =>
      'このメッセージにはMIDIファイルがいくつかあります。.midファイルが一つのものを選ぶか、使いたいものを/作曲 に渡してください。',
    'message.empty': () =>
      'コマンドと同じオプションで何を作曲するか教えてください。例：`音符:200 温度:0.8 調:C`。MIDIファイルを始まりとして添付することもできます。オプションはすべて/作曲 で見られます。',
    'preset.empty': () => 'プリセットに覚えさせるオプションを少なくとも一つ指定してください。',
    'preset.name': () =>
      'プリセットの名前は32字までの文字、数字、ハイフンの一語です。別の名前を選んでください。',
    'preset.built-in': ({ name }) => `「${name}」は私のプリセットです。別の名前を選んでください。`,
    'preset.too-many': ({ most }) =>
      `プリセットは1サーバーに${number(most)}個までです。先に一つ削除してください。`,
    'preset.unknown': ({ name, names }) =>
      `プリセット「${name}」はありません。${names.length === 0 ? 'まだ一つもありません' : `あるのは${names.join('、')}です`}。`.slice(
        0,
        1900,
      ),
  }),
};
