import type { Language } from '../language.js';
import { number, percent, counted, files, epochs, timeLeft } from './grammar.js';

export const models: Language['models'] = {
  current: 'in Verwendung',
  shipped: 'eingebaut',
  operator: 'vom Betreiber hinzugefügt',
  server: 'von diesem Server trainiert',
  kinds: {
    transformer: 'mehrstimmig, eigene Dynamik; versteht Stimmung, Komponist, Text',
    lstm: 'klein und schnell; trainierbar mit /trainieren',
    song: 'Transformer: Songs für mehrere Instrumente, näher an echter Musik',
    book: 'Muster und Regeln: Songs für mehrere Instrumente in vielen Stilen',
  },
  composes: { keyboard: 'Klavierstücke', songs: 'Songs für mehrere Instrumente' },
  made: {
    transformer:
      'Trainiert mit 962 Klavieraufnahmen (MAESTRO v2.0.0), rund drei Stunden auf einem Kern. Abstand seiner Musik zu echter Musik: 5,4. Zum Vergleich: echte Musik 3,6, lstm 27,4.',
    lstm: 'Trainiert mit 962 Klavieraufnahmen (MAESTRO v2.0.0), jede einmal gehört. Abstand seiner Musik zu echter Musik: 27,4. Zum Vergleich: echte Musik 3,6, transformer 5,4.',
    song: 'Trainiert mit 17 Millionen Noten aus frei lizenzierten Partituren und MIDI-Dateien. Seine Songs halten Tonart und Akkorde ein und wiederholen sich etwa so oft wie echte.',
    book: 'Nicht trainiert: Es komponiert mit handgeschriebenen Mustern und Regeln.',
  },
  trained: 'Trainiert',
  from: (parent) => `ausgehend von ${parent}`,
  epochs: (count) => counted(count, epochs),
  rate: (rate) => `Lernrate ${rate}`,
  windows: (count) => counted(count, { other: 'Fenster' }),
  heldOutLoss: 'Verlust auf zurückgehaltener Musik',
  parentLoss: 'Sein Ausgangsmodell',
  validationLoss: 'Prüfverlust',
  first: (value) => `zuerst ${value}`,
  lowest: (value, at) => `am niedrigsten ${value} nach ${counted(at, epochs)}`,
  last: (value) => `zuletzt ${value}`,
  learntFrom: (count) => `Trainiert mit ${counted(count, files)}:`,
  more: (count) => `… und ${number(count)} weitere.`,
  inUse: (name) => `Dieser Server komponiert jetzt mit ${name}. Rückgängig machen: \`/modell zurück\`.`,
  deleted: (name) => `Modell ${name} gelöscht.`,
};

export const training: Language['training'] = {
  heading: (name, parent, user) => `**Training von ${name}** ausgehend von ${parent}, für ${user}`,
  resumed: 'nach einem Neustart fortgesetzt',
  gettingReady: 'Wird vorbereitet.',
  epoch: (epoch, total) => `Epoche ${number(epoch)} von ${number(total)}`,
  loss: (value) => `Verlust ${value}`,
  validationLoss: (value) => `Prüfverlust ${value}`,
  lowest: (value) => `niedrigster bisher ${value}`,
  timeLeft: (minutes) => `noch ${timeLeft(minutes)}`,
  paused: 'Ich werde neu gestartet. Danach geht das Training weiter.',
  listen: 'Hör dir beide an: Beide spielen mit demselben Anfang und derselben Startzahl.',
  finished: 'Das Training ist abgeschlossen.',
  'no-improvement': 'Vorzeitig beendet: keine Verbesserung mehr. Dies ist der beste Stand.',
  stopped: 'Abgebrochen. Dies ist der bisher beste Stand.',
  diverged: 'Vorzeitig beendet: Der Verlust war keine Zahl mehr. Dies ist der beste Stand davor.',
  better: (change, value, parent, parentValue) =>
    `**Um ${percent(change, 1)} besser:** Auf zurückgehaltener Musik liegt der Verlust bei ${value}; ${parent} hat ${parentValue}.`,
  noBetter: (name, value, parent, parentValue) =>
    `**${name} ist nicht besser als ${parent}:** Auf zurückgehaltener Musik liegt der Verlust bei ${value}; ${parent} hat ${parentValue}. Es lohnt sich nur, wenn dir der Klang gefällt.`,
  table: {
    heldOut: 'zurückgehalten',
    loss: 'Verlust',
    pitch: 'Tonhöhe',
    step: 'Abstand',
    duration: 'Dauer',
  },
  nothingChanges: 'Auf diesem Server ändert sich nichts, bis jemand mit Trainingsrecht „Benutzen“ drückt.',
  withoutFiles: 'Discord hat Kurve und Audio nicht angenommen. Die Zahlen zeigt `/modell zeigen`.',
  failed: (sentence) => `**Das Training ist fehlgeschlagen.** ${sentence}`,
  operatorNumber: (id) => `Fehlernummer für den Betreiber des Bots: ${id}`,
  windows: (trainingCount, heldOut) =>
    `${number(trainingCount)} Fenster zum Trainieren, ${number(heldOut)} zurückgehalten.`,
  leftOut: (file, reason) => `Übersprungen: ${file}: ${reason}`,
  leftOutMore: (count) => `Ebenfalls übersprungen: ${number(count)} weitere.`,
  begun: (link) => `Training gestartet: ${link}`,
  begunUnseen:
    'Training gestartet, aber ich kann es in diesem Kanal nicht zeigen. Nach dem Ende zeigt `/modell zeigen` das Ergebnis.',
  otherParent: (parent) =>
    `Ausgangsmodell ist ${parent}, weil dieser Server einen Transformer verwendet, der hier nicht trainiert werden kann.`,
  cancelled: 'Das Training wird beendet. Der bisher beste Stand bleibt erhalten.',
};
