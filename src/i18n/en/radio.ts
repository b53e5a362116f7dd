import type { Language } from '../language.js';
import { number } from './grammar.js';

export const radio: Language['radio'] = {
  heading: (channel) => `📻 **Radio** in ${channel}`,
  startedBy: (user, wish) => `Started by ${user}${wish === undefined ? '' : `: ${wish}`}`,
  composing: 'A piece is being composed.',
  next: (title) => `Next: ${title}`,
  composingNext: 'Next: being composed.',
  levels: {
    muchCalmer: 'much calmer',
    calmer: 'calmer',
    livelier: 'livelier',
    muchLivelier: 'much livelier',
  },
  paused: 'Paused until somebody is listening.',
  silenced: 'I may not speak here. Invite me onto the stage, or unmute me.',
  otherBots: (bots) => `Also here: ${bots}. If another bot plays something too, you hear both.`,
  volume: (percent) => `volume ${percent}%`,
  stays: 'around the clock',
  until: (time) => `until ${time}`,
  buttons: {
    skip: 'Skip',
    calmer: 'Calmer',
    livelier: 'Livelier',
    like: 'Like',
    keep: 'Keep this piece',
    stop: 'Stop',
  },
  votes: (votes, needed) => `${number(votes)} of ${number(needed)} votes to skip.`,
  started: (channel) => `Playing in ${channel}. Press the buttons under the message to steer the music.`,
  broughtBy: (user) => `brought by ${user}`,
  queued: (channel, ahead) =>
    ahead === 0
      ? `Your piece comes next in ${channel}.`
      : `Your piece comes in ${channel} after ${number(ahead)} ${ahead === 1 ? 'other' : 'others'}.`,
  skipping: 'Skipping to the next piece.',
  stopped: 'Stopped the radio.',
  volumeSet: (percent) => `The radio now plays at ${percent}% volume.`,
  chosen: (dj, timeZone) =>
    `Skipping and stopping alone: managers${dj === undefined ? '' : `, ${dj}`}. Time zone: ${timeZone ?? 'not set'}.`,
  ended: {
    until: 'The radio ended at the time it was started for.',
    returns: "I'm being restarted. The radio goes on by itself in a moment.",
    stopped: (user) => `${user} stopped the radio.`,
    alone: 'I left because nobody was listening.',
    kicked: 'Somebody disconnected me from the voice channel.',
    'no-answer': "I couldn't get into the voice channel. Check that it has room and that I may connect.",
    lost: 'I lost the connection to the voice channel. Start the radio again.',
    'no-encryption':
      "I couldn't set up the encryption that Discord asks for. Ask the operator of this bot to update it.",
    ended: 'Discord ended the call.',
    restart: 'The radio stopped because I am being restarted. Start it again in a minute.',
  },
};
