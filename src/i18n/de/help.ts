import type { Language } from '../language.js';
import { number, list } from './grammar.js';
import { choices } from './words.js';

export const help: Language['help'] = {
  start: `**Tipp eins davon ein**, um eine MIDI-Datei, Audio und eine Klavierrolle zu bekommen:
\`/komponieren\` – ein Stück mit 300 Noten
\`/komponieren stil:verträumt,debussy\` – verträumt, im Stil von Debussy
\`/komponieren vorlage:lullaby\` – langsam, leise, in F-Dur
\`/komponieren tonart:A mehr:tonleiter:blues raster:triolen\` – nur Töne der Bluestonleiter, im Triolenraster
\`/komponieren noten:150 temperatur:0.7 mehr:tempo:0.6\` – kurz, vorsichtig, langsam
\`/komponieren midi:…\` – setzt deine eigene MIDI-Datei fort
\`/komponieren fassungen:4\` – vier Fassungen zur Auswahl
**Drück danach** auf Noch eins für ein weiteres Stück, Variieren, um den Anfang zu behalten, Fortsetzen, um es zu verlängern, Remix, um die Einstellungen zu ändern, oder Info, um zu sehen, wie es entstanden ist.
Dieselbe \`startzahl\` mit denselben Einstellungen ergibt dasselbe Stück. Jedes Ergebnis zeigt seine Startzahl.
-# Mehr: \`/hilfe thema:optionen\`, \`thema:songs\`, \`thema:charakter\`, \`thema:dateien\`, \`thema:server\`. Unten: wie ein Ergebnis aussieht und klingt.`,
  options: `**Was die Optionen bewirken.** Die ohne eigenes Feld kommen in \`mehr\`: \`/komponieren mehr:tempo:0.5 stimmen:einstimmig\`
\`vorlage:march\` mehrere davon auf einmal; \`/vorlage liste\` zeigt alle
\`privat:true\` nur du siehst es, bis du „Teilen“ drückst; \`sprachnachricht:true\` auch als Sprachnachricht
Stimmung, Komponist und eigene Worte: siehe \`/hilfe thema:charakter\`; mehrere Instrumente: \`/hilfe thema:songs\``,
  character: `**Wie die Musik klingen soll.** Ohne Angabe eines Modells wählen diese Optionen eines aus, das sie versteht.
\`/komponieren stil:verträumt\` – Tongeschlecht, Tempo, Dichte, Lautstärke und Lage auf einmal. Stimmungen: ${list(Object.values(choices.mood))}
\`/komponieren stil:chopin\` – im Stil von Chopin
\`/komponieren stil:barock\` – im Stil einer Epoche. Epochen: ${list(Object.values(choices.era))}
\`/komponieren text:"traurige langsame Musik in d-Moll"\` – dasselbe in deinen Worten; die Antwort zeigt, was ich verstanden habe
**Kombiniert**: Einzelne Einstellungen haben Vorrang vor der Stimmung, Optionen vor dem Text.
\`/komponieren stil:fröhlich,klassik mehr:dichte:spärlich\`
\`/komponieren text:"ruhig, sehr leise" noten:200 stil:debussy\``,
  songs: `**Songs für mehrere Instrumente**, in Takten und Schlägen, mit Abschnitten und Schluss
\`/komponieren stil:bossa\` – ein Stil. Stile: ${list(Object.values(choices.genre))}
\`/komponieren stil:streichquartett tonart:D\` – eine Besetzung. Besetzungen: ${list(Object.values(choices.ensemble))}
\`/komponieren akkorde:"Am F C G" stil:pop\` – eigene Akkorde, einer pro Takt; \`akkorde:"2x(C Am F G) F G C"\` wiederholt. Kommt ein H vor, ist B ein B.
\`/komponieren stil:walzer bpm:150 mehr:takte:32 form:AABA\` – Tempo in Schlägen pro Minute, Länge in Takten, Abschnitte als Buchstaben
Ein neuronales Netz schreibt die Melodie; in vielen Stilen stammt die Begleitung aus einem Buch von Mustern. Mit \`modell:book\` entsteht auch die Melodie nach Regeln. Die MIDI-Datei hat eine Spur für jedes Instrument.`,
  files: `**Deine eigenen MIDI-Dateien**
\`/komponieren midi:…\` fängt mit den ersten Noten der Datei an; jede MIDI-Datei bis 1 MB geht.
Auf einer Nachricht mit MIDI-Datei: Rechtsklick oder lange drücken, dann **Apps**: daraus komponieren oder sie fortsetzen.
Oder erwähn mich in einer Nachricht mit Datei: \`@ich noten:200 temperatur:0.8\`. In Direktnachrichten geht es ohne Erwähnung.
Schlagzeug ignoriere ich; alles wird auf dem Klavier gespielt.`,
  radio: `**Musik ohne Ende in einem Sprachkanal**
\`/radio start\` – geh in einen Sprachkanal und starte es; mit Text oder Stil, etwa \`text:ruhig\`
\`/radio start bis:2h\` – nach einer Zeit enden, oder zu einer Uhrzeit wie \`22:30\`
\`/radio start nach-stunde:True\` – die Stimmung der Tageszeit folgen lassen
\`/radio start bleiben:True\` – rund um die Uhr spielen, auch nach einem Neustart (Serververwaltung)
\`/radio weiter\`, \`stopp\`, \`lautstärke\`, \`jetzt\` – für „Weiter“ muss die Hälfte der Zuhörenden stimmen
\`/radio einstellungen\` – eine DJ-Rolle, die ohne Abstimmung weiterschaltet, und die Zeitzone (Serververwaltung)
**Im Sprachkanal abspielen**, unter jedem Stück und unter **Apps** an einer Nachricht mit MIDI-Datei, spielt es als Nächstes.`,
  server: `**Für die Serververwaltung**
\`/einstellungen\` – Standardoptionen für /komponieren, Kanal für „Teilen“, Stück des Tages, Grenzen pro Stunde, wer trainieren darf, meine Sprache
\`/vorlage speichern\` – Optionen für alle speichern
\`/trainieren\` – eine Kopie meines Modells mit eurer Musik trainieren; nichts ändert sich, bis du „Benutzen“ drückst
\`/modell\` – die Modelle dieses Servers anzeigen, wählen, zurücksetzen oder löschen
\`/vergessen\` – alles löschen, was ich für diesen Server gespeichert habe`,
};

