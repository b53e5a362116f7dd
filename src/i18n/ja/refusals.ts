import { clock } from '../grammar.js';
import type { RefusalSentences } from '../refusals.js';
import { number, percent, timeLeft } from './grammar.js';

const permissions: Readonly<Record<string, string>> = {
  AttachFiles: 'ファイルを添付',
  ViewChannel: 'チャンネルを見る',
  SendMessages: 'メッセージを送信',
  SendMessagesInThreads: 'スレッドでメッセージを送信',
  SendVoiceMessages: 'ボイスメッセージを送信',
  Connect: '接続',
  Speak: '発言',
  RequestToSpeak: 'スピーカー参加をリクエスト',
};

const midiAdvice = '楽譜作成ソフトやDAWで書き出した.midファイルを送ってください。';

export const refusals: RefusalSentences = {
  unknown: (code) => `このバージョンでは説明できない問題が起きました（${code}）。もう一度お試しください。`,
  options: {
    range: ({ option, whole, min, max, given }) =>
      `\`${option}\`は${number(min)}から${number(max)}までの${whole ? '整数' : '数'}にしてください（入力：${given}）。`,
    choice: ({ option, choices: names, given }) =>
      `\`${option}\`は次のどれかにしてください：${names.join('、')}（入力：「${given}」）。`,
    name: ({ option, given }) =>
      `\`${option}\`に使えるのは文字、数字、点、ハイフンだけです（入力：「${given}」）。`,
    truth: ({ option, given }) => `\`${option}\`はtrueかfalseにしてください（入力：「${given}」）。`,
    twice: ({ option }) => `\`${option}\`が二度指定されています。一度だけ指定してください。`,
    duration: ({ option, min, max, given }) =>
      `\`${option}\`は${min}から${max}までの時間にしてください（例：0:45、90秒、2分。入力：${given}）。`,
    instead: ({ option, instead }) => `\`${option}\`と\`${instead}\`は、どちらか一つだけ指定してください。`,
    fixed: ({ option }) => `曲の続きを作るときは\`${option}\`を変更できません。外してください。`,
    kind: ({ option, kind }) =>
      `\`${option}\`に対応しているのは${kind}モデルだけです。外すか、\`モデル:${kind}\`を指定してください。`,
    'two-beginnings': () =>
      'MIDIファイルと内蔵の冒頭の両方が指定されています。どちらか一方だけにしてください。',
    'voice-of-several': () =>
      'ボイスメッセージに入るのは1曲だけです。テイクか音声のどちらかを外してください。',
    chord: ({ given, place }) =>
      place === 0
        ? `「${given}」にコードがないか、多すぎます。\`Am F C G\` のように1小節に1つずつ書いてください。`
        : `${number(place)}番目のコード「${given}」は読めません。\`Am7\`、\`F#dim\`、\`C/E\`、\`iv\` のように書いてください。`,
    form: ({ given }) =>
      `形式「${given}」は読めません。\`AABA\` や \`i4A8B8A8o4\` のように、AからDの文字で書いてください。`,
    long: ({ option, limit }) => `\`${option}\` は${number(limit)}文字までです。短くしてください。`,
    unreadable: ({ word }) =>
      `「${word}」がわかりません。オプションは「名前:値」の形で書いてください。例：音符:200 温度:0.8 調:C`,
    unknown: ({ name, names }) =>
      `「${name}」というオプションはありません。使えるのは${names.join('、')}です。`,
  },
  'song.no-parts': () => '演奏するパートがなくなります。外すパートを減らしてください。',
  'midi.empty': () => 'このファイルは空です。書き出し直して、新しいものを送ってください。',
  'midi.not-midi': ({ looksLike }) => {
    switch (looksLike?.type) {
      case 'picture':
        return `これはMIDIファイルではなく画像（${looksLike.format}）のようです。${midiAdvice}`;
      case 'recording':
        return `これはMIDIファイルではなく録音（${looksLike.format}）のようです。録音からは音符を読めません。.midファイルを送ってください。`;
      case 'foreign-music':
        return `これは${looksLike.format}形式のファイルのようで、読み込めません。作成したソフトで開き、MIDI（.mid）として書き出してください。`;
      case 'zip':
        return 'これはMIDIファイルではなくZIPのようです。展開して、中の.midファイルを送ってください。';
      case 'music-xml':
        return 'これはMIDIファイルではなくMusicXMLのようです。楽譜作成ソフトからMIDI（.mid）で書き出してください。';
      case undefined:
        return `名前はどうあれ、これはMIDIファイルではありません。${midiAdvice}`;
      default: {
        const kind = { pdf: 'PDF', 'web-page': 'ウェブページ（HTML）', xml: 'XMLファイル' }[looksLike!.type];
        return `これはMIDIファイルではなく${kind}のようです。${midiAdvice}`;
      }
    }
  },
  'midi.damaged': () => 'このMIDIファイルは壊れています。書き出し直して、新しいものを送ってください。',
  'midi.only-drums': () =>
    'このMIDIファイルにはドラム（チャンネル10）しかありません。旋律か和音のあるものを送ってください。',
  'midi.no-notes': ({ struck }) =>
    struck
      ? 'このMIDIファイルの音には長さがありません：音の終わりがどこにも記録されていません。書き出し直して送ってください。'
      : 'このMIDIファイルには音符がありません。少なくとも一つあるものを送ってください。',
  'midi.unreadable': () => 'このMIDIファイルは読めませんでした。もっと短いか簡単なものを送ってください。',
  'midi.slow': () =>
    '今とても混み合っていて、MIDIファイルを読めませんでした。ファイルに問題はありません。少し待ってから、もう一度お試しください。',
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
    '別のバージョンで作られた曲なので、このボタンでは読めません。/作曲 を使ってください。その曲のMIDIファイルも使えます。',
  'model.unknown': ({ name, names }) =>
    `モデル「${name}」はありません${names.length === 0 ? '' : `。ここにあるのは${names.join('、')}です`}。`,
  'model.kind': ({ kind }) =>
    `「${kind}」という種類のモデルはここにはありません。それを必要とするオプションを外してください。`,
  'model.damaged': ({ name }) => `モデル「${name}」は壊れています。別のものを選んでください。`,
  'model.name': () => 'モデルの名前は32字までの文字、数字、点、ハイフンです。別の名前を選んでください。',
  'model.taken': ({ name }) => `「${name}」というモデルはすでにあります。別の名前を選んでください。`,
  'model.no-previous': ({ name }) =>
    `このサーバーは「${name}」の前にモデルを使っていません。\`/モデル 使用\`で選んでください。`,
  'model.not-own': ({ name, isShared }) =>
    isShared
      ? `モデル「${name}」は全サーバー共通なので、ここでは削除できません。`
      : `このサーバー独自のモデル「${name}」はありません。\`/モデル 一覧\`で確認できます。`,
  'model.in-use': ({ name }) => `モデル「${name}」は使用中です。先に別のモデルに切り替えてください。`,
  'model.elsewhere': ({ name }) =>
    `作曲するマシンにモデル「${name}」がありません。別のものを選んでください。`,
  'compose.closed': () => '終了処理中です。1分後にもう一度お試しください。',
  'compose.busy': () => '待っている曲が多すぎます。1分後にもう一度お試しください。',
  'compose.lost': () => '作曲が途中で止まりました。もう一度お試しください。',
  'compose.unreachable': () => '作曲するマシンに今つながりません。1分後にもう一度お試しください。',
  'compose.version': () => '作曲するマシンを更新しています。数分後にもう一度お試しください。',
  'compose.cancelled': () => 'キャンセルしました。何も作曲されていません。',
  'compose.over': () => 'この曲はもう完成しています。',
  'disk.full': () =>
    'ボットのディスクがいっぱいです。何も変更されていません。運営者に空きを作ってもらってから、もう一度お試しください。',
  'zip.too-large': (what) =>
    'files' in what
      ? `このzipには${number(what.files)}個を超えるファイルがあります。一度に送る数を減らしてください。`
      : `このzipは展開すると${number(what.unpackedMegabytes)} MBを超えます。一度に送るファイルを減らしてください。`,
  'zip.damaged': () =>
    'このzipファイルは壊れているか、変わった名前が入っています。作り直して、新しいものを送ってください。',
  'training.too-little-music': ({ windows, needed, windowNotes }) =>
    `音楽が足りません：訓練には約${number(needed + windowNotes)}音必要です。あと約${number(needed - windows)}音追加してください。`,
  'training.nothing-read': ({ skipped }) =>
    skipped.length === 1 ? 'このファイルでは訓練できません。' : 'どのファイルでも訓練できません。',
  'training.kind': ({ name }) =>
    `「${name}」のようなモデルは訓練できません。\`lstm\`など、元にする別のモデルを選んでください。`,
  'training.interrupted': () => 'ボットを再起動しています。訓練はそのあと続きます。',
  'training.failed': () => '訓練が途中で止まりました。モデルは元のままです。もう一度始めてください。',
  'training.lost': () => '中断された訓練は、ファイルが壊れているため続けられません。もう一度始めてください。',
  'training.over': () => 'この訓練はもう終わっています。',
  'training.unreadable': ({ isZip }) =>
    isZip
      ? 'このzipは展開できませんでした。ファイルそのものを送ってください。'
      : '読めませんでした。もっと短いか簡単なものを送ってください。',
  'training.busy': ({ model, done, secondsLeft }) => {
    const soFar = [
      ...(done === undefined ? [] : [percent(done)]),
      ...(secondsLeft === undefined ? [] : [`残り${timeLeft(Math.round(secondsLeft / 60))}`]),
    ];
    return `別の訓練が進行中です：${model === undefined ? '別のサーバーのモデル' : `\`${model}\``}${soFar.length === 0 ? '' : `（${soFar.join('、')}）`}。訓練は一度に一つなので、終わってからお試しください。`;
  },
  'training.too-large': ({ mebibytes }) =>
    `ファイルは合わせて${number(mebibytes)} MiBまでです。数を減らすか、zipで送ってください。`,
  'training.no-music': ({ folderFiles }) =>
    `MIDIファイルかそのzipを添付してください${folderFiles === 0 ? '' : '。または`ファイル数`で運営者のフォルダーから使う数を指定してください'}。`,
  'training.two-sources': () =>
    'ファイルの添付と`ファイル数`の両方が指定されています。どちらか一方だけにしてください。',
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
  'action.unknown': () => 'このボタンはボットの別のバージョンのものです。もう一度コマンドを使ってください。',
  'action.no-message': () => '対応するメッセージが見つかりません。もう一度コマンドを使ってください。',
  'bot.stopping': () => '再起動しています。1分後にもう一度お試しください。',
  'bot.restarted': () => '完成する前に再起動しました。もう一度お試しください。',
  'bot.too-late': () => 'Discordの制限時間を超えました。音符を減らしてもう一度お試しください。',
  'bot.permissions': ({ missing }) =>
    `このチャンネルでは${missing.map((name) => `「${permissions[name] ?? name}」`).join('と')}の権限が必要です。サーバー管理者に頼むか、別のチャンネルでお試しください。`,
  'bot.not-owner': ({ act }) =>
    `${act === 'cancel' ? 'キャンセル' : '削除'}できるのは、依頼した本人と「メッセージの管理」の権限を持つ人だけです。`,
  'settings.only-managers': () => '変更には「サーバー管理」の権限が必要です。権限を持つ人に頼んでください。',
  'settings.only-trainers': () =>
    '「サーバー管理」の権限か、`/設定 訓練者`での指定が必要です。サーバー管理者に頼んでください。',
  'settings.no-server': () => 'これはサーバーでしか使えません。サーバーで使ってください。',
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
  'remix.slow': () =>
    '曲の読み込みに時間がかかり、フォームをすぐに開けませんでした。ここから開いてください。',
  'message.no-midi': () =>
    'このメッセージにMIDIファイルはありません。.midファイルのついたものを選んでください。',
  'message.one-midi': () =>
    '始まりにするMIDIファイル（.mid）を一つだけ添付してください。なければ内蔵の冒頭から始めます。',
  'message.many-midi': () =>
    'このメッセージにはMIDIファイルがいくつかあります。.midファイルが一つのものを選ぶか、使いたいものを/作曲 に渡してください。',
  'daily.over': () => 'この投票は終わりました。最新の「今日の一曲」で投票してください。',
  'radio.none': () => 'このサーバーではラジオが流れていません。`/ラジオ 開始`で始めてください。',
  'radio.playing': ({ channel }) =>
    `ラジオはすでに${channel}で流れています。そちらに参加するか、先に止めてください。`,
  'radio.too-many': ({ most }) =>
    `同時に演奏できるボイスチャンネルは${number(most)}個までです。空いてからもう一度お試しください。`,
  'radio.not-in-voice': () => '先にボイスチャンネルに参加してから、もう一度お試しください。',
  'radio.not-listening': ({ channel }) => `聴いている人だけができます。先に${channel}に参加してください。`,
  'radio.not-yours': () =>
    'ラジオを始めた人、サーバー管理者、DJロールの人だけができます。その誰かに頼んでください。',
  'radio.full': ({ channel }) =>
    `${channel}は満員です。誰かに退出してもらうか、別のチャンネルを選んでください。`,
  'bot.channel-permissions': ({ channel, missing }) =>
    `${channel}では${missing.map((name) => `「${permissions[name] ?? name}」`).join('と')}の権限が必要です。サーバー管理者に頼むか、別のチャンネルを選んでください。`,
  'radio.nothing-now': () =>
    '今は何も流れていません。曲を作曲しているところです。数秒後にもう一度お試しください。',
  'radio.until': ({ given }) =>
    `「${given}」がいつなのかわかりません。「2h」や「90 min」のような長さか、「22:30」のような時刻で指定してください。`,
  'radio.time-zone': () =>
    'このサーバーのタイムゾーンがわかりません。「2h」のような長さで指定するか、サーバー管理者に`/ラジオ 設定`で設定してもらってください。',
  'radio.no-zone': ({ given }) =>
    `「${given}」というタイムゾーンは見つかりません。Asia/Tokyoのように、一覧から選んでください。`,
  'radio.own-file': () =>
    'この曲は誰かが持ち込んだファイルです。保存できるのは、わたしが作曲した曲だけです。',
  'radio.queue-full': ({ most }) =>
    `すでに${number(most)}曲が待っています。何曲か終わってからもう一度お試しください。`,
  'radio.no-further': ({ direction }) => `これ以上${direction < 0 ? '穏やか' : 'にぎやか'}にはできません。`,
  'radio.just-steered': () => '音楽はもう変わり始めています。数秒後にもう一度お試しください。',
  'preset.empty': () => 'プリセットには少なくとも一つのオプションが必要です。追加して保存し直してください。',
  'preset.name': () =>
    'プリセットの名前は32字までの文字、数字、ハイフンの一語です。別の名前を選んでください。',
  'preset.built-in': ({ name }) => `「${name}」は内蔵のプリセットです。別の名前を選んでください。`,
  'preset.too-many': ({ most }) =>
    `このサーバーにはすでに${number(most)}個のプリセットがあります。先に一つ削除してください。`,
  'preset.unknown': ({ name, names }) =>
    `プリセット「${name}」はありません。${names.length === 0 ? 'まだ一つもありません' : `あるのは${names.join('、')}です`}。`.slice(
      0,
      1900,
    ),
};
