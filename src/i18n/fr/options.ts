import type { Language } from '../language.js';
import { songOptions } from './songs.js';

export const options: Language['options'] = {
  ...songOptions,
  style: {
    name: 'style',
    description: 'Style (valse, quatuor-à-cordes), humeurs, époques, compositeurs, séparés par des virgules',
  },
  notes: { name: 'notes', description: 'Nombre de notes à composer (par défaut : 300)' },
  length: { name: 'durée', description: 'Durée du morceau, à la place de notes : 0:45, 90 s ou 2 min' },
  temp: {
    name: 'température',
    description: 'Température : plus basse, plus prudent ; plus haute, plus audacieux (par défaut : 1,0)',
  },
  tempo: { name: 'tempo', description: 'Vitesse : 2 est deux fois plus rapide (par défaut : 1,0)' },
  pitch: {
    name: 'hauteur',
    description: 'Hauteur moyenne ; 60 est le do central. Hors de 0–127, les notes changent d’octave',
  },
  velocity: { name: 'vélocité', description: 'Intensité moyenne : 40 est doux, 100 est fort' },
  key: {
    name: 'tonalité',
    description: 'Tonique (C est do, A est la) ; en majeur si aucune gamme n’est choisie',
  },
  scale: { name: 'gamme', description: 'Gamme à laquelle appartient chaque note ; sur do sans tonalité' },
  quantise: {
    name: 'grille',
    description: 'Caler les notes : croches (jusqu’aux rondes), doubles-croches ou triolets de croches',
  },
  voices: { name: 'voix', description: 'une : joue une seule note à la fois' },
  sampling: {
    name: 'tirage',
    description: 'LSTM seulement : étalé est plus vivant, original joue comme le projet d’origine',
  },
  mood: { name: 'humeur', description: 'L’humeur de la musique ; pas pour lstm' },
  density: { name: 'densité', description: 'Transformer seulement : nombre de notes par seconde' },
  polyphony: { name: 'polyphonie', description: 'Transformer seulement : nombre de notes simultanées' },
  composer: { name: 'compositeur', description: 'Transformer seulement : dans le style d’un compositeur' },
  era: { name: 'époque', description: 'Transformer seulement : dans le style d’une époque' },
  text: {
    name: 'texte',
    description: 'Décris la musique, par exemple triste, lent, ré mineur',
  },
  seed: {
    name: 'graine',
    description: 'Graine aléatoire : même graine et mêmes réglages donnent le même morceau',
  },
  model: {
    name: 'modèle',
    description: 'Modèle : transformer (expressif), lstm (petit et rapide) ou un modèle de ce serveur',
  },
  opening: { name: 'début', description: 'Début intégré d’où partir (par défaut : la graine choisit)' },
  title: { name: 'titre', description: 'Titre du morceau (par défaut : d’après ta demande)' },
};

export const composeOptions: Language['commands']['compose']['options'] = {
  preset: {
    name: 'préréglage',
    description: 'Options enregistrées ; ce que tu indiques ici l’emporte',
  },
  midi: { name: 'midi', description: 'Un fichier MIDI d’où partir, au lieu d’un début intégré' },
  takes: { name: 'prises', description: 'Nombre de versions (par défaut : 1)' },
  private: {
    name: 'privé',
    description: 'Ne montrer le résultat qu’à toi ; Partager le publie',
  },
  voice: { name: 'vocal', description: 'Envoyer aussi l’extrait comme message vocal' },
  more: { name: 'plus', description: 'Tout autre réglage, sous la forme nom:valeur : tempo:0.7 voix:une' },
};
