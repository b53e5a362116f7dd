import type { Language } from '../language.js';
import { number } from './grammar.js';

export const radio: Language['radio'] = {
  heading: (channel) => `📻 **Radio** dans ${channel}`,
  startedBy: (user, wish) => `Lancée par ${user}${wish === undefined ? '' : ` : ${wish}`}`,
  composing: 'Un morceau est en cours de composition.',
  next: (title) => `Ensuite : ${title}`,
  composingNext: 'Le morceau suivant est en cours de composition.',
  levels: {
    muchCalmer: 'bien plus calme',
    calmer: 'plus calme',
    livelier: 'plus animé',
    muchLivelier: 'bien plus animé',
  },
  paused: 'En pause jusqu’à ce que quelqu’un écoute.',
  silenced: 'Je n’ai pas la parole ici. Invite-moi sur scène, ou rends-moi le son.',
  otherBots: (bots) => `Aussi ici : ${bots}. Si un autre bot joue aussi quelque chose, tu entends les deux.`,
  volume: (percent) => `volume ${percent} %`,
  stays: 'jour et nuit',
  until: (time) => `jusqu’à ${time}`,
  buttons: {
    skip: 'Passer',
    calmer: 'Plus calme',
    livelier: 'Plus animé',
    like: 'J’aime',
    keep: 'Garder ce morceau',
    stop: 'Arrêter',
  },
  votes: (votes, needed) => `${number(votes)} voix sur ${number(needed)} pour passer.`,
  started: (channel) => `La radio joue dans ${channel}. Les boutons sous le message guident la musique.`,
  broughtBy: (user) => `apporté par ${user}`,
  queued: (channel, ahead) =>
    ahead === 0
      ? `Ton morceau passe juste après dans ${channel}.`
      : `Ton morceau passe dans ${channel} après ${number(ahead)} ${ahead === 1 ? 'autre' : 'autres'}.`,
  skipping: 'Passage au morceau suivant.',
  stopped: 'La radio est arrêtée.',
  volumeSet: (percent) => `La radio joue maintenant à ${percent} % du volume.`,
  chosen: (dj, timeZone) =>
    `Passer et arrêter sans vote : gestionnaires${dj === undefined ? '' : `, ${dj}`}. Fuseau horaire : ${timeZone ?? 'non défini'}.`,
  ended: {
    until: 'La radio s’est arrêtée à l’heure prévue.',
    returns: 'Je redémarre. La radio reprendra d’elle-même dans un instant.',
    stopped: (user) => `${user} a arrêté la radio.`,
    alone: 'Je suis parti, car plus personne n’écoutait.',
    kicked: 'Quelqu’un m’a déconnecté du salon vocal.',
    'no-answer':
      'Je n’ai pas pu entrer dans le salon vocal. Vérifie qu’il y a de la place et que je peux m’y connecter.',
    lost: 'J’ai perdu la connexion au salon vocal. Relance la radio.',
    'no-encryption':
      'Je n’ai pas pu établir le chiffrement que Discord exige. Demande à l’exploitant de ce bot de le mettre à jour.',
    ended: 'Discord a mis fin à l’appel.',
    restart: 'La radio s’est arrêtée, car je redémarre. Relance-la dans une minute.',
  },
};
