import { clock } from '../grammar.js';
import type { RefusalSentences } from '../refusals.js';
import { number, percent, counted, form, list, ofPieces, ofFiles, timeLeft } from './grammar.js';

const permissions: Readonly<Record<string, string>> = {
  AttachFiles: 'Прикреплять файлы',
  ViewChannel: 'Просматривать канал',
  SendMessages: 'Отправлять сообщения',
  SendMessagesInThreads: 'Отправлять сообщения в ветках',
  SendVoiceMessages: 'Отправлять голосовые сообщения',
};

const midiAdvice = 'Пришли файл .mid, какой сохраняет нотный редактор или DAW.';

export const refusals: RefusalSentences = {
  unknown: (code) => `Произошла ошибка, которую эта версия не умеет объяснить (${code}). Попробуй ещё раз.`,
  options: {
    range: ({ option, whole, min, max, given }) =>
      `\`${option}\`: нужно ${whole ? 'целое ' : ''}число от ${number(min)} до ${number(max)}. Указано: ${given}.`,
    choice: ({ option, choices: names, given }) =>
      `\`${option}\`: нужно одно из: ${names.join(', ')}. Указано: «${given}».`,
    name: ({ option, given }) =>
      `\`${option}\`: можно использовать только буквы, цифры, точки и дефисы. Указано: «${given}».`,
    truth: ({ option, given }) => `\`${option}\`: нужно true или false. Указано: «${given}».`,
    twice: ({ option }) => `Параметр \`${option}\` указан дважды. Укажи его один раз.`,
    duration: ({ option, min, max, given }) =>
      `\`${option}\`: нужно время от ${min} до ${max}, например 0:45, 90 с или 2 мин. Указано: ${given}.`,
    instead: ({ option, instead }) => `Укажи либо \`${option}\`, либо \`${instead}\`, но не оба сразу.`,
    fixed: ({ option }) => `Параметр \`${option}\` нельзя изменить при продолжении пьесы. Убери его.`,
    kind: ({ option, kind }) =>
      `Параметр \`${option}\` понимают только модели ${kind}. Убери его или укажи \`модель:${kind}\`.`,
    'two-beginnings': () => 'Указаны и MIDI-файл, и встроенное начало. Оставь что-то одно.',
    'voice-of-several': () => 'В голосовом сообщении помещается одна пьеса. Убери `дубли` или `голосовое`.',
    chord: ({ given, place }) =>
      place === 0
        ? `В «${given}» нет аккордов или их слишком много. Напиши по одному на такт, например \`Am F C G\`.`
        : `Аккорд ${number(place)}, «${given}», не читается. Пиши аккорды так: \`Am7\`, \`F#dim\`, \`C/E\` или \`iv\`.`,
    form: ({ given }) =>
      `Форма «${given}» не читается. Напиши разделы буквами от A до D, например \`AABA\` или \`i4A8B8A8o4\`.`,
    long: ({ option, limit }) => `В \`${option}\` может быть не больше ${number(limit)} символов. Сократи.`,
    unreadable: ({ word }) =>
      `Не понимаю «${word}». Пиши параметры как имя:значение, например \`ноты:200 температура:0.8 тональность:C\`.`,
    unknown: ({ name, names }) => `Параметра «${name}» нет. Возможные: ${names.join(', ')}.`,
  },
  'song.no-parts': () => 'Не останется ни одной партии. Убери меньше.',
  'midi.empty': () => 'Этот файл пуст. Сохрани его заново и пришли новый.',
  'midi.not-midi': ({ looksLike }) => {
    switch (looksLike?.type) {
      case 'picture':
        return `Похоже, это картинка (${looksLike.format}), а не MIDI-файл. ${midiAdvice}`;
      case 'recording':
        return `Похоже, это запись (${looksLike.format}), а не MIDI-файл. В записи нет нот, которые можно прочесть: пришли файл .mid.`;
      case 'foreign-music':
        return `Похоже, это файл формата ${looksLike.format}, а его я читать не умею. Открой его в программе, в которой он сделан, и экспортируй в MIDI (.mid).`;
      case 'zip':
        return 'Похоже, это ZIP-архив, а не MIDI-файл. Распакуй его и пришли файл .mid изнутри.';
      case 'music-xml':
        return 'Похоже, это MusicXML, а не MIDI-файл. Сохрани его как MIDI (.mid) в нотном редакторе.';
      case undefined:
        return `Это не MIDI-файл, как бы он ни назывался. ${midiAdvice}`;
      default: {
        const kind = { pdf: 'PDF', 'web-page': 'веб-страница (HTML)', xml: 'файл XML' }[looksLike!.type];
        return `Похоже, это ${kind}, а не MIDI-файл. ${midiAdvice}`;
      }
    }
  },
  'midi.damaged': () => 'Этот MIDI-файл повреждён. Сохрани его заново и пришли новый.',
  'midi.only-drums': () =>
    'В этом MIDI-файле только ударные (канал 10). Пришли файл с мелодией или аккордами.',
  'midi.no-notes': ({ struck }) =>
    struck
      ? 'Ни у одной ноты в этом MIDI-файле нет длительности: ни одну не отпускают после удара. Сохрани его заново и пришли новый.'
      : 'В этом MIDI-файле нет нот. Пришли файл хотя бы с одной.',
  'midi.unreadable': () => 'Этот MIDI-файл не удалось прочесть; пришли покороче или попроще.',
  'midi.slow': () =>
    'Сейчас я очень занят и не успел прочесть MIDI-файл. Дело не в файле: попробуй ещё раз через минуту.',
  'midi.too-large': ({ actual, limit }) =>
    `В этом файле ${number(Math.ceil(actual / 1024))} КБ; предел — ${number(Math.ceil(limit / 1024))} КБ. Пришли отрывок покороче.`,
  'midi.too-many-tracks': ({ actual, limit }) =>
    `Дорожек в этом файле: ${number(actual)}; предел — ${number(limit)}. Пришли файл, где их меньше.`,
  'midi.too-many-notes': ({ actual, limit }) =>
    `Нот в этом файле: ${number(actual)}; предел — ${number(limit)}. Пришли отрывок покороче.`,
  'midi.too-many-events': ({ limit }) =>
    `Событий в этом файле больше предела — ${number(limit)}. Пришли отрывок покороче или без данных педали и питч-бенда.`,
  'midi.too-long': ({ actual, limit }) =>
    `Этот файл длится ${clock(Math.ceil(actual))}; предел — ${clock(limit)}. Пришли отрывок покороче.`,
  'record.unknown': () =>
    'Эта кнопка не может прочесть пьесу: её создала другая версия бота. Используй /сочинить, можно с MIDI-файлом пьесы.',
  'model.unknown': ({ name, names }) =>
    `Модели «${name}» нет${names.length === 0 ? '' : `; здесь есть ${names.join(', ')}`}.`,
  'model.kind': ({ kind }) => `Модели вида «${kind}» здесь нет; убери параметры, которым она нужна.`,
  'model.damaged': ({ name }) => `Модель «${name}» повреждена; выбери другую.`,
  'model.name': () => 'Имя модели — до 32 букв, цифр, точек и дефисов; выбери другое.',
  'model.taken': ({ name }) => `Модель с именем «${name}» уже есть. Выбери другое имя.`,
  'model.no-previous': ({ name }) =>
    `До «${name}» у этого сервера не было другой модели. Выбери её через \`/модель выбрать\`.`,
  'model.not-own': ({ name, isShared }) =>
    isShared
      ? `Модель «${name}» общая для всех серверов, и здесь её удалить нельзя.`
      : `Своей модели «${name}» у этого сервера нет. См. \`/модель список\`.`,
  'model.in-use': ({ name }) => `Модель «${name}» используется. Сначала выбери другую.`,
  'model.elsewhere': ({ name }) => `Модели «${name}» нет на машине, которая сочиняет; выбери другую.`,
  'compose.closed': () => 'Я выключаюсь. Попробуй ещё раз через минуту.',
  'compose.busy': () => 'Слишком много пьес уже ждут. Попробуй ещё раз через минуту.',
  'compose.lost': () => 'Сочинение неожиданно прервалось; попробуй ещё раз.',
  'compose.unreachable': () => 'Машины, которые сочиняют, сейчас недоступны; попробуй ещё раз через минуту.',
  'compose.version': () =>
    'Машины, которые сочиняют, сейчас обновляются; попробуй ещё раз через несколько минут.',
  'compose.cancelled': () => 'Отменено. Ничего не сочинено.',
  'compose.over': () => 'Эта пьеса уже готова.',
  'disk.full': () =>
    'Диск бота заполнен, ничего не изменено. Попроси оператора освободить место и попробуй ещё раз.',
  'zip.too-large': (what) =>
    'files' in what
      ? `В этом zip больше ${counted(what.files, ofFiles)}; присылай меньше за раз.`
      : `Этот zip после распаковки больше ${number(what.unpackedMegabytes)} МБ; присылай меньше файлов за раз.`,
  'zip.damaged': () => 'Этот zip повреждён или в нём необычные имена; собери его заново и пришли новый.',
  'training.too-little-music': ({ windows: found, needed, windowNotes }) =>
    `Слишком мало музыки: для обучения нужно около ${number(needed + windowNotes)} нот. Добавь ещё примерно ${number(needed - found)}.`,
  'training.nothing-read': ({ skipped }) =>
    skipped.length === 1 ? 'На этом файле обучать нельзя.' : 'Ни на одном из этих файлов обучать нельзя.',
  'training.kind': ({ name }) =>
    `«${name}» — Transformer, а обучать здесь можно только модели LSTM. Выбери другую исходную модель.`,
  'training.interrupted': () => 'Я перезапускаюсь. Потом обучение продолжится.',
  'training.failed': () => 'Обучение неожиданно прервалось, модели не изменились. Начни его снова.',
  'training.lost': () => 'Прерванное обучение не может продолжиться: его файлы повреждены; начни его снова.',
  'training.over': () => 'Это обучение уже закончилось.',
  'training.unreadable': ({ isZip }) =>
    isZip
      ? 'Этот zip не удалось распаковать; пришли сами файлы.'
      : 'Его не удалось прочесть; пришли покороче или попроще.',
  'training.busy': ({ model, done, secondsLeft }) => {
    const soFar = [
      ...(done === undefined ? [] : [percent(done)]),
      ...(secondsLeft === undefined ? [] : [`осталось ${timeLeft(Math.round(secondsLeft / 60))}`]),
    ];
    return `Уже идёт другое обучение: ${model === undefined ? 'модель другого сервера' : `\`${model}\``}${soFar.length === 0 ? '' : ` (${soFar.join(', ')})`}. Я обучаю по одной модели, попробуй после.`;
  },
  'training.too-large': ({ mebibytes }) =>
    `Вместе файлы могут занимать ${number(mebibytes)} МиБ; пришли меньше или zip.`,
  'training.no-music': ({ folderFiles }) =>
    `Прикрепи MIDI-файлы или zip с ними${folderFiles === 0 ? '' : ' либо укажи в `файлы`, сколько взять из папки оператора'}.`,
  'training.two-sources': () => 'Прикреплены файлы и указан параметр `файлы`. Оставь что-то одно.',
  'training.no-folder': () =>
    'Оператор этого бота не подготовил папку с музыкой; прикрепи MIDI-файлы или zip с ними.',
  'training.folder-files': ({ files }) =>
    `Файлов в папке оператора: ${number(files)}; проси от 1 до ${number(files)}.`,
  'training.epochs': ({ min, max, given }) =>
    `\`эпохи\`: нужно целое число от ${number(min)} до ${number(max)}. Указано: ${given}.`,
  'training.rate': ({ min, max, given }) =>
    `\`скорость\`: нужно число от ${min} до ${max}. Указано: ${given}.`,
  'training.file': ({ why, mostMegabytes }) =>
    ({
      'zip-in-zip': 'Это zip внутри zip; сначала распакуй его.',
      'not-midi': 'Это не файл .mid.',
      encrypted: 'Он зашифрован; собери zip без пароля.',
      unusual: 'Он сжат необычным способом; собери zip с обычными настройками.',
      'too-large': `После распаковки он больше ${number(mostMegabytes)} МБ.`,
      damaged: 'Он повреждён и не распаковывается.',
    })[why],
  'training.same-file': ({ twin }) => `Это тот же файл, что «${twin}».`,
  'command.unknown': () => 'Этой команды больше нет. Перезапусти Discord, чтобы увидеть нынешние.',
  'action.unknown': () => 'Эта кнопка от другой версии бота. Воспользуйся командой ещё раз.',
  'action.no-message': () =>
    'Не могу найти сообщение, к которому это относится. Воспользуйся командой ещё раз.',
  'bot.stopping': () => 'Я перезапускаюсь. Попробуй ещё раз через минуту.',
  'bot.restarted': () => 'Я перезапустился раньше, чем это было готово. Попробуй ещё раз.',
  'bot.too-late': () => 'Это заняло больше времени, чем разрешает Discord. Попробуй с меньшим числом нот.',
  'bot.permissions': ({ missing }) =>
    `Мне ${form(missing.length, { one: 'нужно право', other: 'нужны права' })} ${list(missing.map((name) => `«${permissions[name] ?? name}»`))} в этом канале. Попроси тех, кто управляет сервером, или попробуй другой канал.`,
  'bot.not-owner': ({ act }) =>
    `${act === 'cancel' ? 'Отменить' : 'Удалить'} это может только тот, кто об этом попросил, и те, у кого есть право «Управлять сообщениями».`,
  'settings.only-managers': () =>
    'Чтобы изменить это, нужно право «Управлять сервером». Попроси того, у кого оно есть.',
  'settings.only-trainers': () =>
    'Для этого нужно право «Управлять сервером» или место в списке `/настройки тренеры`. Попроси тех, кто управляет сервером.',
  'settings.no-server': () => 'Это работает только на сервере. Попробуй там.',
  'settings.too-many-trainers': ({ most }) =>
    `Список полон, в нём ролей и людей: ${number(most)}. Добавь роль вместо её участников.`,
  'share.at-once': ({ running }) =>
    `Твоих запросов уже в работе: ${number(running)}; подожди, пока один закончится, или отмени его.`,
  'share.hour': ({ who, had, limit, pieces, nextSeconds }) => {
    const share = `${who === 'you' ? 'У тебя' : 'У этого сервера'} за час уже ${number(had)} из ${counted(limit, ofPieces)}`;
    if (nextSeconds === undefined) return `${share}. Попроси меньше дублей.`;
    return `${share}. ${pieces === 1 ? 'Следующая будет возможна' : `Следующие ${number(pieces)} будут возможны`} <t:${nextSeconds}:R>.`;
  },
  'share.channel': ({ channel }) =>
    `Мне нельзя публиковать файлы в <#${channel}>; попроси тех, кто управляет сервером, разрешить это или выбрать другой канал в \`/настройки канал-обмена\`.`,
  'attachment.host': () => 'Этот файл хранится не на Discord. Загрузи его сюда.',
  'attachment.expired': () => 'Этого файла больше нет на Discord; загрузи его ещё раз.',
  'attachment.unreachable': () => 'Не удалось получить этот файл с Discord; загрузи его ещё раз.',
  'piece.gone': () =>
    'MIDI-файл этой пьесы удалён, а с ним и всё, что я о ней знал. Создай новую через /сочинить.',
  'remix.slow': () => 'Пьеса загружалась слишком долго, и форма не открылась сразу. Открой её здесь:',
  'message.no-midi': () => 'В этом сообщении нет MIDI-файла; выбери сообщение с файлом .mid.',
  'message.one-midi': () =>
    'Прикрепи один MIDI-файл (.mid), с которого начать, или ни одного — для встроенного начала.',
  'message.many-midi': () =>
    'В этом сообщении несколько MIDI-файлов; выбери сообщение с одним файлом .mid или используй /сочинить с нужным.',
  'preset.empty': () => 'Набору нужен хотя бы один параметр. Добавь его и сохрани снова.',
  'preset.name': () => 'Имя набора — одно слово не длиннее 32 букв, цифр и дефисов; выбери другое.',
  'preset.built-in': ({ name }) => `«${name}» — встроенный набор. Выбери другое имя.`,
  'preset.too-many': ({ most }) =>
    `У этого сервера уже столько наборов: ${number(most)}. Сначала удали один.`,
  'preset.unknown': ({ name, names }) =>
    `Набора «${name}» нет; ${names.length === 0 ? 'пока нет ни одного' : `есть ${names.join(', ')}`}.`.slice(
      0,
      1900,
    ),
};
