import type { Language } from '../language.js';
import { number } from './grammar.js';

export const settings: Language['settings'] = {
  title: '**Paramètres de ce serveur**',
  defaults: (written) =>
    `Options par défaut de /composer : ${written === undefined ? 'standard' : `\`${written}\``}`,
  shareChannel: (channel) => `Partager publie dans : ${channel ?? 'le salon où l’on appuie'}`,
  daily: (channel, time) =>
    `Morceau du jour : ${channel === undefined ? 'désactivé' : `${channel} à ${time}`}`,
  presets: (count) => `Préréglages enregistrés : ${number(count)} (voir \`/préréglage liste\`)`,
  limits: (person, server) =>
    `Morceaux par heure : ${number(person)} par personne, ${number(server)} pour tout le serveur`,
  trainers: (names) =>
    `Qui peut entraîner et gérer les modèles : les gestionnaires du serveur${names === '' ? '' : `, ${names}`}`,
  language: (language) => `Langue quand celle d’un membre est inconnue : ${language ?? 'celle du serveur'}`,
};

export const daily: Language['daily'] = {
  heading: '**Morceau du jour**',
  vote: 'Comment doit être le prochain ?',
  same: 'Comme celui-ci',
};

export const presets: Language['presets'] = {
  saved: (name, command) => `Préréglage **${name}** enregistré : \`${command}\``,
  deleted: (name) => `Préréglage **${name}** supprimé.`,
  own: 'Préréglages de ce serveur :',
  builtIn: 'Préréglages intégrés :',
  hint: '-# Pour en utiliser un : `/composer préréglage:…` ; les options que tu ajoutes l’emportent.',
};

export const forget: Language['forget'] = {
  warning: (presets, models) =>
    `**Cela supprime tout ce que je conserve pour ce serveur** : ses paramètres, ses préréglages (${number(presets)}), les modèles qu’il a entraînés (${number(models)}) et tout entraînement en cours. C’est irréversible. Les morceaux déjà publiés restent dans leurs salons.`,
  button: 'Tout supprimer',
  done: 'J’ai supprimé tout ce que je conservais pour ce serveur.',
};
