import { composerNames } from '../request/words/composer-names.js';
import type { Key, Tonic } from '../music/theory/key.js';
import { fineTuning } from '../model/lstm/fine-tuning.js';
import type { Language } from './english.js';
import { clock, figures } from './grammar.js';
import { refusalSentence } from './refusals.js';

const { number, percent, counted, list } = figures('de');
const notes = { one: 'Note', other: 'Noten' };
const files = { one: 'Datei', other: 'Dateien' };
const epochs = { one: 'Epoche', other: 'Epochen' };
const pieces = { one: 'Stück', other: 'Stücken' };

const tonics: Readonly<Record<Tonic, string>> = {
  ...{ C: 'C', 'C#': 'Cis', D: 'D', Eb: 'Es', E: 'E', F: 'F' },
  ...{ 'F#': 'Fis', G: 'G', Ab: 'As', A: 'A', Bb: 'B', B: 'H' },
};

/** Minor keys are written small: a-Moll. */
function key({ tonic, scale }: Key): string {
  const name = tonics[tonic];
  switch (scale) {
    case 'major':
      return `${name}-Dur`;
    case 'natural-minor':
      return `${name.toLowerCase()}-Moll`;
    case 'harmonic-minor':
      return `${name.toLowerCase()}-Moll harmonisch`;
    case 'melodic-minor':
      return `${name.toLowerCase()}-Moll melodisch`;
    case 'major-pentatonic':
      return `${name}-Dur-Pentatonik`;
    case 'minor-pentatonic':
      return `${name.toLowerCase()}-Moll-Pentatonik`;
    case 'blues':
      return `${name}-Bluestonleiter`;
    case 'whole-tone':
      return `Ganztonleiter auf ${name}`;
    case 'chromatic':
      return `chromatisch auf ${name}`;
    default:
      return `${name} ${choices.scale[scale]}`;
  }
}

const choices: Language['choices'] = {
  scale: {
    major: 'dur',
    'natural-minor': 'moll',
    'harmonic-minor': 'harmonisch-moll',
    'melodic-minor': 'melodisch-moll',
    dorian: 'dorisch',
    phrygian: 'phrygisch',
    lydian: 'lydisch',
    mixolydian: 'mixolydisch',
    locrian: 'lokrisch',
    'major-pentatonic': 'dur-pentatonik',
    'minor-pentatonic': 'moll-pentatonik',
    blues: 'blues',
    'whole-tone': 'ganzton',
    chromatic: 'chromatisch',
  },
  quantise: { none: 'keins', seed: 'achtel', straight: 'sechzehntel', triplet: 'triolen' },
  voices: { poly: 'mehrstimmig', mono: 'einstimmig' },
  sampling: { spread: 'gestreut', source: 'original' },
  mood: {
    sad: 'traurig',
    calm: 'ruhig',
    tender: 'zart',
    dreamy: 'verträumt',
    mysterious: 'geheimnisvoll',
    dark: 'düster',
    happy: 'fröhlich',
    playful: 'verspielt',
    dramatic: 'dramatisch',
    angry: 'zornig',
    triumphant: 'triumphal',
    epic: 'episch',
  },
  density: { sparse: 'spärlich', light: 'locker', medium: 'mittel', busy: 'belebt', dense: 'dicht' },
  polyphony: { thin: 'dünn', light: 'leicht', medium: 'mittel', rich: 'reich', full: 'voll' },
  composer: composerNames.german,
  era: { baroque: 'barock', classical: 'klassik', romantic: 'romantik', modern: 'moderne' },
};

const options: Language['options'] = {
  notes: { name: 'noten', description: 'Wie viele Noten komponiert werden (300)' },
  temp: { name: 'temperatur', description: 'Unter 1 vorsichtiger, über 1 kühner (1,0)' },
  tempo: { name: 'tempo', description: 'Geschwindigkeit: 2 ist doppelt so schnell (1,0)' },
  pitch: { name: 'tonhöhe', description: 'Wo die Mitte der Musik liegt; 60 ist das c′' },
  velocity: { name: 'anschlag', description: 'Mittlere Anschlagstärke: 40 ist leise, 100 ist laut' },
  key: { name: 'tonart', description: 'Grundton der Tonleiter (B ist H, Bb ist B); allein heißt er Dur' },
  scale: { name: 'tonleiter', description: 'Tonleiter, zu der jede Note gehört; allein auf C' },
  quantise: {
    name: 'raster',
    description: 'Noten auf ein Raster setzen: achtel (bis ganze Noten), sechzehntel oder triolen',
  },
  voices: { name: 'stimmen', description: 'einstimmig spielt immer nur eine Note' },
  sampling: {
    name: 'ziehung',
    description: 'gestreut ist lebendig und bleibt bei den Tönen des Stücks, original ist das Netz pur',
  },
  mood: { name: 'stimmung', description: 'Transformer: die Stimmung der Musik' },
  density: { name: 'dichte', description: 'Transformer: wie viele Noten in einer Sekunde kommen' },
  polyphony: { name: 'polyphonie', description: 'Transformer: wie viele Noten zugleich klingen' },
  composer: { name: 'komponist', description: 'Transformer: in der Art eines Komponisten' },
  era: { name: 'epoche', description: 'Transformer: in der Art einer Zeit' },
  text: {
    name: 'text',
    description:
      'Transformer: in deinen Worten, z. B. traurig, langsam, d-Moll; die Antwort sagt, was ich verstand',
  },
  seed: { name: 'startzahl', description: 'Zufallszahl: dieselbe Zahl gibt dasselbe Stück' },
  model: {
    name: 'modell',
    description: 'Welches Netz komponiert: der ausdrucksvolle transformer, das kleine lstm oder ein eigenes',
  },
  opening: { name: 'anfang', description: 'Von welchem eingebauten Anfang; ohne Angabe wählt die Startzahl' },
};

