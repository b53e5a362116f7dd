import { trainingSettings } from '../../request/networks.js';
import type { Language } from '../language.js';
import { number } from './grammar.js';
import { composeOptions } from './options.js';

export const commands: Language['commands'] = {
  compose: {
    name: 'komponieren',
    description: 'Ein Musikstück komponieren: MIDI-Datei, Audio und Klavierrolle',
    options: composeOptions,
  },
  composeFromMidi: { name: 'Aus diesem MIDI komponieren' },
  continueMidi: { name: 'Dieses MIDI fortsetzen' },
  playMidi: { name: 'Im Sprachkanal abspielen' },
  preset: {
    name: 'vorlage',
    description: 'Gespeicherte Optionen für /komponieren',
    list: { name: 'liste', description: 'Alle Vorlagen und ihre Optionen anzeigen' },
    save: {
      name: 'speichern',
      description: 'Optionen als Vorlage speichern (erfordert „Server verwalten“)',
    },
    delete: {
      name: 'löschen',
      description: 'Eine Vorlage dieses Servers löschen (erfordert „Server verwalten“)',
    },
    presetName: { name: 'name', description: 'Name der Vorlage' },
  },
  settings: {
    name: 'einstellungen',
    description: 'Einstellungen für diesen Server',
    show: { name: 'zeigen', description: 'Die Einstellungen dieses Servers anzeigen' },
    defaults: {
      name: 'vorgaben',
      description: 'Standardoptionen für /komponieren festlegen; was fehlt, wird zurückgesetzt',
    },
    shareChannel: {
      name: 'teilen-kanal',
      description: 'Kanal für geteilte Stücke festlegen',
      channel: { name: 'kanal', description: 'Ohne Angabe der Kanal, in dem „Teilen“ gedrückt wird' },
    },
    daily: {
      name: 'täglich',
      description: 'Jeden Tag ein Stück in einem Kanal posten',
      channel: { name: 'kanal', description: 'Ohne Angabe wird nichts mehr gepostet' },
      hour: { name: 'stunde', description: 'Stunde in UTC, 0 bis 23 (Standard: 18)' },
    },
    limits: {
      name: 'grenzen',
      description: 'Stücke pro Stunde begrenzen; was fehlt, wird auf Standard zurückgesetzt',
      person: { name: 'person', description: 'Grenze pro Person, Stücke pro Stunde' },
      server: { name: 'server', description: 'Grenze für den ganzen Server, Stücke pro Stunde' },
    },
    trainers: {
      name: 'trainer',
      description: 'Festlegen, wer außer der Serververwaltung Modelle trainieren und verwalten darf',
      allow: { name: 'erlauben', description: 'Rolle oder Mitglied hinzufügen' },
      forbid: { name: 'verbieten', description: 'Rolle oder Mitglied entfernen' },
    },
    language: {
      name: 'sprache',
      description: 'Sprache, wenn die eines Mitglieds nicht bekannt ist',
      language: { name: 'sprache', description: 'Ohne Angabe die Sprache des Servers' },
    },
  },
  train: {
    name: 'trainieren',
    description: 'Ein eigenes Modell für diesen Server mit eurer Musik trainieren',
    modelName: { name: 'name', description: 'Name des neuen Modells' },
    file: (n) => ({
      name: `datei${n}`,
      description: n === 1 ? 'Eine MIDI-Datei oder ein Zip mit MIDI-Dateien' : 'Noch eine Datei',
    }),
    files: {
      name: 'dateien',
      description: 'Statt hochzuladen: wie viele Dateien aus dem Musikordner des Betreibers',
    },
    epochs: {
      name: 'epochen',
      description: `Durchläufe durch die Musik (Standard: ${number(trainingSettings.epochs.default)})`,
    },
    rate: {
      name: 'lernrate',
      description: `Höchste Lernrate (Standard: ${number(trainingSettings.rate.default)})`,
    },
    from: { name: 'von', description: 'Ausgangsmodell (Standard: das verwendete)' },
  },
  model: {
    name: 'modell',
    description: 'Die Modelle dieses Servers',
    list: { name: 'liste', description: 'Alle Modelle anzeigen und welches verwendet wird' },
    show: {
      name: 'zeigen',
      description: 'Zeigen, womit und wie ein Modell trainiert wurde und wie gut es ist',
    },
    use: { name: 'benutzen', description: 'Das Modell wählen, mit dem dieser Server komponiert' },
    rollback: { name: 'zurück', description: 'Zum zuvor verwendeten Modell zurückkehren' },
    delete: { name: 'löschen', description: 'Ein Modell löschen, das dieser Server trainiert hat' },
    modelName: { name: 'name', description: 'Name des Modells' },
  },
  radio: {
    name: 'radio',
    description: 'Musik ohne Ende in deinem Sprachkanal, komponiert, während sie läuft',
    start: { name: 'start', description: 'Das Radio in deinem Sprachkanal starten' },
    stop: { name: 'stopp', description: 'Das Radio beenden' },
    skip: { name: 'weiter', description: 'Zum nächsten Stück springen; vielleicht müssen andere zustimmen' },
    volume: { name: 'lautstärke', description: 'Festlegen, wie laut das Radio auf diesem Server spielt' },
    percent: { name: 'prozent', description: '100 ist die übliche Lautstärke' },
    now: { name: 'jetzt', description: 'Zeigen, was gerade läuft' },
    until: { name: 'bis', description: 'Wann es endet: 2h, 90 min oder 22:30' },
    byHour: { name: 'nach-stunde', description: 'Ob sich die Stimmung nach der Tageszeit richtet' },
    stay: {
      name: 'bleiben',
      description: 'Ob es rund um die Uhr spielt, auch nach einem Neustart; nur für die Serververwaltung',
    },
    settings: {
      name: 'einstellungen',
      description: 'DJ-Rolle und Zeitzone wählen; was du weglässt, wird zurückgesetzt',
    },
    dj: { name: 'dj', description: 'Rolle, die ohne Abstimmung weiterschaltet und beendet' },
    timeZone: { name: 'zeitzone', description: 'Für Uhrzeiten, zum Beispiel Europe/Berlin' },
  },
  forget: { name: 'vergessen', description: 'Alles löschen, was ich für diesen Server gespeichert habe' },
  help: {
    name: 'hilfe',
    description: 'Beispiele zum Kopieren und was jede Option bewirkt',
    topic: { name: 'thema', description: 'Was gezeigt wird (Standard: anfang)' },
    topics: {
      start: 'anfang',
      options: 'optionen',
      character: 'charakter',
      songs: 'songs',
      files: 'dateien',
      radio: 'radio',
      server: 'server',
    },
  },
  about: {
    name: 'über',
    description: 'Modell, Lizenz und Antwortzeit',
  },
};
