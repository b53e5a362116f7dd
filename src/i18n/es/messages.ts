import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { number, counted, notes } from './grammar.js';
import { key } from './words.js';

export const buttons: Language['buttons'] = {
  cancel: 'Cancelar',
  again: 'Otra vez',
  vary: 'Variar',
  continue: 'Continuar',
  remix: 'Remix',
  edit: 'Editar',
  info: 'Info',
  play: 'Tocar en voz',
  share: 'Compartir',
  delete: 'Borrar',
  take: (n) => `Toma ${n}`,
  use: 'Usar',
};

export const progress: Language['progress'] = {
  queued: (place) =>
    place === 1 ? 'En la cola: eres el siguiente.' : `En la cola: número ${number(place)}.`,
  composing: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `, faltan unos ${number(secondsLeft)} s`;
    return `Componiendo: ${number(done)} de ${counted(total, notes)}${left}.`;
  },
  composingTime: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `, faltan unos ${number(secondsLeft)} s`;
    return `Componiendo: ${clock(done)} de ${clock(total)}${left}.`;
  },
  rendering: 'Creando el audio y la imagen.',
};

export const result: Language['result'] = {
  notes: (count) => counted(count, notes),
  key,
  seed: 'semilla',
  takes: (count) =>
    `**${number(count)} versiones.** Escúchalas y elige una para obtener su imagen y sus botones.`,
  previewCut: (time) => `La muestra contiene los primeros ${time}. El archivo MIDI tiene la pieza entera.`,
  previewPart: (from, to) =>
    `La muestra va de ${from} a ${to}, donde está la música nueva. El archivo MIDI tiene la pieza entera.`,
  previewTooLarge: 'La muestra era demasiado grande para Discord. El archivo MIDI tiene la pieza entera.',
  previewsTooLarge: 'Las muestras eran demasiado grandes para Discord. Elige una toma para oírla.',
  shared: (channel) => `Compartida en ${channel}.`,
  understood: (words) => `Entendido: ${words}.`,
  inStyle: (composer) => `al estilo de ${composer}`,
  meant: {
    not: (word) => `no ${word}`,
    without: (word) => `sin ${word}`,
    very: (word) => `muy ${word}`,
    slightly: (word) => `un poco ${word}`,
  },
  notInSongs: (words) => `Sin efecto en una canción: ${words}.`,
  notUnderstood: (words) => `No reconocido: ${words}.`,
  perhaps: (word, nearest) => `${word} (¿quizás ${nearest}?)`,
  untaught: (words, nearest) =>
    nearest === ''
      ? `Aún no he aprendido: ${words}. Esto es piano solo.`
      : `Aún no he aprendido: ${words}. Lo más parecido: ${nearest}.`,
  nothingUnderstood:
    'No he reconocido nada. Entiendo ánimos, tempos, compositores, tonalidades, estilos e instrumentos.',
};

export const info: Language['info'] = {
  composedBy: (weights, total, given) =>
    `Compuesta por \`${weights}\`: ${counted(total, notes)}; ${given === 1 ? 'la primera es' : `las ${number(given)} primeras son`} el comienzo.`,
  continues: 'Esta pieza continúa otra. Para volver a crearla, pulsa Remix y escribe',
  steered: 'Esta pieza se fue guiando mientras sonaba en la radio. Empezó con:',
  fromNote: (note) => `Desde la nota ${number(note)}:`,
  fromFile: 'Para volver a crear exactamente esta pieza: este comando, con el archivo de abajo como `midi`.',
  again: 'Para volver a crear exactamente esta pieza:',
  changed:
    'Mis modelos o mis reglas han cambiado desde entonces: el mismo comando puede dar ahora otra pieza.',
  wasChanged: 'Después se cambiaron partes, instrumentos, tempo o tonalidad. El comando da el original.',
};

export const changes: Language['changes'] = {
  parts: 'Silenciar o aislar una parte',
  instruments: 'Cambiar un instrumento',
  music: 'Cambiar el tempo o la tonalidad',
  mute: (part) => `Silenciar: ${part}`,
  unmute: (part) => `Activar: ${part}`,
  solo: (part) => `Solo: ${part}`,
  everybody: 'Todas las partes',
  slower: (bpm) => `Más lento: ♩ = ${bpm}`,
  faster: (bpm) => `Más rápido: ♩ = ${bpm}`,
  transpose: (semitones) => `Transportar ${semitones} semitonos`,
  key: (key, semitones) => `En ${key} (${semitones})`,
};

export const remix: Language['remix'] = {
  title: 'Remix',
  options: 'Opciones',
  optionsHint: 'Como en /componer. Sin semilla, una nueva; sin otra opción, su valor por defecto.',
  file: 'Partir de otro archivo MIDI',
  samePiece: 'Déjalo vacío para continuar la misma pieza.',
  sameFile: 'Déjalo vacío para partir del mismo archivo.',
  sameUpload: (file) => `Déjalo vacío para volver a empezar con ${file}.`,
  sameOpening: 'Déjalo vacío para el comienzo indicado arriba, o uno que elija la semilla.',
  newSong: 'Déjalo vacío para una canción con las opciones de arriba.',
};

export const apology: Language['apology'] = (id) =>
  `Algo ha fallado por mi parte. Inténtalo de nuevo. Si vuelve a pasar, dale al operador del bot este número de error: ${id}`;
