import type { Language } from '../language.js';
import { number, percent, counted, files, epochs, timeLeft } from './grammar.js';

export const models: Language['models'] = {
  current: 'en service',
  shipped: 'intégré',
  operator: 'ajouté par l’opérateur',
  server: 'entraîné par ce serveur',
  kinds: {
    transformer: 'plusieurs voix, ses nuances ; suit humeur, compositeur, texte',
    lstm: 'petit et rapide ; s’entraîne avec /entraîner',
    song: 'Transformer : des morceaux à plusieurs instruments, plus proches de la vraie musique',
    book: 'motifs et règles : des morceaux à plusieurs instruments',
  },
  composes: { keyboard: 'des morceaux de piano', songs: 'des morceaux à plusieurs instruments' },
  made: {
    transformer:
      'Entraîné sur 962 interprétations au piano (MAESTRO v2.0.0), environ trois heures sur un cœur. Distance entre sa musique et la vraie : 5,4. À titre de comparaison : vraie musique 3,6, lstm 27,4.',
    lstm: 'Entraîné sur 962 interprétations au piano (MAESTRO v2.0.0), chacune entendue une fois. Distance entre sa musique et la vraie : 27,4. À titre de comparaison : vraie musique 3,6, transformer 5,4.',
    song: 'Entraîné sur 17 millions de notes de partitions et de fichiers MIDI sous licence libre. Ses chansons respectent leur tonalité et leurs accords, et se répètent, à peu près autant que les vraies.',
    book: "Pas d'entraînement : il compose avec des motifs et des règles écrits à la main.",
  },
  trained: 'Entraînement',
  from: (parent) => `à partir de ${parent}`,
  epochs: (count) => counted(count, epochs),
  rate: (rate) => `taux ${rate}`,
  windows: (count) => counted(count, { one: 'fenêtre', other: 'fenêtres' }),
  heldOutLoss: 'Perte sur la musique mise de côté',
  parentLoss: 'Son modèle de départ',
  validationLoss: 'Perte de validation',
  first: (value) => `d’abord ${value}`,
  lowest: (value, at) => `la plus basse ${value} après ${counted(at, epochs)}`,
  last: (value) => `à la fin ${value}`,
  learntFrom: (count) => `Entraîné sur ${counted(count, files)} :`,
  more: (count) => `… et ${number(count)} de plus.`,
  inUse: (name) => `Ce serveur compose désormais avec ${name}. Pour annuler : \`/modèle revenir\`.`,
  deleted: (name) => `Modèle ${name} supprimé.`,
};

export const training: Language['training'] = {
  heading: (name, parent, user) => `**Entraînement de ${name}** à partir de ${parent}, pour ${user}`,
  resumed: 'repris après un redémarrage',
  gettingReady: 'Préparation en cours.',
  epoch: (epoch, total) => `époque ${number(epoch)} sur ${number(total)}`,
  loss: (value) => `perte ${value}`,
  validationLoss: (value) => `perte de validation ${value}`,
  lowest: (value) => `la plus basse jusqu’ici ${value}`,
  timeLeft: (minutes) => `encore ${timeLeft(minutes)}`,
  paused: 'Je redémarre. L’entraînement continue ensuite.',
  listen: 'Écoute les deux : chacun joue à partir du même début et de la même graine.',
  finished: 'Entraînement terminé.',
  'no-improvement': 'Arrêté plus tôt : plus d’amélioration. Voici le meilleur état.',
  stopped: 'Annulé. Voici le meilleur état jusqu’ici.',
  diverged: 'Arrêté plus tôt : la perte n’était plus un nombre. Voici le meilleur état avant cela.',
  better: (change, value, parent, parentValue) =>
    `**Meilleur de ${percent(change, 1)} :** sur la musique mise de côté, sa perte est de ${value}, celle de ${parent} de ${parentValue}.`,
  noBetter: (name, value, parent, parentValue) =>
    `**${name} n’est pas meilleur que ${parent} :** sur la musique mise de côté, sa perte est de ${value}, celle de ${parent} de ${parentValue}. Il ne vaut la peine que si son rendu te plaît.`,
  table: { heldOut: 'mise de côté', loss: 'perte', pitch: 'hauteur', step: 'écart', duration: 'durée' },
  nothingChanges: 'Rien ne change sur ce serveur tant qu’une personne autorisée n’appuie pas sur Utiliser.',
  withoutFiles: 'Discord n’a pas accepté la courbe et l’audio. `/modèle voir` affiche les chiffres.',
  failed: (sentence) => `**L’entraînement a échoué.** ${sentence}`,
  operatorNumber: (id) => `Numéro d’erreur pour l’opérateur du bot : ${id}`,
  windows: (training, heldOut) =>
    `${counted(training, { one: 'fenêtre', other: 'fenêtres' })} pour l’entraînement, ${number(heldOut)} mises de côté.`,
  leftOut: (file, reason) => `Ignoré : ${file} : ${reason}`,
  leftOutMore: (count) => `Ignorés également : ${number(count)} de plus.`,
  begun: (link) => `Entraînement lancé : ${link}`,
  begunUnseen:
    'Entraînement lancé, mais je ne peux pas l’afficher dans ce salon. Une fois terminé, `/modèle voir` montrera le résultat.',
  otherParent: (parent) =>
    `Il part de ${parent}, car ce serveur utilise un Transformer, qui ne peut pas être entraîné ici.`,
  cancelled: 'Arrêt de l’entraînement. Le meilleur état est conservé.',
};
