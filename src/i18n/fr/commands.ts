import { trainingSettings } from '../../request/networks.js';
import type { Language } from '../language.js';
import { number } from './grammar.js';
import { composeOptions } from './options.js';

export const commands: Language['commands'] = {
  compose: {
    name: 'composer',
    description: 'Composer un morceau de musique : fichier MIDI, audio et rouleau de piano',
    options: composeOptions,
  },
  composeFromMidi: { name: 'Composer à partir de ce MIDI' },
  continueMidi: { name: 'Prolonger ce MIDI' },
  playMidi: { name: 'Jouer en vocal' },
  preset: {
    name: 'préréglage',
    description: 'Options enregistrées pour /composer',
    list: { name: 'liste', description: 'Afficher tous les préréglages et leurs options' },
    save: {
      name: 'enregistrer',
      description: 'Enregistrer des options (demande « Gérer le serveur »)',
    },
    delete: {
      name: 'supprimer',
      description: 'Supprimer un préréglage de ce serveur (demande « Gérer le serveur »)',
    },
    presetName: { name: 'nom', description: 'Nom du préréglage' },
  },
  settings: {
    name: 'paramètres',
    description: 'Paramètres de ce serveur',
    show: { name: 'voir', description: 'Afficher les paramètres de ce serveur' },
    defaults: {
      name: 'défauts',
      description: 'Définir les options par défaut de /composer ; une option omise est réinitialisée',
    },
    shareChannel: {
      name: 'salon-partage',
      description: 'Choisir le salon où Partager publie',
      channel: { name: 'salon', description: 'Par défaut, le salon où l’on appuie sur Partager' },
    },
    daily: {
      name: 'quotidien',
      description: 'Publier un morceau dans un salon chaque jour',
      channel: { name: 'salon', description: 'À omettre pour arrêter' },
      hour: { name: 'heure', description: 'Heure UTC, de 0 à 23 (par défaut : 18)' },
    },
    limits: {
      name: 'limites',
      description: 'Limiter les morceaux par heure ; une limite omise est réinitialisée',
      person: { name: 'personne', description: 'Limite par personne, en morceaux par heure' },
      server: { name: 'serveur', description: 'Limite pour tout le serveur, en morceaux par heure' },
    },
    trainers: {
      name: 'entraîneurs',
      description: 'Choisir qui peut entraîner et gérer les modèles, outre les gestionnaires du serveur',
      allow: { name: 'autoriser', description: 'Rôle ou membre à ajouter' },
      forbid: { name: 'interdire', description: 'Rôle ou membre à retirer' },
    },
    language: {
      name: 'langue',
      description: 'Langue à utiliser quand celle d’un membre est inconnue',
      language: { name: 'langue', description: 'Par défaut, celle du serveur' },
    },
  },
  train: {
    name: 'entraîner',
    description: 'Entraîner un modèle propre à ce serveur sur votre musique',
    modelName: { name: 'nom', description: 'Nom du nouveau modèle' },
    file: (n) => ({
      name: `fichier${n}`,
      description: n === 1 ? 'Un fichier MIDI, ou un zip de fichiers MIDI' : 'Un autre fichier',
    }),
    files: {
      name: 'fichiers',
      description: 'Au lieu d’envoyer des fichiers : combien en prendre dans le dossier de l’opérateur',
    },
    epochs: {
      name: 'époques',
      description: `Nombre de passages sur la musique (par défaut : ${number(trainingSettings.epochs.default)})`,
    },
    rate: {
      name: 'taux',
      description: `Taux d’apprentissage maximal (par défaut : ${number(trainingSettings.rate.default)})`,
    },
    from: { name: 'depuis', description: 'Modèle de départ (par défaut : celui en service)' },
  },
  model: {
    name: 'modèle',
    description: 'Les modèles de ce serveur',
    list: { name: 'liste', description: 'Afficher les modèles et celui en service' },
    show: {
      name: 'voir',
      description: 'Afficher sur quoi et comment un modèle a été entraîné, et sa qualité',
    },
    use: { name: 'utiliser', description: 'Choisir le modèle avec lequel ce serveur compose' },
    rollback: { name: 'revenir', description: 'Revenir au modèle utilisé auparavant' },
    delete: { name: 'supprimer', description: 'Supprimer un modèle que ce serveur a entraîné' },
    modelName: { name: 'nom', description: 'Nom du modèle' },
  },
  radio: {
    name: 'radio',
    description: 'De la musique sans fin dans ton salon vocal, composée en direct',
    start: { name: 'lancer', description: 'Lancer la radio dans ton salon vocal' },
    stop: { name: 'arrêter', description: 'Arrêter la radio' },
    skip: {
      name: 'passer',
      description: 'Passer au morceau suivant ; d’autres devront peut-être être d’accord',
    },
    volume: { name: 'volume', description: 'Régler le volume de la radio sur ce serveur' },
    percent: { name: 'pourcentage', description: '100 est le volume habituel' },
    now: { name: 'maintenant', description: 'Montrer ce qui joue' },
    until: { name: 'jusqu-à', description: 'Quand elle s’arrête : 2h, 90 min ou 22:30' },
    byHour: { name: 'selon-l-heure', description: 'Si l’ambiance suit l’heure de la journée' },
    stay: {
      name: 'rester',
      description: 'Si elle joue jour et nuit, même après un redémarrage ; pour les gestionnaires',
    },
    settings: {
      name: 'paramètres',
      description: 'Choisir le rôle DJ et le fuseau horaire ; ce qui manque est réinitialisé',
    },
    dj: { name: 'dj', description: 'Rôle dont les membres passent et arrêtent sans vote' },
    timeZone: { name: 'fuseau', description: 'Pour les heures de la journée, par exemple Europe/Paris' },
  },
  forget: { name: 'oublier', description: 'Supprimer tout ce que je conserve pour ce serveur' },
  help: {
    name: 'aide',
    description: 'Exemples à copier et effet de chaque option',
    topic: { name: 'sujet', description: 'Que montrer (par défaut : début)' },
    topics: {
      start: 'début',
      options: 'options',
      character: 'caractère',
      songs: 'morceaux',
      files: 'fichiers',
      radio: 'radio',
      server: 'serveur',
    },
  },
  about: {
    name: 'à-propos',
    description: 'Modèle, licence et temps de réponse',
  },
};
