import type { Language } from '../language.js';
import { number } from './grammar.js';

export const radio: Language['radio'] = {
  heading: (channel) => `📻 **Radio** in ${channel}`,
  startedBy: (user, wish) => `Gestartet von ${user}${wish === undefined ? '' : `: ${wish}`}`,
  composing: 'Ein Stück wird komponiert.',
  next: (title) => `Danach: ${title}`,
  composingNext: 'Das nächste Stück wird komponiert.',
  levels: {
    muchCalmer: 'viel ruhiger',
    calmer: 'ruhiger',
    livelier: 'lebhafter',
    muchLivelier: 'viel lebhafter',
  },
  paused: 'Pause, bis jemand zuhört.',
  silenced: 'Ich darf hier nicht sprechen. Lad mich auf die Bühne ein, oder heb meine Stummschaltung auf.',
  otherBots: (bots) => `Auch hier: ${bots}. Wenn noch ein Bot etwas abspielt, hörst du beides.`,
  volume: (percent) => `Lautstärke ${percent} %`,
  stays: 'rund um die Uhr',
  until: (time) => `bis ${time}`,
  buttons: {
    skip: 'Weiter',
    calmer: 'Ruhiger',
    livelier: 'Lebhafter',
    like: 'Gefällt mir',
    keep: 'Stück behalten',
    stop: 'Stopp',
  },
  votes: (votes, needed) => `${number(votes)} von ${number(needed)} Stimmen für „Weiter“.`,
  started: (channel) => `Es spielt in ${channel}. Mit den Knöpfen unter der Nachricht lenkst du die Musik.`,
  broughtBy: (user) => `mitgebracht von ${user}`,
  queued: (channel, ahead) =>
    ahead === 0
      ? `Dein Stück kommt in ${channel} als Nächstes.`
      : `Dein Stück kommt in ${channel} nach ${ahead === 1 ? 'einem anderen' : `${number(ahead)} anderen`}.`,
  skipping: 'Weiter zum nächsten Stück.',
  stopped: 'Das Radio ist beendet.',
  volumeSet: (percent) => `Das Radio spielt jetzt mit ${percent} % Lautstärke.`,
  chosen: (dj, timeZone) =>
    `Allein weiterschalten und beenden: Serververwaltung${dj === undefined ? '' : `, ${dj}`}. Zeitzone: ${timeZone ?? 'nicht gesetzt'}.`,
  ended: {
    until: 'Das Radio ist zur gewünschten Zeit zu Ende gegangen.',
    returns: 'Ich werde neu gestartet. Das Radio geht gleich von selbst weiter.',
    stopped: (user) => `${user} hat das Radio beendet.`,
    alone: 'Ich bin gegangen, weil niemand mehr zugehört hat.',
    kicked: 'Jemand hat mich aus dem Sprachkanal getrennt.',
    'no-answer':
      'Ich bin nicht in den Sprachkanal gekommen. Prüf, ob er Platz hat und ich mich verbinden darf.',
    lost: 'Die Verbindung zum Sprachkanal ist abgerissen. Starte das Radio noch einmal.',
    'no-encryption':
      'Die Verschlüsselung, die Discord verlangt, kam nicht zustande. Bitte, wer diesen Bot betreibt, ihn zu aktualisieren.',
    ended: 'Discord hat den Anruf beendet.',
    restart: 'Das Radio ist aus, weil ich neu gestartet werde. Starte es in einer Minute wieder.',
  },
};
