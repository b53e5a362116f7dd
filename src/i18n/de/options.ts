import type { Language } from '../language.js';
import { songOptions } from './songs.js';

export const options: Language['options'] = {
  ...songOptions,
  style: {
    name: 'stil',
    description:
      'Stil eines Songs (walzer, streichquartett), Stimmungen, Epochen, Komponisten, durch Kommas getrennt',
  },
  notes: { name: 'noten', description: 'Anzahl der Noten (Standard: 300)' },
  length: { name: 'länge', description: 'Wie lange das Stück dauert, statt noten: 0:45, 90 s oder 2 min' },
  temp: {
    name: 'temperatur',
    description: 'Temperatur: niedriger ist vorsichtiger, höher gewagter (Standard: 1,0)',
  },
  tempo: { name: 'tempo', description: 'Geschwindigkeit: 2 ist doppelt so schnell (Standard: 1,0)' },
  pitch: {
    name: 'tonhöhe',
    description: 'Mitte des Tonraums; 60 ist das c′. Töne jenseits von 0–127 rücken um Oktaven',
  },
  velocity: { name: 'anschlag', description: 'Mittlere Lautstärke: 40 ist leise, 100 ist laut' },
  key: {
    name: 'tonart',
    description: 'Grundton (B ist H, Bb ist B); Dur, solange keine Tonleiter gewählt ist',
  },
  scale: { name: 'tonleiter', description: 'Tonleiter, zu der jede Note gehört; ohne Tonart auf C' },
  quantise: {
    name: 'raster',
    description: 'Noten im Raster: achtel (bis ganze Noten), sechzehntel oder triolen',
  },
  voices: { name: 'stimmen', description: 'einstimmig spielt immer nur eine Note' },
  sampling: {
    name: 'ziehung',
    description: 'Nur LSTM: gestreut ist lebendiger, original klingt wie das ursprüngliche Projekt',
  },
  mood: { name: 'stimmung', description: 'Die Stimmung der Musik; nicht für lstm' },
  density: { name: 'dichte', description: 'Nur Transformer: wie viele Noten pro Sekunde' },
  polyphony: { name: 'polyphonie', description: 'Nur Transformer: wie viele Noten gleichzeitig klingen' },
  composer: { name: 'komponist', description: 'Nur Transformer: im Stil eines Komponisten' },
  era: { name: 'epoche', description: 'Nur Transformer: im Stil einer Epoche' },
  text: {
    name: 'text',
    description: 'Beschreib die Musik, zum Beispiel traurig, langsam, d-Moll',
  },
  seed: {
    name: 'startzahl',
    description: 'Zufallszahl: gleiche Zahl und gleiche Einstellungen ergeben dasselbe Stück',
  },
  model: {
    name: 'modell',
    description: 'Modell: transformer (ausdrucksvoll), lstm (klein und schnell) oder eins dieses Servers',
  },
  opening: { name: 'anfang', description: 'Eingebauter Anfang (Standard: die Startzahl wählt)' },
  title: { name: 'titel', description: 'Titel des Stücks (Standard: aus deinem Wunsch)' },
};

export const composeOptions: Language['commands']['compose']['options'] = {
  preset: {
    name: 'vorlage',
    description: 'Gespeicherte Optionen; was du hier angibst, hat Vorrang',
  },
  midi: { name: 'midi', description: 'Eine MIDI-Datei als Anfang statt eines eingebauten' },
  takes: { name: 'fassungen', description: 'Wie viele Fassungen (Standard: 1)' },
  private: { name: 'privat', description: 'Das Ergebnis nur dir zeigen; mit „Teilen“ postest du es' },
  voice: { name: 'sprachnachricht', description: 'Die Hörprobe zusätzlich als Sprachnachricht senden' },
  more: { name: 'mehr', description: 'Jede andere Einstellung als name:wert: tempo:0.7 tonleiter:dorisch' },
};