const composeOptions: Language['commands']['compose']['options'] = {
  preset: {
    name: 'vorlage',
    description: 'Ein benannter Satz von Optionen; was du daneben angibst, geht vor',
  },
  midi: { name: 'midi', description: 'Eine MIDI-Datei als Anfang, anstelle eines eingebauten' },
  takes: { name: 'fassungen', description: 'Wie viele Stücke zur Auswahl (1)' },
  private: { name: 'privat', description: 'Nur dir zeigen; mit „Teilen“ sehen es dann alle' },
  voice: { name: 'sprachnachricht', description: 'Die Hörprobe zusätzlich als Sprachnachricht senden' },
};

const permissions: Readonly<Record<string, string>> = {
  AttachFiles: 'Dateien anhängen',
  ViewChannel: 'Kanal anzeigen',
  SendMessages: 'Nachrichten senden',
  SendMessagesInThreads: 'Nachrichten in Threads senden',
  SendVoiceMessages: 'Sprachnachrichten senden',
};

function timeLeft(minutes: number): string {
  return minutes < 1 ? 'weniger als eine Minute' : `etwa ${number(minutes)} min`;
}

const midiAdvice = 'Schick eine .mid-Datei, wie ein Notensatzprogramm oder eine DAW sie exportiert.';

export const german: Language = {
  locale: 'de',
  figures: figures('de'),

  commands: {
    compose: {
      name: 'komponieren',
      description: 'Ein Musikstück komponieren: MIDI-Datei, Klang und Bild',
      options: composeOptions,
    },
    composeFromMidi: { name: 'Aus diesem MIDI komponieren' },
    continueMidi: { name: 'Dieses MIDI fortsetzen' },
    preset: {
      name: 'vorlage',
      description: 'Benannte Sätze von Optionen für /komponieren',
      list: { name: 'liste', description: 'Alle Vorlagen zeigen und wofür sie stehen' },
      save: {
        name: 'speichern',
        description: 'Optionen unter einem Namen speichern (für die Serververwaltung)',
      },
      delete: {
        name: 'löschen',
        description: 'Eine Vorlage dieses Servers löschen (für die Serververwaltung)',
      },
      presetName: { name: 'name', description: 'Name der Vorlage' },
    },
    settings: {
      name: 'einstellungen',
      description: 'Was dieser Server über meine Musik bestimmt',
      show: { name: 'zeigen', description: 'Die Einstellungen dieses Servers zeigen' },
      defaults: {
        name: 'vorgaben',
        description: 'Was /komponieren nimmt, wenn nichts angegeben ist; was hier fehlt, bestimme wieder ich',
      },
      shareChannel: {
        name: 'teilen-kanal',
        description: 'Wohin der Knopf „Teilen“ postet',
        channel: { name: 'kanal', description: 'Ohne Kanal der, in dem der Knopf gedrückt wird' },
      },
      limits: {
        name: 'grenzen',
        description: 'Wie viele Stücke es pro Stunde gibt; was fehlt, bestimme wieder ich',
        person: { name: 'person', description: 'Stücke, die jede Person hier pro Stunde bekommt' },
        server: { name: 'server', description: 'Stücke, die hier alle zusammen pro Stunde bekommen' },
      },
      trainers: {
        name: 'trainer',
        description: 'Wer neben der Serververwaltung trainieren und Modelle wählen darf',
        allow: { name: 'erlauben', description: 'Eine Rolle oder Person, die es darf' },
        forbid: { name: 'verbieten', description: 'Eine Rolle oder Person, die es nicht mehr darf' },
      },
      language: {
        name: 'sprache',
        description: 'Meine Sprache, wo ich die einer Person nicht kenne',
        language: { name: 'sprache', description: 'Ohne Angabe die des Servers' },
      },
    },
    train: {
      name: 'trainieren',
      description: 'Ein eigenes Modell dieses Servers mit eurer Musik trainieren',
      modelName: { name: 'name', description: 'Wie das neue Modell heißen soll' },
      file: (n) => ({
        name: `datei${n}`,
        description: n === 1 ? 'Eine MIDI-Datei oder ein Zip mit MIDI-Dateien' : 'Noch eine Datei',
      }),
      files: {
        name: 'dateien',
        description: 'Statt eigener Dateien: wie viele aus dem Musikordner des Betreibers',
      },
      epochs: {
        name: 'epochen',
        description: `Wie oft die Musik durchgegangen wird; ohne Angabe ${number(fineTuning.epochs.default)}`,
      },
      rate: {
        name: 'lernrate',
        description: `Höchste Lernrate; ohne Angabe ${number(fineTuning.rate.default)}`,
      },
      from: { name: 'von', description: 'Das Modell, von dem es ausgeht; ohne Angabe das benutzte' },
    },
    model: {
      name: 'modell',
      description: 'Die Modelle dieses Servers',
      list: { name: 'liste', description: 'Welche Modelle es gibt und welches benutzt wird' },
      show: { name: 'zeigen', description: 'Womit und wie ein Modell trainiert wurde und wie gut es ist' },
      use: { name: 'benutzen', description: 'Diesen Server mit einem Modell komponieren lassen' },
      rollback: { name: 'zurück', description: 'Zurück zum Modell, das vorher benutzt wurde' },
      delete: { name: 'löschen', description: 'Ein Modell löschen, das dieser Server trainiert hat' },
      modelName: { name: 'name', description: 'Name des Modells' },
    },
    forget: { name: 'vergessen', description: 'Alles löschen, was ich für diesen Server aufbewahre' },
    help: {
      name: 'hilfe',
      description: 'Beispiele zum Kopieren, und was jede Option mit der Musik macht',
      topic: { name: 'thema', description: 'Was gezeigt wird (anfang)' },
      topics: {
        start: 'anfang',
        options: 'optionen',
        character: 'charakter',
        files: 'dateien',
        server: 'server',
      },
    },
    about: {
      name: 'über',
      description: 'Was hier komponiert, unter welcher Lizenz, und wie schnell die Leitung ist',
    },
  },

  options,
  choices,
  vocabulary: {
    slow: 'langsam',
    fast: 'schnell',
    soft: 'leise',
    loud: 'laut',
    low: 'tief',
    high: 'hoch',
    sparse: 'spärlich',
    dense: 'dicht',
    thin: 'dünn',
    rich: 'reich',
    staccato: 'staccato',
    legato: 'legato',
    expressive: 'ausdrucksvoll',
    even: 'gleichmäßig',
    major: 'Dur',
    minor: 'Moll',
  },

  buttons: {
    cancel: 'Abbrechen',
    again: 'Noch eins',
    vary: 'Variieren',
    continue: 'Fortsetzen',
    remix: 'Remix',
    info: 'Info',
    share: 'Teilen',
    delete: 'Löschen',
    take: (n) => `Fassung ${n}`,
    use: 'Benutzen',
  },

  progress: {
    queued: (place) =>
      place === 1
        ? 'Ich warte: Du bist als Nächstes dran.'
        : `Ich warte: Platz ${number(place)} in der Schlange.`,
    composing: (done, total, secondsLeft) => {
      const left = secondsLeft === undefined ? '' : `, noch etwa ${number(secondsLeft)} s`;
      return `Ich komponiere: ${number(done)} von ${counted(total, notes)}${left}.`;
    },
    rendering: 'Klang und Bild entstehen.',
  },

  result: {
    notes: (count) => counted(count, notes),
    key,
    seed: 'Startzahl',
    takes: (count) =>
      `**${number(count)} Fassungen**: Hör sie dir an und wähl dann eine, für ihr Bild und alles Weitere.`,
    previewCut: (time) => `Die Hörprobe enthält die ersten ${time}; die MIDI-Datei hat das ganze Stück.`,
    previewTooLarge: 'Die Hörprobe war für Discord zu groß; die MIDI-Datei hat das ganze Stück.',
    previewsTooLarge: 'Die Hörproben waren für Discord zu groß; wähl eine Fassung, um sie zu hören.',
    shared: (channel) => `Geteilt in ${channel}.`,
    understood: (words) => `Verstanden: ${words}.`,
    notUnderstood: (words) => `Nicht verstanden: ${words}.`,
    nothingUnderstood:
      'Ich habe keins deiner Wörter verstanden; ich kenne Stimmungen, Tempos, Komponisten und Tonarten.',
  },

  titles: {
    after: 'Nach #',
    untitled: 'Nach einer MIDI-Datei',
    openings: {
      'J. S. Bach, Prelude from Cello Suite No. 1': 'J. S. Bach, Präludium aus der Cellosuite Nr. 1',
      'J. S. Bach, Prelude in C major': 'J. S. Bach, Präludium C-Dur',
      'L. van Beethoven, Für Elise': 'L. van Beethoven, Für Elise',
      'L. van Beethoven, Moonlight Sonata': 'L. van Beethoven, Mondscheinsonate',
      'F. Chopin, Prelude in A major': 'F. Chopin, Prélude A-Dur',
      'W. A. Mozart, Andante grazioso': 'W. A. Mozart, Andante grazioso',
      'W. A. Mozart, Sonata facile': 'W. A. Mozart, Sonata facile',
      'C. Petzold, Minuet in G major': 'C. Petzold, Menuett G-Dur',
      'E. Satie, Gymnopédie No. 1': 'E. Satie, Gymnopédie Nr. 1',
      'R. Schumann, Träumerei': 'R. Schumann, Träumerei',
    },
  },

  altText: {
    sound(sound) {
      if (sound === undefined) return 'Ein Stück ohne Noten.';
      const speeds = {
        'very slow': 'sehr langsam',
        slow: 'langsam',
        moderate: 'mäßig schnell',
        'moderately fast': 'ziemlich schnell',
        fast: 'schnell',
        'very fast': 'sehr schnell',
      } as const;
      const registers = {
        'from low to high': 'von tief bis hoch',
        'mostly low': 'meist tiefe Lage',
        'mostly middle': 'meist mittlere Lage',
        'mostly high': 'meist hohe Lage',
      } as const;
      const loudness = {
        'very soft': 'sehr leise',
        soft: 'leise',
        'moderately loud': 'mittellaut',
        loud: 'laut',
        'very loud': 'sehr laut',
      } as const;
      const [softest, loudest] = sound.loudness;
      return [
        counted(sound.notes, notes) +
          (sound.given === undefined ? '' : ` (die ersten ${number(sound.given)} vorgegeben)`),
        ...(sound.key === undefined ? [] : [key(sound.key)]),
        clock(sound.seconds),
        ...(sound.speed === undefined ? [] : [speeds[sound.speed]]),
        registers[sound.register],
        softest === loudest ? loudness[softest] : `${loudness[softest]} bis ${loudness[loudest]}`,
      ].join(', ');
    },
    preview: (sound) => `Hörprobe auf dem Klavier: ${sound}`,
    pianoRoll: (sound) => `Klavierrolle: ${sound}`,
    curve: (model, validations) =>
      `Verlust beim Training von ${model} über die Schritte, im Training und auf zurückgehaltener Musik, nach ${counted(validations, { one: 'Prüfung', other: 'Prüfungen' })}`,
    sampleBy: (model, sound) => `Von ${model}. ${sound}`,
    helpPianoRoll:
      'Klavierrolle eines Beispiels: der vorgegebene Anfang hohl, die danach komponierten Noten gefüllt',
    helpPreview: 'Dasselbe Stück als Klang, auf einem Klavier gespielt',
  },

  picture: {
    roll: {
      notes: { one: '# Note', other: '# Noten' },
      ...{ given: 'vorgegeben', new: 'neu', soft: 'leise', loud: 'laut' },
    },
    curve: {
      title: (model) => `Training von ${model}`,
      lossOverSteps: 'Verlust über die Schritte',
      lowest: 'Niedrigster Prüfverlust',
      ...{ step: 'Schritt', steps: 'Schritte', training: 'Training', validation: 'Prüfung' },
    },
  },

  info: {
    composedBy: (weights, total, given) =>
      `Komponiert von \`${weights}\`: ${counted(total, notes)}, die ersten ${number(given)} davon vorgegeben.`,
    continues:
      'Es setzt ein anderes Stück an dessen Ende fort. Noch einmal dasselbe: Drück auf Remix und gib ein',
    fromFile: 'Noch einmal dasselbe: dieser Befehl, mit der Datei unten als `midi`.',
    again: 'Noch einmal dasselbe:',
  },

  remix: {
    title: 'Remix',
    options: 'Optionen',
    optionsHint: 'Wie in /komponieren. Ohne Startzahl gibt es eine neue, ohne andere Optionen deren Vorgabe.',
    file: 'Eine andere MIDI-Datei als Anfang',
    samePiece: 'Ohne Datei geht es vom selben Stück weiter.',
    sameFile: 'Ohne Datei fängt es mit derselben Datei an wie vorher.',
    sameOpening: 'Ohne Datei fängt es mit dem oben genannten Anfang an oder einem, den die Startzahl wählt.',
  },

  help: {
    start: `**Tipp eins davon**, und du bekommst eine MIDI-Datei, ihren Klang und ihr Bild:
\`/komponieren\` – ein Stück mit 300 Noten
\`/komponieren stimmung:verträumt komponist:debussy\` – verträumt, in der Art von Debussy
\`/komponieren vorlage:lullaby\` – langsam, leise, in F-Dur
\`/komponieren tonart:A tonleiter:blues raster:triolen\` – nur Töne der Bluestonleiter, im Triolenraster
\`/komponieren noten:150 temperatur:0.7 tempo:0.6\` – kurz, vorsichtig, langsam
\`/komponieren midi:…\` – geht von deiner eigenen MIDI-Datei aus
\`/komponieren fassungen:4\` – vier Stücke zur Auswahl
**Dann drück**: Noch eins für ein anderes Stück, Variieren, um seinen Anfang zu behalten, Fortsetzen, um es länger zu machen, Remix, um etwas zu ändern, Info, um zu sehen, wie es entstand.
Dieselbe \`startzahl\` mit denselben Einstellungen gibt dasselbe Stück; jedes Ergebnis zeigt seine.
-# Mehr: \`/hilfe thema:optionen\`, \`thema:charakter\`, \`thema:dateien\`, \`thema:server\`. Unten: wie ein Ergebnis aussieht und klingt.`,
    options: `**Was die Optionen mit der Musik machen**
\`noten:800\` länger; \`noten:60\` eine Skizze
\`temperatur:0.7\` bleibt beim Wahrscheinlichen; \`temperatur:1.3\` wagt etwas; über 2 ist es Rauschen
\`tempo:0.5\` halb so schnell; \`tempo:2\` doppelt so schnell
\`tonhöhe:72\` die Mitte der Musik auf dieser Taste des Klaviers (60 ist das c′)
\`anschlag:40\` leise; \`anschlag:100\` laut; die Dynamik des Stücks bleibt
\`tonart:D tonleiter:dorisch\` jede Note gehört zu dieser Tonleiter
\`raster:sechzehntel\` auf Sechzehntel, \`triolen\` auf Achteltriolen, \`achtel\` auf Achtel bis ganze Noten
\`stimmen:einstimmig\` eine Note nach der anderen: eine Melodie
\`anfang:bach-prelude\` fängt mit diesen Takten an
\`modell:lstm\` das kleine, schnelle Netz; \`modell:transformer\` das ausdrucksvolle
\`ziehung:original\` die bloßen Antworten des LSTM, wie im Original: gleichmäßig und langsam
\`startzahl:42\` dasselbe Stück noch einmal
\`vorlage:march\` mehrere davon auf einmal; \`/vorlage liste\` zeigt alle
\`privat:true\` nur du siehst es, bis du „Teilen“ drückst; \`sprachnachricht:true\` auch als Sprachnachricht
Wie die Musik sein soll – Stimmung, Komponist, deine Worte – steht in \`/hilfe thema:charakter\``,
    character: `**Wie die Musik sein soll.** Diese Optionen versteht der Transformer; ohne genanntes Modell wählen sie ihn.
\`/komponieren stimmung:verträumt\` – Tongeschlecht, Tempo, Dichte, Lautstärke und Lage auf einmal; es gibt ${list(Object.values(choices.mood))}
\`/komponieren dichte:spärlich\` – wenige Noten in einer Sekunde; \`dichte:dicht\` viele
\`/komponieren polyphonie:dünn\` – wenige Noten klingen zugleich; \`polyphonie:voll\` viele
\`/komponieren komponist:chopin\` – in der Art von Chopin
\`/komponieren epoche:barock\` – in der Art einer Zeit; es gibt ${list(Object.values(choices.era))}
\`/komponieren text:"traurige langsame Musik in d-Moll"\` – dasselbe in deinen Worten; die Antwort sagt, was ich verstand
**Zusammen**: Einzelnes geht vor der Stimmung, und eine Option vor dem Text.
\`/komponieren stimmung:fröhlich dichte:spärlich epoche:klassik\`
\`/komponieren text:"ruhig, sehr leise" komponist:debussy noten:200\``,
    files: `**Deine eigenen MIDI-Dateien**
\`/komponieren midi:…\` fängt mit den ersten Noten der Datei an; jede MIDI-Datei bis 256 KB geht.
Auf einer Nachricht mit MIDI-Datei: Rechtsklick oder lange drücken, dann **Apps**: daraus komponieren oder sie fortsetzen.
Oder erwähn mich in einer Nachricht mit Datei: \`@ich noten:200 temperatur:0.8\`. In Direktnachrichten geht es ohne Erwähnung.
Schlagzeug bleibt weg; zu hören ist ein Klavier.`,
    server: `**Für die Serververwaltung**
\`/einstellungen\` – was /komponieren ohne Angaben nimmt, wohin „Teilen“ postet, wie viel es pro Stunde gibt, wer trainieren darf, meine Sprache
\`/vorlage speichern\` – einen Satz von Optionen für alle benennen
\`/trainieren\` – einer Kopie meines Netzes eure Musik beibringen; nichts ändert sich, bis du „Benutzen“ drückst
\`/modell\` – die Modelle des Servers zeigen, wählen, zurücknehmen oder löschen
\`/vergessen\` – alles löschen, was ich für den Server aufbewahre`,
  },

  about: {
    composes: (version) =>
      `**Musical AI** ${version} komponiert Note für Note, aus einem meiner Anfänge oder aus deiner MIDI-Datei.`,
    model: (id, from) => `Modell hier: \`${id}\` (${from}). \`/modell liste\` zeigt alle.`,
    shipped: 'es gehört zu mir',
    operator: 'mein Betreiber hat es hinzugefügt',
    server: (parent, date) =>
      `dieser Server hat es trainiert${parent === undefined ? '' : `, ausgehend von \`${parent}\``}${date === undefined ? '' : `, ${date}`}`,
    licence: (maestro) =>
      `Die Gewichte, die zu mir gehören, haben aus ${maestro} gelernt (Hawthorne et al., ICLR 2019) und folgen dessen Lizenz, CC BY-NC-SA 4.0: nicht für kommerzielle Zwecke. Mein Code steht unter MIT.`,
    line: (commandMs, gatewayMs, since) =>
      `Dein Befehl war nach ${number(commandMs)} ms bei mir; das Gateway antwortet in ${gatewayMs === undefined ? 'einem Augenblick' : `${number(gatewayMs)} ms`}. Wach seit ${since}.`,
  },

  settings: {
    title: '**Einstellungen dieses Servers**',
    defaults: (options) =>
      `Optionen von /komponieren, wenn nichts angegeben ist: ${options === undefined ? 'meine' : `\`${options}\``}`,
    shareChannel: (channel) => `„Teilen“ postet in: ${channel ?? 'den Kanal, in dem es gedrückt wird'}`,
    presets: (count) => `Eigene Vorlagen: ${number(count)} (siehe \`/vorlage liste\`)`,
    limits: (person, server) =>
      `Stücke pro Stunde: ${number(person)} für jede Person, ${number(server)} für alle zusammen`,
    trainers: (names) =>
      `Wer trainieren und Modelle wählen darf: die Serververwaltung${names === '' ? '' : `, ${names}`}`,
    language: (language) => `Sprache, wo ich die einer Person nicht kenne: ${language ?? 'die des Servers'}`,
  },

  presets: {
    saved: (name, command) => `Vorlage **${name}** gespeichert: \`${command}\``,
    deleted: (name) => `Vorlage **${name}** gelöscht.`,
    own: 'Vorlagen dieses Servers:',
    builtIn: 'Meine:',
    hint: '-# So benutzt du eine: `/komponieren vorlage:…`; was du daneben angibst, geht vor.',
  },

  forget: {
    warning: (presets, models) =>
      `**Das löscht alles, was ich für diesen Server aufbewahre**: seine Einstellungen, seine Vorlagen (${number(presets)}), die Modelle, die er trainiert hat (${number(models)}), und ein laufendes Training. Es lässt sich nicht rückgängig machen. Stücke in den Kanälen bleiben.`,
    button: 'Alles löschen',
    done: 'Ich habe alles gelöscht, was ich für diesen Server aufbewahrt habe.',
  },

  models: {
    current: 'in Benutzung',
    shipped: 'gehört zum Bot',
    operator: 'vom Betreiber des Bots',
    server: 'von diesem Server trainiert',
    kinds: {
      transformer: 'vielstimmig, eigene Dynamik; folgt Stimmung, Komponist, Text',
      lstm: 'klein und schnell; lernt mit /trainieren',
    },
    trained: 'Trainiert',
    from: (parent) => `ausgehend von ${parent}`,
    epochs: (count) => counted(count, epochs),
    rate: (rate) => `Lernrate ${rate}`,
    windows: (count) => counted(count, { other: 'Fenster' }),
    heldOutLoss: 'Verlust auf zurückgehaltener Musik',
    parentLoss: 'Der seines Vorgängers',
    losses: (pitch, step, duration) => `Tonhöhe ${pitch}, Abstand ${step}, Dauer ${duration}`,
    validationLoss: 'Prüfverlust',
    first: (value) => `zuerst ${value}`,
    lowest: (value, at) => `am niedrigsten ${value} nach ${counted(at, epochs)}`,
    last: (value) => `zuletzt ${value}`,
    learntFrom: (count) => `Gelernt aus ${counted(count, files)}:`,
    more: (count) => `… und ${number(count)} weitere.`,
    inUse: (name) => `Dieser Server komponiert jetzt mit ${name}; \`/modell zurück\` führt zum vorigen.`,
    deleted: (name) => `Das Modell ${name} ist gelöscht.`,
  },

  training: {
    heading: (name, parent, user) => `**Training von ${name}** ausgehend von ${parent}, für ${user}`,
    resumed: 'geht nach einem Neustart weiter',
    gettingReady: 'Es wird vorbereitet.',
    justBegun: 'es hat eben erst begonnen',
    epoch: (epoch, total) => `Epoche ${number(epoch)} von ${number(total)}`,
    loss: (value) => `Verlust ${value}`,
    validationLoss: (value) => `Prüfverlust ${value}`,
    lowest: (value) => `niedrigster bisher ${value}`,
    timeLeft: (minutes) => `noch ${timeLeft(minutes)}`,
    paused: 'Ich werde neu gestartet; danach geht das Training weiter.',
    listen: 'Hör dir beide an: derselbe Anfang und dieselbe Startzahl mit jedem von ihnen.',
    finished: 'Es lief bis zum Ende.',
    'no-improvement': 'Es endete früher, weil es nicht mehr besser wurde; dies ist sein bester Stand.',
    stopped: 'Es wurde abgebrochen; dies ist der beste Stand bisher.',
    diverged: 'Es endete früher, weil sein Verlust keine Zahl mehr war; dies ist der beste Stand bis dahin.',
    better: (change, value, parent, parentValue) =>
      `**Um ${percent(change, 1)} besser:** Auf zurückgehaltener Musik ist sein Verlust ${value}, der von ${parent} ${parentValue}.`,
    noBetter: (name, value, parent, parentValue) =>
      `**${name} ist nicht besser als ${parent}:** Auf zurückgehaltener Musik ist sein Verlust ${value}, der von ${parent} ${parentValue}. Es lohnt sich nicht, außer deine Ohren sagen etwas anderes.`,
    table: {
      heldOut: 'zurückgehalten',
      loss: 'Verlust',
      pitch: 'Tonhöhe',
      step: 'Abstand',
      duration: 'Dauer',
    },
    nothingChanges:
      'Auf diesem Server ändert sich nichts, bis jemand, der trainieren darf, „Benutzen“ drückt.',
    withoutFiles: 'Discord hat Kurve und Klang nicht angenommen; `/modell zeigen` hat die Zahlen.',
    failed: (sentence) => `**Es ist nichts daraus geworden.** ${sentence}`,
    operatorNumber: (id) => `Der Betreiber findet den Grund unter der Nummer ${id}.`,
    windows: (training, heldOut) =>
      `${number(training)} Fenster zum Lernen, ${number(heldOut)} zurückgehalten.`,
    leftOut: (file, reason) => `Ausgelassen: ${file}: ${reason}`,
    leftOutMore: (count) => `Ebenfalls ausgelassen: ${number(count)} weitere.`,
    begun: (link) => `Das Training hat begonnen: ${link}`,
    begunUnseen:
      'Das Training hat begonnen, aber ich kann es in diesem Kanal nicht zeigen; wenn es zu Ende ist, hat `/modell zeigen` das Ergebnis.',
    otherParent: (parent) =>
      `Es geht von ${parent} aus: Das Modell, das dieser Server benutzt, ist ein Transformer, und der kann hier nicht lernen.`,
    cancelled: 'Das Training endet jetzt; der beste Stand bleibt erhalten.',
  },

  apology: (id) =>
    `Entschuldige, bei mir ist etwas schiefgegangen. Versuch es bitte noch einmal; wenn es wieder passiert, nenn dem Betreiber diese Nummer: ${id}.`,

  refusal: refusalSentence({ ...options, ...composeOptions }, choices, {
    options: {
      range: ({ option, whole, min, max, given }) =>
        `${option} muss eine ${whole ? 'ganze ' : ''}Zahl von ${number(min)} bis ${number(max)} sein; du hast ${given} angegeben.`,
      choice: ({ option, choices: names, given }) =>
        `${option} muss eins von ${names.join(', ')} sein; du hast „${given}“ angegeben.`,
      name: ({ option, given }) =>
        `${option} muss ein Name aus Buchstaben, Ziffern, Punkten und Strichen sein; du hast „${given}“ angegeben.`,
      truth: ({ option, given }) => `${option} muss true oder false sein; du hast „${given}“ angegeben.`,
      twice: ({ option }) => `${option} steht zweimal da; gib es bitte nur einmal an.`,
      fixed: ({ option }) =>
        `${option} lässt sich nicht wählen, wenn ich ein Stück fortsetze, denn dessen Noten bleiben, wie sie sind; lass es bitte weg.`,
      kind: ({ option, kind }) =>
        `${option} versteht nur ein Modell der Art „${kind}“; lass es weg oder wähl modell:${kind}.`,
      'two-beginnings': () =>
        'Gib bitte entweder eine MIDI-Datei oder den Namen eines Anfangs an, nicht beides.',
      'voice-of-several': () =>
        'Eine Sprachnachricht fasst ein Stück; lass bitte die Fassungen oder die Sprachnachricht weg.',
      unreadable: ({ word }) =>
        `„${word}“ verstehe ich nicht; schreib Optionen bitte als name:wert, zum Beispiel noten:200 temperatur:0.8 tonart:C.`,
      unknown: ({ name, names }) => `Eine Option „${name}“ gibt es nicht; es gibt ${names.join(', ')}.`,
    },
    'midi.empty': () => 'Diese Datei ist leer. Exportier sie noch einmal und schick die neue.',
    'midi.not-midi': ({ looksLike }) => {
      switch (looksLike?.type) {
        case 'picture':
          return `Das sieht nach einem Bild aus (${looksLike.format}), nicht nach einer MIDI-Datei. ${midiAdvice}`;
        case 'recording':
          return `Das sieht nach einer Aufnahme aus (${looksLike.format}), nicht nach einer MIDI-Datei. In einer Aufnahme stehen keine Noten: Schick eine .mid-Datei.`;
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
    'midi.smpte': () =>
      'Diese MIDI-Datei zählt die Zeit in Filmbildern (SMPTE) statt in Schlägen. Exportier sie mit Ticks pro Viertelnote und schick sie noch einmal.',
    'midi.only-drums': () =>
      'In dieser MIDI-Datei ist nur Schlagzeug (Kanal 10). Schick eine mit Melodie oder Akkorden.',
    'midi.no-notes': ({ struck }) =>
      struck
        ? 'Keine Note in dieser MIDI-Datei hat eine Länge: Nach dem Anschlag wird keine losgelassen. Exportier sie noch einmal und schick die neue.'
        : 'In dieser MIDI-Datei sind keine Noten. Schick eine mit mindestens einer Note.',
    'midi.unreadable': () => 'Diese MIDI-Datei ließ sich nicht lesen; schick eine kürzere oder einfachere.',
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
      'Dieses Stück stammt von einer anderen Version von mir, deshalb komme ich mit diesem Knopf nicht weiter; nimm bitte den Befehl, gern mit seiner MIDI-Datei.',
    'model.unknown': ({ name, names }) =>
      `Ein Modell „${name}“ gibt es nicht${names.length === 0 ? '' : `; hier gibt es ${names.join(', ')}`}.`,
    'model.kind': ({ kind }) =>
      `Ein Modell der Art „${kind}“ gibt es hier nicht; lass bitte die Optionen weg, die es brauchen.`,
    'model.damaged': ({ name }) => `Das Modell „${name}“ ist beschädigt; wähl ein anderes.`,
    'model.name': () =>
      'Der Name eines Modells besteht aus bis zu 64 Buchstaben, Ziffern, Punkten und Strichen; wähl einen anderen.',
    'model.taken': ({ name }) => `Ein Modell „${name}“ gibt es schon; wähl einen anderen Namen.`,
    'model.no-previous': ({ name }) => `Dieser Server hat vor „${name}“ kein Modell benutzt.`,
    'model.not-own': ({ name, isShared }) =>
      isShared
        ? `Das Modell „${name}“ ist für alle da und kann hier nicht gelöscht werden.`
        : `Dieser Server hat kein eigenes Modell „${name}“.`,
    'model.in-use': ({ name }) =>
      `Das Modell „${name}“ wird gerade benutzt; nimm erst ein anderes oder geh zum vorigen zurück.`,
    'model.elsewhere': ({ name }) =>
      `Das Modell „${name}“ ist nicht auf dem Rechner, der komponiert; nimm bitte ein anderes.`,
    'compose.closed': () => 'Der Bot wird gerade beendet; versuch es bitte in einer Minute noch einmal.',
    'compose.busy': () => 'Es warten schon zu viele Stücke; versuch es bitte in einer Minute noch einmal.',
    'compose.lost': () => 'Das Komponieren brach unerwartet ab; versuch es bitte noch einmal.',
    'compose.unreachable': () =>
      'Die Rechner, die komponieren, sind gerade nicht zu erreichen; versuch es bitte in einer Minute noch einmal.',
    'compose.version': () =>
      'Die Rechner, die komponieren, werden gerade aktualisiert; versuch es bitte in ein paar Minuten noch einmal.',
    'compose.cancelled': () => 'Abgebrochen; es wurde nichts komponiert.',
    'compose.over': () => 'Das wird nicht mehr komponiert.',
    'disk.full': () =>
      'Der Speicher des Bots ist voll, und alles ist, wie es war. Wer den Bot betreibt, muss Platz schaffen; versuch es dann bitte noch einmal.',
    'zip.too-large': (what) =>
      'files' in what
        ? `In diesem Zip sind mehr als ${number(what.files)} Dateien; schick weniger auf einmal.`
        : `Dieses Zip hat ausgepackt mehr als ${number(what.unpackedMegabytes)} MB; schick weniger Dateien auf einmal.`,
    'zip.damaged': () =>
      'Diese Zip-Datei ist beschädigt oder enthält ungewöhnliche Namen; mach sie neu und schick die neue.',
    'training.too-little-music': ({ windows, needed, windowNotes }) =>
      `Das ist zu wenig Musik zum Lernen: ${number(windows)} Fenster aus ${number(windowNotes)} Noten und der folgenden; mindestens ${number(needed)} sind nötig. Gib etwa ${number(needed - windows)} Noten mehr.`,
    'training.kind': ({ name }) =>
      `„${name}“ ist ein Transformer, und lernen kann hier nur ein LSTM; wähl ein anderes Modell als Ausgangspunkt.`,
    'training.interrupted': () => 'Der Bot wird neu gestartet; danach geht das Training weiter.',
    'training.failed': () =>
      'Das Training brach unerwartet ab, und die Modelle sind, wie sie waren; fang es bitte noch einmal an.',
    'training.lost': () =>
      'Das unterbrochene Training kann nicht weitergehen, weil seine Dateien beschädigt sind; fang es bitte noch einmal an.',
    'training.over': () => 'Dieses Training läuft nicht mehr; es gibt nichts abzubrechen.',
    'training.unreadable': ({ isZip }) =>
      isZip
        ? 'Dieses Zip ließ sich nicht auspacken; schick die Dateien selbst.'
        : 'Sie ließ sich nicht lesen; schick eine kürzere oder einfachere.',
    'training.busy': ({ model, done, secondsLeft }) => {
      const sofar = [
        ...(done === undefined ? [] : [percent(done)]),
        ...(secondsLeft === undefined ? [] : [`noch ${timeLeft(Math.round(secondsLeft / 60))}`]),
      ];
      return `Ich trainiere immer nur ein Modell, und gerade ${model === undefined ? 'ein anderes' : `\`${model}\``}${sofar.length === 0 ? '' : ` (${sofar.join(', ')})`}; warte bitte, bis das zu Ende ist.`;
    },
    'training.too-large': ({ mebibytes }) =>
      `Die Dateien dürfen zusammen ${number(mebibytes)} MiB haben; schick bitte weniger oder ein Zip.`,
    'training.no-music': ({ folderFiles }) =>
      `Häng bitte MIDI-Dateien oder ein Zip davon an${folderFiles === 0 ? '' : ', oder gib mit `dateien` an, wie viele aus dem Ordner des Betreibers'}.`,
    'training.two-sources': () => 'Gib bitte entweder eigene Dateien oder `dateien` an, nicht beides.',
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
        encrypted: 'Sie ist verschlüsselt; mach das Zip ohne Passwort.',
        unusual: 'Sie ist ungewöhnlich gepackt; mach das Zip mit den üblichen Einstellungen.',
        'too-large': `Sie hat ausgepackt mehr als ${number(mostMegabytes)} MB.`,
        damaged: 'Sie ist beschädigt und lässt sich nicht auspacken.',
      })[why],
    'training.same-file': ({ twin }) => `Das ist dieselbe Datei wie „${twin}“.`,
    'command.unknown': () => 'Diesen Befehl kenne ich nicht mehr; starte Discord bitte neu.',
    'action.unknown': () =>
      'Dieser Knopf stammt von einer anderen Version von mir; nimm bitte noch einmal den Befehl.',
    'action.no-message': () => 'Das gehört zu keiner Nachricht von mir; nimm bitte noch einmal den Befehl.',
    'bot.stopping': () => 'Ich werde gerade neu gestartet; versuch es bitte in einer Minute noch einmal.',
    'bot.restarted': () => 'Ich wurde neu gestartet, bevor dies fertig war; frag bitte noch einmal.',
    'bot.too-late': () =>
      'Das hat länger gedauert, als Discord mich antworten lässt; versuch es bitte mit weniger Noten.',
    'bot.permissions': ({ missing }) =>
      `Mir fehlt in diesem Kanal die Berechtigung ${list(missing.map((name) => `„${permissions[name] ?? name}“`))}; bitte jemanden aus der Serververwaltung darum, oder benutz mich woanders.`,
    'bot.not-owner': ({ act }) =>
      `Das kann nur ${act === 'cancel' ? 'abbrechen' : 'löschen'}, wer danach gefragt hat oder die Berechtigung „Nachrichten verwalten“ hat.`,
    'settings.only-managers': () =>
      'Das können nur Leute mit der Berechtigung „Server verwalten“ ändern; bitte eine oder einen davon darum.',
    'settings.only-trainers': () =>
      'Das können nur Leute mit der Berechtigung „Server verwalten“ und die, die `/einstellungen trainer` nennt; bitte eine oder einen davon darum.',
    'settings.no-server': () => 'Das gehört zu einem Server; benutz es bitte dort.',
    'settings.too-many-trainers': ({ most }) =>
      `Höchstens ${number(most)} Rollen und Personen lassen sich nennen; nenn bitte eine Rolle statt ihrer Leute.`,
    'share.at-once': ({ running }) =>
      `Bei mir ${running === 1 ? 'läuft schon eine Anfrage' : `laufen schon ${number(running)} Anfragen`} von dir; warte bitte auf eine davon oder brich sie ab.`,
    'share.hour': ({ who, had, limit, pieces: asked, nextSeconds }) => {
      const share = `${who === 'you' ? 'Du hattest' : 'Dieser Server hatte'} ${number(had)} von ${counted(limit, pieces)} pro Stunde`;
      if (nextSeconds === undefined) return `${share}; wünsch dir bitte weniger Fassungen.`;
      return `${share}; ${asked === 1 ? 'das nächste geht' : `die nächsten ${number(asked)} gehen`} <t:${nextSeconds}:R>.`;
    },
    'share.channel': ({ channel }) =>
      `In <#${channel}> darf ich keine Dateien posten; bitte die Serververwaltung, es mir zu erlauben oder mit \`/einstellungen teilen-kanal\` einen anderen Kanal zu wählen.`,
    'attachment.host': () => 'Diese Datei liegt nicht bei Discord; lade sie bitte hier hoch.',
    'attachment.expired': () => 'Diese Datei liegt nicht mehr bei Discord; lade sie bitte noch einmal hoch.',
    'attachment.unreachable': () =>
      'Ich konnte diese Datei nicht von Discord holen; lade sie bitte noch einmal hoch.',
    'piece.gone': () =>
      'Die MIDI-Datei dieses Stücks ist weg, und mit ihr alles, was ich darüber wusste; nimm bitte /komponieren für ein neues.',
    'remix.slow': () => 'Ich konnte das Stück nicht rechtzeitig holen; drück bitte noch einmal auf Remix.',
    'message.no-midi': () =>
      'An dieser Nachricht hängt keine MIDI-Datei; wähl eine, an der eine .mid-Datei hängt.',
    'message.one-midi': () =>
      'Häng bitte eine MIDI-Datei (.mid) als Anfang an, oder keine für einen eingebauten Anfang.',
    'message.many-midi': () =>
      'An dieser Nachricht hängen mehrere MIDI-Dateien; wähl eine mit nur einer .mid-Datei, oder nimm /komponieren mit der, die du meinst.',
    'message.empty': () =>
      'Sag mir mit Optionen wie im Befehl, was ich komponieren soll, zum Beispiel `noten:200 temperatur:0.8 tonart:C`, und häng gern eine MIDI-Datei als Anfang an; /komponieren zeigt alle Optionen.',
    'preset.empty': () => 'Gib bitte mindestens eine Option an, die sich die Vorlage merken soll.',
    'preset.name': () =>
      'Der Name einer Vorlage ist ein Wort aus höchstens 32 Buchstaben, Ziffern und Strichen; wähl bitte einen anderen.',
    'preset.built-in': ({ name }) =>
      `„${name}“ ist eine meiner eigenen Vorlagen; wähl bitte einen anderen Namen.`,
    'preset.too-many': ({ most }) =>
      `Ein Server hat höchstens ${number(most)} Vorlagen; lösch bitte erst eine.`,
    'preset.unknown': ({ name, names }) =>
      `Eine Vorlage „${name}“ gibt es nicht; ${names.length === 0 ? 'es gibt noch keine' : `es gibt ${names.join(', ')}`}.`.slice(
        0,
        1900,
      ),
  }),
};
