import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number, counted, notes } from './grammar.js';
import { key } from './words.js';

export const buttons: Language['buttons'] = {
  cancel: 'Abbrechen',
  again: 'Noch eins',
  vary: 'Variieren',
  continue: 'Fortsetzen',
  remix: 'Remix',
  edit: 'Bearbeiten',
  info: 'Info',
  play: 'Im Sprachkanal abspielen',
  share: 'Teilen',
  delete: 'Löschen',
  take: (n) => `Fassung ${n}`,
  use: 'Benutzen',
};

export const progress: Language['progress'] = {
  queued: (place) =>
    place === 1
      ? 'In der Warteschlange: Du bist als Nächstes dran.'
      : `In der Warteschlange: Platz ${number(place)}.`,
  composing: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `, noch etwa ${number(secondsLeft)} s`;
    return `Komponiere: ${number(done)} von ${counted(total, notes)}${left}.`;
  },
  composingTime: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `, noch etwa ${number(secondsLeft)} s`;
    return `Komponiere: ${clock(done)} von ${clock(total)}${left}.`;
  },
  rendering: 'Audio und Bild werden erzeugt.',
};

export const result: Language['result'] = {
  notes: (count) => counted(count, notes),
  key,
  seed: 'Startzahl',
  takes: (count) =>
    `**${number(count)} Fassungen.** Hör sie dir an und wähl eine aus, um ihr Bild und ihre Knöpfe zu bekommen.`,
  previewCut: (time) => `Die Hörprobe enthält die ersten ${time}. Die MIDI-Datei enthält das ganze Stück.`,
  previewPart: (from, to) =>
    `Die Hörprobe geht von ${from} bis ${to}; dort ist die neue Musik. Die MIDI-Datei enthält das ganze Stück.`,
  previewTooLarge: 'Die Hörprobe war zu groß für Discord. Die MIDI-Datei enthält das ganze Stück.',
  previewsTooLarge: 'Die Hörproben waren zu groß für Discord. Wähl eine Fassung, um sie zu hören.',
  shared: (channel) => `Geteilt in ${channel}.`,
  understood: (words) => `Verstanden: ${words}.`,
  inStyle: (composer) => `im Stil von ${composer}`,
  meant: {
    not: (word) => `nicht ${word}`,
    without: (word) => `ohne ${word}`,
    very: (word) => `sehr ${word}`,
    slightly: (word) => `etwas ${word}`,
  },
  notInSongs: (words) => `In einem Song hat keine Wirkung: ${words}.`,
  notUnderstood: (words) => `Nicht erkannt: ${words}.`,
  perhaps: (word, nearest) => `${word} (meinst du ${nearest}?)`,
  untaught: (words, nearest) =>
    nearest === ''
      ? `Das habe ich noch nicht gelernt: ${words}. Dies ist reine Klaviermusik.`
      : `Das habe ich noch nicht gelernt: ${words}. Am nächsten kommt: ${nearest}.`,
  nothingUnderstood:
    'Davon habe ich nichts erkannt. Ich verstehe Stimmungen, Tempos, Komponisten, Tonarten, Stile und Instrumente.',
};

export const info: Language['info'] = {
  composedBy: (weights, total, given) =>
    `Komponiert mit \`${weights}\`: ${counted(total, notes)}; die ersten ${number(given)} sind der Anfang.`,
  continues:
    'Dieses Stück setzt ein anderes fort. Um es noch einmal zu erzeugen, drück auf Remix und gib ein',
  steered: 'Dieses Stück wurde im Radio gelenkt, während es lief. Es begann mit:',
  fromNote: (note) => `Ab Note ${number(note)}:`,
  fromFile: 'Um genau dieses Stück noch einmal zu erzeugen: dieser Befehl, mit der Datei unten als `midi`.',
  again: 'Um genau dieses Stück noch einmal zu erzeugen:',
  changed:
    'Meine Modelle oder Regeln haben sich seitdem geändert: Derselbe Befehl kann jetzt ein anderes Stück ergeben.',
  wasChanged:
    'Stimmen, Instrumente, Tempo oder Tonart wurden danach geändert. Der Befehl ergibt das Original.',
};

export const changes: Language['changes'] = {
  parts: 'Stimme stumm oder solo schalten',
  instruments: 'Instrument ändern',
  music: 'Tempo oder Tonart ändern',
  mute: (part) => `${part} stumm`,
  unmute: (part) => `${part} wieder hören`,
  solo: (part) => `Nur ${part}`,
  everybody: 'Alle Stimmen',
  slower: (bpm) => `Langsamer: ♩ = ${bpm}`,
  faster: (bpm) => `Schneller: ♩ = ${bpm}`,
  transpose: (semitones) => `Um ${semitones} Halbtöne transponieren`,
  key: (key, semitones) => `In ${key} (${semitones})`,
};

export const remix: Language['remix'] = {
  title: 'Remix',
  options: 'Optionen',
  optionsHint: 'Wie in /komponieren. Ohne Startzahl gibt es eine neue, ohne andere Optionen den Standard.',
  file: 'Mit einer anderen MIDI-Datei anfangen',
  samePiece: 'Leer lassen, um dasselbe Stück fortzusetzen.',
  sameFile: 'Leer lassen, um mit derselben Datei anzufangen.',
  sameUpload: (file) => `Leer lassen, um wieder mit ${file} zu beginnen.`,
  sameOpening: 'Leer lassen für den oben genannten Anfang oder einen, den die Startzahl wählt.',
  newSong: 'Leer lassen für einen Song mit den Optionen oben.',
};

export const apology: Language['apology'] = (id) =>
  `Bei mir ist etwas schiefgegangen. Bitte versuch es noch einmal. Wenn es wieder passiert, gib dem Betreiber des Bots diese Fehlernummer: ${id}`;
