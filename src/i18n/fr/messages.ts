import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number, counted, notes } from './grammar.js';
import { key } from './words.js';

export const buttons: Language['buttons'] = {
  cancel: 'Annuler',
  again: 'Encore',
  vary: 'Varier',
  continue: 'Prolonger',
  remix: 'Remix',
  edit: 'Modifier',
  info: 'Infos',
  play: 'Jouer en vocal',
  share: 'Partager',
  delete: 'Supprimer',
  take: (n) => `Prise ${n}`,
  use: 'Utiliser',
};

export const progress: Language['progress'] = {
  queued: (place) =>
    place === 1
      ? 'Dans la file d’attente : c’est bientôt ton tour.'
      : `Dans la file d’attente : numéro ${number(place)}.`,
  composing: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `, encore ${number(secondsLeft)} s environ`;
    return `Composition : ${number(done)} sur ${counted(total, notes)}${left}.`;
  },
  composingTime: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `, encore ${number(secondsLeft)} s environ`;
    return `Composition : ${clock(done)} sur ${clock(total)}${left}.`;
  },
  rendering: 'Création de l’audio et de l’image.',
};

export const result: Language['result'] = {
  notes: (count) => counted(count, notes),
  key,
  seed: 'graine',
  takes: (count) =>
    `**${number(count)} versions.** Écoute-les, puis choisis-en une pour obtenir son image et ses boutons.`,
  previewCut: (time) => `L’extrait s’arrête à ${time}. Le fichier MIDI contient tout le morceau.`,
  previewPart: (from, to) =>
    `L’extrait va de ${from} à ${to}, là où est la nouvelle musique. Le fichier MIDI contient tout le morceau.`,
  previewTooLarge: 'L’extrait était trop gros pour Discord. Le fichier MIDI contient tout le morceau.',
  previewsTooLarge: 'Les extraits étaient trop gros pour Discord. Choisis une prise pour l’entendre.',
  shared: (channel) => `Partagé dans ${channel}.`,
  understood: (words) => `Compris : ${words}.`,
  inStyle: (composer) => `dans le style ${/^[aeiouyéè]/i.test(composer) ? 'd’' : 'de '}${composer}`,
  meant: {
    not: (word) => `pas ${word}`,
    without: (word) => `sans ${word}`,
    very: (word) => `très ${word}`,
    slightly: (word) => `un peu ${word}`,
  },
  notInSongs: (words) => `Sans effet dans un morceau à plusieurs instruments : ${words}.`,
  notUnderstood: (words) => `Non reconnu : ${words}.`,
  perhaps: (word, nearest) => `${word} (vouliez-vous dire ${nearest} ?)`,
  untaught: (words, nearest) =>
    nearest === ''
      ? `Je n'ai pas encore appris : ${words}. Voici du piano seul.`
      : `Je n'ai pas encore appris : ${words}. Le plus proche : ${nearest}.`,
  nothingUnderstood:
    'Je n’ai rien reconnu. Je comprends les humeurs, tempos, compositeurs, tonalités, styles et instruments.',
};

export const info: Language['info'] = {
  composedBy: (weights, total, given) =>
    `Composé par \`${weights}\` : ${counted(total, notes)} ; ${given === 1 ? 'la première forme' : `les ${number(given)} premières forment`} le début.`,
  continues: 'Ce morceau en prolonge un autre. Pour le refaire, appuie sur Remix et saisis',
  steered: 'Ce morceau a été guidé pendant qu’il passait à la radio. Il a commencé par :',
  fromNote: (note) => `À partir de la note ${number(note)} :`,
  fromFile: 'Pour refaire exactement ce morceau : cette commande, avec le fichier ci-dessous comme `midi`.',
  again: 'Pour refaire exactement ce morceau :',
  changed:
    'Mes modèles ou mes règles ont changé depuis : la même commande peut maintenant donner un autre morceau.',
  wasChanged:
    'Des parties, des instruments, le tempo ou la tonalité ont été changés ensuite. La commande donne l’original.',
};

export const changes: Language['changes'] = {
  parts: 'Couper ou isoler une partie',
  instruments: 'Changer un instrument',
  music: 'Changer le tempo ou la tonalité',
  mute: (part) => `Couper : ${part}`,
  unmute: (part) => `Rétablir : ${part}`,
  solo: (part) => `Seulement : ${part}`,
  everybody: 'Toutes les parties',
  slower: (bpm) => `Plus lent : ♩ = ${bpm}`,
  faster: (bpm) => `Plus rapide : ♩ = ${bpm}`,
  transpose: (semitones) => `Transposer de ${semitones} demi-tons`,
  key: (key, semitones) => `En ${key} (${semitones})`,
};

export const remix: Language['remix'] = {
  title: 'Remix',
  options: 'Options',
  optionsHint:
    'Comme dans /composer. Sans graine, une nouvelle ; sans une autre option, sa valeur par défaut.',
  file: 'Partir d’un autre fichier MIDI',
  samePiece: 'Laisse vide pour prolonger le même morceau.',
  sameFile: 'Laisse vide pour partir du même fichier.',
  sameUpload: (file) => `Laisse vide pour repartir de ${file}.`,
  sameOpening: 'Laisse vide pour le début nommé ci-dessus, ou un début choisi par la graine.',
  newSong: 'Laisse vide pour un morceau avec les options ci-dessus.',
};

export const apology: Language['apology'] = (id) =>
  `Une erreur s’est produite de mon côté. Réessaie. Si cela se reproduit, donne ce numéro d’erreur à l’opérateur du bot : ${id}`;