export const about: Language['about'] = {
  composes: (version) =>
    `**Musical AI** ${version} komponiert Klavierstücke und Songs nach deinen Worten, aus deiner MIDI-Datei oder mit einem eingebauten Anfang.`,
  model: (id, from) => `Verwendetes Modell: \`${id}\` (${from}). Alle Modelle zeigt \`/modell liste\`.`,
  shipped: 'eingebaut',
  operator: 'vom Betreiber hinzugefügt',
  server: (parent, date) =>
    `von diesem Server trainiert${parent === undefined ? '' : `, ausgehend von \`${parent}\``}${date === undefined ? '' : `, ${date}`}`,
  licence: (maestro) =>
    `Die Klaviermodelle wurden mit ${maestro} trainiert (Hawthorne et al., ICLR 2019) und stehen unter dessen Lizenz, CC BY-NC-SA 4.0: keine kommerzielle Nutzung. Das Song-Modell steht unter CC BY 4.0, der Code unter der MIT-Lizenz.`,
  line: (commandMs, gatewayMs, since) =>
    `Dein Befehl war nach ${number(commandMs)} ms bei mir. Gateway-Latenz: ${gatewayMs === undefined ? 'noch nicht gemessen' : `${number(gatewayMs)} ms`}. Gestartet ${since}.`,
};
