import type { Language } from '../language.js';
import { number } from './grammar.js';

export const radio: Language['radio'] = {
  heading: (channel) => `📻 **Radio** en ${channel}`,
  startedBy: (user, wish) => `Iniciada por ${user}${wish === undefined ? '' : `: ${wish}`}`,
  composing: 'Se está componiendo una pieza.',
  next: (title) => `Después: ${title}`,
  composingNext: 'Se está componiendo la siguiente pieza.',
  levels: {
    muchCalmer: 'mucho más tranquila',
    calmer: 'más tranquila',
    livelier: 'más animada',
    muchLivelier: 'mucho más animada',
  },
  paused: 'En pausa hasta que alguien escuche.',
  silenced: 'Aquí no puedo hablar. Invítame al escenario, o quítame el silencio.',
  otherBots: (bots) => `También está aquí ${bots}. Si otro bot también reproduce algo, oirás las dos cosas.`,
  volume: (percent) => `volumen ${percent} %`,
  stays: 'día y noche',
  until: (time) => `hasta las ${time}`,
  buttons: {
    skip: 'Saltar',
    calmer: 'Más tranquila',
    livelier: 'Más animada',
    like: 'Me gusta',
    keep: 'Guardar esta pieza',
    stop: 'Detener',
  },
  votes: (votes, needed) => `${number(votes)} de ${number(needed)} votos para saltar.`,
  started: (channel) => `La radio suena en ${channel}. Guía la música con los botones del mensaje.`,
  broughtBy: (user) => `traída por ${user}`,
  queued: (channel, ahead) =>
    ahead === 0
      ? `Tu pieza es la siguiente en ${channel}.`
      : `Tu pieza sonará en ${channel} después de ${ahead === 1 ? 'otra' : `otras ${number(ahead)}`}.`,
  skipping: 'Pasando a la siguiente pieza.',
  stopped: 'La radio se ha detenido.',
  volumeSet: (percent) => `La radio suena ahora al ${percent} % del volumen.`,
  chosen: (dj, timeZone) =>
    `Saltar y detener sin votos: gestores${dj === undefined ? '' : `, ${dj}`}. Zona horaria: ${timeZone ?? 'sin definir'}.`,
  ended: {
    until: 'La radio ha terminado a la hora prevista.',
    returns: 'Me estoy reiniciando. La radio seguirá sola en un momento.',
    stopped: (user) => `${user} ha detenido la radio.`,
    alone: 'Me he ido porque nadie estaba escuchando.',
    kicked: 'Alguien me ha desconectado del canal de voz.',
    'no-answer': 'No he podido entrar en el canal de voz. Comprueba que haya sitio y que pueda conectarme.',
    lost: 'He perdido la conexión con el canal de voz. Inicia la radio de nuevo.',
    'no-encryption':
      'No he podido establecer el cifrado que Discord exige. Pide a quien gestiona este bot que lo actualice.',
    ended: 'Discord ha terminado la llamada.',
    restart: 'La radio se ha detenido porque me estoy reiniciando. Iníciala de nuevo en un minuto.',
  },
};
