import { clock } from '../grammar.js';
import type { RefusalSentences } from '../refusals.js';
import { number, percent, counted, list, files, pieces, timeLeft } from './grammar.js';

const permissions: Readonly<Record<string, string>> = {
  AttachFiles: 'Dateien anhängen',
  ViewChannel: 'Kanal anzeigen',
  SendMessages: 'Nachrichten senden',
  SendMessagesInThreads: 'Nachrichten in Threads senden',
  SendVoiceMessages: 'Sprachnachrichten senden',
  Connect: 'Verbinden',
  Speak: 'Sprechen',
  RequestToSpeak: 'Sprechen anfordern',
};

const midiAdvice = 'Schick eine .mid-Datei, wie ein Notensatzprogramm oder eine DAW sie exportiert.';

export const refusals: RefusalSentences = {
  unknown: (code) =>
    `Etwas ist schiefgegangen, das diese Version nicht erklären kann (${code}). Versuch es bitte noch einmal.`,
  options: {
    range: ({ option, whole, min, max, given }) =>
      `\`${option}\` muss eine ${whole ? 'ganze ' : ''}Zahl von ${number(min)} bis ${number(max)} sein. Du hast ${given} angegeben.`,
    choice: ({ option, choices: names, given }) =>
      `\`${option}\` muss eins von ${names.join(', ')} sein. Du hast „${given}“ angegeben.`,
    name: ({ option, given }) =>
      `\`${option}\` darf nur Buchstaben, Ziffern, Punkte und Striche enthalten. Du hast „${given}“ angegeben.`,
    truth: ({ option, given }) => `\`${option}\` muss true oder false sein. Du hast „${given}“ angegeben.`,
    twice: ({ option }) => `\`${option}\` steht zweimal da. Gib es nur einmal an.`,
    duration: ({ option, min, max, given }) =>
      `\`${option}\` muss eine Zeit von ${min} bis ${max} sein, etwa 0:45, 90 s oder 2 min. Du hast ${given} angegeben.`,
    instead: ({ option, instead }) => `Gib entweder \`${option}\` oder \`${instead}\` an, nicht beides.`,
    fixed: ({ option }) => `\`${option}\` lässt sich beim Fortsetzen eines Stücks nicht ändern. Lass es weg.`,
    kind: ({ option, kind }) =>
      `Nur Modelle der Art ${kind} unterstützen \`${option}\`. Lass es weg oder setz \`modell:${kind}\`.`,
    'two-beginnings': () =>
      'Du hast eine MIDI-Datei und einen eingebauten Anfang gewählt. Wähl nur eins davon.',
    'voice-of-several': () =>
      'Eine Sprachnachricht fasst nur ein Stück. Lass `fassungen` oder `sprachnachricht` weg.',
    chord: ({ given, place }) =>
      place === 0
        ? `In „${given}“ stehen keine oder zu viele Akkorde. Schreib einen pro Takt, zum Beispiel \`Am F C G\`.`
        : `Akkord ${number(place)}, „${given}“, ist nicht lesbar. Schreib Akkorde wie \`Am7\`, \`F#dim\`, \`C/E\` oder \`iv\`.`,
    form: ({ given }) =>
      `Die Form „${given}“ ist nicht lesbar. Schreib die Abschnitte als Buchstaben von A bis D, zum Beispiel \`AABA\` oder \`i4A8B8A8o4\`.`,
    long: ({ option, limit }) => `\`${option}\` darf höchstens ${number(limit)} Zeichen haben. Kürze es.`,
    unreadable: ({ word }) =>
      `„${word}“ verstehe ich nicht. Schreib Optionen als name:wert, zum Beispiel \`noten:200 temperatur:0.8 tonart:C\`.`,
    unknown: ({ name, names }) => `Eine Option „${name}“ gibt es nicht. Möglich sind ${names.join(', ')}.`,
  },
  'song.no-parts': () => 'Es bliebe keine Stimme übrig. Lass weniger Stimmen weg.',
  'midi.empty': () => 'Diese Datei ist leer. Exportier sie noch einmal und schick die neue.',
  'midi.not-midi': ({ looksLike }) => {
    switch (looksLike?.type) {
      case 'picture':
        return `Das sieht nach einem Bild aus (${looksLike.format}), nicht nach einer MIDI-Datei. ${midiAdvice}`;
      case 'recording':
        return `Das sieht nach einer Aufnahme aus (${looksLike.format}), nicht nach einer MIDI-Datei. In einer Aufnahme stehen keine Noten: Schick eine .mid-Datei.`;
      case 'foreign-music':
        return `Das sieht nach einer Datei im Format ${looksLike.format} aus, das ich nicht lesen kann. Öffne sie in dem Programm, mit dem sie erstellt wurde, und exportiere sie als MIDI (.mid).`;
      case 'zip':
        return 'Das sieht nach einem Zip-Archiv aus, nicht nach einer MIDI-Datei. Pack es aus und schick die .mid-Datei darin.';
      case 'music-xml':
        return 'Das sieht nach MusicXML aus, nicht nach einer MIDI-Datei. Exportier es aus einem Notensatzprogramm als MIDI (.mid).';
      case undefined:
        return `Das ist keine MIDI-Datei, wie auch immer sie heißt. ${midiAdvice}`;
      default: {
        const kind = { pdf: 'einem PDF', 'web-page': 'einer Webseite (HTML)', xml: 'einer XML-Datei' }[
          looksLike!.type
        ];
        return `Das sieht nach ${kind} aus, nicht nach einer MIDI-Datei. ${midiAdvice}`;
      }
    }
  },
  'midi.damaged': () => 'Diese MIDI-Datei ist beschädigt. Exportier sie noch einmal und schick die neue.',
  'midi.only-drums': () =>
    'In dieser MIDI-Datei ist nur Schlagzeug (Kanal 10). Schick eine mit Melodie oder Akkorden.',
  'midi.no-notes': ({ struck }) =>
    struck
      ? 'Keine Note in dieser MIDI-Datei hat eine Länge: Nach dem Anschlag wird keine losgelassen. Exportier sie noch einmal und schick die neue.'
      : 'In dieser MIDI-Datei sind keine Noten. Schick eine mit mindestens einer Note.',
  'midi.unreadable': () => 'Diese MIDI-Datei ließ sich nicht lesen; schick eine kürzere oder einfachere.',
  'midi.slow': () =>
    'Ich habe gerade so viel zu tun, dass ich die MIDI-Datei nicht lesen konnte. An der Datei liegt es nicht; versuch es in einer Minute noch einmal.',
  'midi.too-large': ({ actual, limit }) =>
    `Diese Datei hat ${number(Math.ceil(actual / 1024))} kB; erlaubt sind ${number(Math.ceil(limit / 1024))} kB. Schick einen kürzeren Ausschnitt.`,
  'midi.too-many-tracks': ({ actual, limit }) =>
    `Diese Datei hat ${number(actual)} Spuren; erlaubt sind ${number(limit)}. Schick sie mit weniger Spuren.`,
  'midi.too-many-notes': ({ actual, limit }) =>
    `Diese Datei hat ${number(actual)} Noten; erlaubt sind ${number(limit)}. Schick einen kürzeren Ausschnitt.`,
  'midi.too-many-events': ({ limit }) =>
    `Diese Datei hat mehr als die erlaubten ${number(limit)} Ereignisse. Schick einen kürzeren Ausschnitt oder einen ohne Pedal- und Bend-Daten.`,
  'midi.too-long': ({ actual, limit }) =>
    `Diese Datei dauert ${clock(Math.ceil(actual))}; erlaubt sind ${clock(limit)}. Schick einen kürzeren Ausschnitt.`,
  'record.unknown': () =>
    'Dieser Knopf kann das Stück nicht lesen: Eine andere Version des Bots hat es erzeugt. Verwende stattdessen /komponieren, gern mit der MIDI-Datei des Stücks.',
  'model.unknown': ({ name, names }) =>
    `Ein Modell „${name}“ gibt es nicht${names.length === 0 ? '' : `; hier gibt es ${names.join(', ')}`}.`,
  'model.kind': ({ kind }) =>
    `Ein Modell der Art „${kind}“ gibt es hier nicht; die Optionen brauchen aber eins. Lass sie weg.`,
  'model.damaged': ({ name }) => `Das Modell „${name}“ ist beschädigt. Wähl ein anderes.`,
  'model.name': () =>
    'Ein Modellname darf bis zu 32 Buchstaben, Ziffern, Punkte und Striche haben. Wähl einen anderen.',
  'model.taken': ({ name }) => `Ein Modell namens „${name}“ gibt es schon. Wähl einen anderen Namen.`,
  'model.no-previous': ({ name }) =>
    `Dieser Server hat vor „${name}“ kein Modell benutzt. Wähl eins mit \`/modell benutzen\`.`,
  'model.not-own': ({ name, isShared }) =>
    isShared
      ? `Das Modell „${name}“ wird von allen Servern genutzt und kann hier nicht gelöscht werden.`
      : `Dieser Server hat kein eigenes Modell „${name}“. Siehe \`/modell liste\`.`,
  'model.in-use': ({ name }) =>
    `Das Modell „${name}“ wird gerade verwendet. Wechsle erst zu einem anderen, mit \`/modell benutzen\` oder \`/modell zurück\`.`,
  'model.elsewhere': ({ name }) =>
    `Das Modell „${name}“ fehlt auf dem Rechner, der komponiert. Wähl ein anderes.`,
  'compose.closed': () => 'Ich werde gerade beendet. Versuch es bitte in einer Minute noch einmal.',
  'compose.busy': () => 'Es warten schon zu viele Stücke. Versuch es bitte in einer Minute noch einmal.',
  'compose.lost': () => 'Das Komponieren ist unerwartet abgebrochen. Versuch es bitte noch einmal.',
  'compose.unreachable': () =>
    'Die Rechner, die komponieren, sind gerade nicht erreichbar. Versuch es bitte in einer Minute noch einmal.',
  'compose.version': () =>
    'Die Rechner, die komponieren, werden gerade aktualisiert. Versuch es bitte in ein paar Minuten noch einmal.',
  'compose.cancelled': () => 'Abgebrochen. Es wurde nichts komponiert.',
  'compose.over': () => 'Dieses Stück ist schon fertig.',
  'disk.full': () =>
    'Der Speicher des Bots ist voll; nichts wurde geändert. Bitte den Betreiber, Platz zu schaffen, und versuch es dann noch einmal.',
  'zip.too-large': (what) =>
    'files' in what
      ? `In diesem Zip sind mehr als ${number(what.files)} Dateien; schick weniger auf einmal.`
      : `Dieses Zip hat ausgepackt mehr als ${number(what.unpackedMegabytes)} MB; schick weniger Dateien auf einmal.`,
  'zip.damaged': () =>
    'Diese Zip-Datei ist beschädigt oder enthält ungewöhnliche Dateinamen. Erstell sie neu und schick die neue.',
  'training.too-little-music': ({ windows, needed, windowNotes }) =>
    `Zu wenig Musik: Das Training braucht etwa ${number(needed + windowNotes)} Noten. Gib etwa ${number(needed - windows)} mehr.`,
  'training.nothing-read': ({ skipped }) =>
    skipped.length === 1
      ? 'Mit dieser Datei kann ich nicht trainieren.'
      : 'Mit keiner dieser Dateien kann ich trainieren.',
  'training.kind': ({ name }) =>
    `Modelle wie „${name}“ lassen sich nicht trainieren. Wähl ein anderes Ausgangsmodell, etwa \`lstm\`.`,
  'training.interrupted': () => 'Ich werde neu gestartet. Danach geht das Training weiter.',
  'training.failed': () =>
    'Das Training ist unerwartet abgebrochen; kein Modell wurde geändert. Starte es bitte noch einmal.',
  'training.lost': () =>
    'Das unterbrochene Training kann nicht fortgesetzt werden, weil seine Dateien beschädigt sind. Starte es bitte noch einmal.',
  'training.over': () => 'Dieses Training ist schon beendet.',
  'training.unreadable': ({ isZip }) =>
    isZip
      ? 'Dieses Zip ließ sich nicht entpacken. Schick die Dateien selbst.'
      : 'Diese Datei ließ sich nicht lesen. Schick eine kürzere oder einfachere.',
  'training.busy': ({ model, done, secondsLeft }) => {
    const sofar = [
      ...(done === undefined ? [] : [percent(done)]),
      ...(secondsLeft === undefined ? [] : [`noch ${timeLeft(Math.round(secondsLeft / 60))}`]),
    ];
    return `Ein anderes Training läuft: ${model === undefined ? 'ein Modell eines anderen Servers' : `\`${model}\``}${sofar.length === 0 ? '' : ` (${sofar.join(', ')})`}. Ich trainiere immer nur ein Modell; versuch es danach noch einmal.`;
  },
  'training.too-large': ({ mebibytes }) =>
    `Die Dateien dürfen zusammen ${number(mebibytes)} MiB haben; schick bitte weniger oder ein Zip.`,
  'training.no-music': ({ folderFiles }) =>
    `Häng bitte MIDI-Dateien oder ein Zip davon an${folderFiles === 0 ? '' : ', oder gib mit `dateien` an, wie viele aus dem Ordner des Betreibers'}.`,
  'training.two-sources': () => 'Du hast Dateien angehängt und `dateien` gesetzt. Nimm nur eins davon.',
  'training.no-folder': () =>
    'Der Betreiber dieses Bots hat keinen Musikordner eingerichtet; häng bitte stattdessen MIDI-Dateien oder ein Zip davon an.',
  'training.folder-files': ({ files: count }) =>
    `Im Musikordner des Betreibers sind ${counted(count, files)}; gib eine Zahl von 1 bis ${number(count)} an.`,
  'training.epochs': ({ min, max, given }) =>
    `epochen muss eine ganze Zahl von ${number(min)} bis ${number(max)} sein; du hast ${given} angegeben.`,
  'training.rate': ({ min, max, given }) =>
    `lernrate muss eine Zahl von ${min} bis ${max} sein; du hast ${given} angegeben.`,
  'training.file': ({ why, mostMegabytes }) =>
    ({
      'zip-in-zip': 'Das ist ein Zip in einem Zip; pack es erst aus.',
      'not-midi': 'Das ist keine .mid-Datei.',
      encrypted: 'Sie ist verschlüsselt; erstell das Zip ohne Passwort.',
      unusual: 'Sie ist ungewöhnlich gepackt; erstell das Zip mit den üblichen Einstellungen.',
      'too-large': `Sie hat ausgepackt mehr als ${number(mostMegabytes)} MB.`,
      damaged: 'Sie ist beschädigt und lässt sich nicht auspacken.',
    })[why],
  'training.same-file': ({ twin }) => `Das ist dieselbe Datei wie „${twin}“.`,
  'command.unknown': () => 'Diesen Befehl gibt es nicht mehr. Starte Discord neu, um die aktuellen zu sehen.',
  'action.unknown': () =>
    'Dieser Knopf stammt von einer anderen Version des Bots. Verwende den Befehl noch einmal.',
  'action.no-message': () =>
    'Ich finde die Nachricht nicht, zu der das gehört. Verwende den Befehl noch einmal.',
  'bot.stopping': () => 'Ich werde gerade neu gestartet. Versuch es bitte in einer Minute noch einmal.',
  'bot.restarted': () => 'Ich wurde neu gestartet, bevor dies fertig war. Versuch es bitte noch einmal.',
  'bot.too-late': () => 'Das hat länger gedauert, als Discord erlaubt. Versuch es mit weniger Noten.',
  'bot.permissions': ({ missing }) =>
    `Ich brauche in diesem Kanal ${list(missing.map((name) => `„${permissions[name] ?? name}“`))}. Bitte die Serververwaltung darum, oder versuch es in einem anderen Kanal.`,
  'bot.not-owner': ({ act }) =>
    `Das kann nur ${act === 'cancel' ? 'abbrechen' : 'löschen'}, wer es angefordert hat oder „Nachrichten verwalten“ darf.`,
  'settings.only-managers': () =>
    'Dafür brauchst du „Server verwalten“. Bitte jemanden darum, der diese Berechtigung hat.',
  'settings.only-trainers': () =>
    'Dafür brauchst du „Server verwalten“ oder musst in `/einstellungen trainer` eingetragen sein. Bitte die Serververwaltung darum.',
  'settings.no-server': () => 'Das geht nur auf einem Server. Versuch es dort.',
  'settings.too-many-trainers': ({ most }) =>
    `Höchstens ${number(most)} Rollen und Personen lassen sich nennen; nenn bitte eine Rolle statt ihrer Leute.`,
  'share.at-once': ({ running }) =>
    `${running === 1 ? 'Von dir läuft schon eine Anfrage' : `Von dir laufen schon ${number(running)} Anfragen`}. Warte, bis eine fertig ist, oder brich sie ab.`,
  'share.hour': ({ who, had, limit, pieces: asked, nextSeconds }) => {
    const share = `${who === 'you' ? 'Du hast' : 'Dieser Server hat'} ${number(had)} von ${counted(limit, pieces)} dieser Stunde verbraucht`;
    if (nextSeconds === undefined) return `${share}. Nimm weniger Fassungen.`;
    return `${share}. ${asked === 1 ? 'Das nächste geht' : `Die nächsten ${number(asked)} gehen`} <t:${nextSeconds}:R>.`;
  },
  'share.channel': ({ channel }) =>
    `In <#${channel}> darf ich keine Dateien posten; bitte die Serververwaltung, es mir zu erlauben oder mit \`/einstellungen teilen-kanal\` einen anderen Kanal zu wählen.`,
  'attachment.host': () => 'Diese Datei liegt nicht bei Discord. Lade sie hier hoch.',
  'attachment.expired': () => 'Diese Datei liegt nicht mehr bei Discord. Lade sie noch einmal hoch.',
  'attachment.unreachable': () =>
    'Ich konnte diese Datei nicht von Discord laden. Lade sie noch einmal hoch.',
  'piece.gone': () =>
    'Die MIDI-Datei dieses Stücks wurde gelöscht und mit ihr alles, was ich darüber wusste. Mit /komponieren bekommst du ein neues.',
  'remix.slow': () =>
    'Das Stück zu laden hat zu lange gedauert, um das Formular gleich zu öffnen. Hier kannst du es öffnen:',
  'message.no-midi': () =>
    'An dieser Nachricht hängt keine MIDI-Datei; wähl eine, an der eine .mid-Datei hängt.',
  'message.one-midi': () =>
    'Häng bitte eine MIDI-Datei (.mid) als Anfang an, oder keine für einen eingebauten Anfang.',
  'message.many-midi': () =>
    'An dieser Nachricht hängen mehrere MIDI-Dateien; wähl eine mit nur einer .mid-Datei, oder nimm /komponieren mit der, die du meinst.',
  'daily.over': () => 'Diese Abstimmung ist vorbei. Stimm beim neuesten Stück des Tages ab.',
  'radio.none': () => 'Auf diesem Server läuft kein Radio. Starte eins mit `/radio start`.',
  'radio.playing': ({ channel }) =>
    `Das Radio läuft schon in ${channel}. Hör dort zu, oder beende es zuerst.`,
  'radio.too-many': ({ most }) =>
    `Ich kann nur in ${number(most)} Sprachkanälen gleichzeitig spielen. Versuch es, wenn einer davon frei ist.`,
  'radio.not-in-voice': () => 'Geh zuerst in einen Sprachkanal und versuch es dann noch einmal.',
  'radio.not-listening': ({ channel }) => `Das kann nur, wer zuhört. Geh zuerst in ${channel}.`,
  'radio.not-yours': () =>
    'Das kann nur, wer das Radio gestartet hat, den Server verwaltet oder die DJ-Rolle hat. Bitte jemanden davon darum.',
  'radio.full': ({ channel }) =>
    `${channel} ist voll. Bitte jemanden zu gehen, oder nimm einen anderen Kanal.`,
  'bot.channel-permissions': ({ channel, missing }) =>
    `Ich brauche in ${channel} ${list(missing.map((name) => `„${permissions[name] ?? name}“`))}. Bitte die Serververwaltung darum, oder nimm einen anderen Kanal.`,
  'radio.nothing-now': () =>
    'Gerade läuft nichts: Ein Stück wird noch komponiert. Versuch es in ein paar Sekunden noch einmal.',
  'radio.until': ({ given }) =>
    `Wann „${given}“ ist, weiß ich nicht. Sag, wie lange, etwa „2h“ oder „90 min“, oder wann, etwa „22:30“.`,
  'radio.time-zone': () =>
    'Die Zeitzone dieses Servers kenne ich nicht. Sag stattdessen, wie lange, etwa „2h“, oder lass sie die Serververwaltung mit `/radio einstellungen` setzen.',
  'radio.no-zone': ({ given }) =>
    `Eine Zeitzone „${given}“ kenne ich nicht. Wähl eine aus der Liste, zum Beispiel Europe/Berlin.`,
  'radio.own-file': () =>
    'Dieses Stück hat jemand als Datei mitgebracht. Behalten kannst du Stücke, die ich komponiert habe.',
  'radio.queue-full': ({ most }) =>
    `Es warten schon ${number(most)} Stücke. Versuch es wieder, wenn einige davon gespielt sind.`,
  'radio.no-further': ({ direction }) =>
    `${direction < 0 ? 'Ruhiger' : 'Lebhafter'} kann ich die Musik nicht machen.`,
  'radio.just-steered': () => 'Die Musik ändert sich schon. Versuch es in ein paar Sekunden noch einmal.',
  'preset.empty': () => 'Eine Vorlage braucht mindestens eine Option. Gib eine an und speicher noch einmal.',
  'preset.name': () =>
    'Der Name einer Vorlage ist ein Wort aus höchstens 32 Buchstaben, Ziffern und Strichen; wähl bitte einen anderen.',
  'preset.built-in': ({ name }) => `„${name}“ ist eine eingebaute Vorlage. Wähl einen anderen Namen.`,
  'preset.too-many': ({ most }) => `Dieser Server hat schon ${number(most)} Vorlagen. Lösch erst eine.`,
  'preset.unknown': ({ name, names }) =>
    `Eine Vorlage „${name}“ gibt es nicht; ${names.length === 0 ? 'es gibt noch keine' : `es gibt ${names.join(', ')}`}.`.slice(
      0,
      1900,
    ),
};
