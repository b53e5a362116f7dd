import type { Language } from '../language.js';
import { number, percent, counted, files, epochs, timeLeft } from './grammar.js';

export const models: Language['models'] = {
  current: 'en uso',
  shipped: 'incluido',
  operator: 'añadido por el operador',
  server: 'entrenado por este servidor',
  kinds: {
    transformer: 'varias voces y matices; sigue ánimo, compositor, texto',
    lstm: 'pequeño y rápido; se entrena con /entrenar',
    song: 'Transformer: canciones para varios instrumentos, más cercanas a la música real',
    book: 'patrones y reglas: canciones para varios instrumentos',
  },
  composes: { keyboard: 'piezas para piano', songs: 'canciones para varios instrumentos' },
  made: {
    transformer:
      'Entrenado con 962 interpretaciones de piano (MAESTRO v2.0.0), unas tres horas en un núcleo. Distancia entre su música y la real: 5,4. Para comparar: música real 3,6, lstm 27,4.',
    lstm: 'Entrenado con 962 interpretaciones de piano (MAESTRO v2.0.0), cada una oída una vez. Distancia entre su música y la real: 27,4. Para comparar: música real 3,6, transformer 5,4.',
    song: 'Entrenado con 17 millones de notas de partituras y archivos MIDI con licencia libre. Sus canciones respetan su tonalidad y sus acordes, y se repiten, casi tanto como las reales.',
    book: 'Sin entrenamiento: compone con patrones y reglas escritos a mano.',
  },
  trained: 'Entrenamiento',
  from: (parent) => `a partir de ${parent}`,
  epochs: (count) => counted(count, epochs),
  rate: (rate) => `tasa ${rate}`,
  windows: (count) => counted(count, { one: 'ventana', other: 'ventanas' }),
  heldOutLoss: 'Pérdida con música reservada',
  parentLoss: 'Su modelo de partida',
  validationLoss: 'Pérdida de validación',
  first: (value) => `primero ${value}`,
  lowest: (value, at) => `la más baja ${value} tras ${counted(at, epochs)}`,
  last: (value) => `al final ${value}`,
  learntFrom: (count) => `Entrenado con ${counted(count, files)}:`,
  more: (count) => `… y ${number(count)} más.`,
  inUse: (name) => `Este servidor compone ahora con ${name}. Para deshacerlo: \`/modelo volver\`.`,
  deleted: (name) => `Modelo ${name} borrado.`,
};

export const training: Language['training'] = {
  heading: (name, parent, user) => `**Entrenamiento de ${name}** a partir de ${parent}, para ${user}`,
  resumed: 'reanudado tras un reinicio',
  gettingReady: 'Preparando.',
  epoch: (epoch, total) => `época ${number(epoch)} de ${number(total)}`,
  loss: (value) => `pérdida ${value}`,
  validationLoss: (value) => `pérdida de validación ${value}`,
  lowest: (value) => `la más baja hasta ahora ${value}`,
  timeLeft: (minutes) => `falta ${timeLeft(minutes)}`,
  paused: 'Me estoy reiniciando. El entrenamiento sigue después.',
  listen: 'Escucha los dos: cada uno toca a partir del mismo comienzo y la misma semilla.',
  finished: 'Entrenamiento terminado.',
  'no-improvement': 'Terminado antes: ya no mejoraba. Este es el mejor estado.',
  stopped: 'Cancelado. Este es el mejor estado hasta ahora.',
  diverged: 'Terminado antes: la pérdida dejó de ser un número. Este es el mejor estado hasta entonces.',
  better: (change, value, parent, parentValue) =>
    `**Mejor en un ${percent(change, 1)}:** con música reservada su pérdida es ${value}, la de ${parent} ${parentValue}.`,
  noBetter: (name, value, parent, parentValue) =>
    `**${name} no es mejor que ${parent}:** con música reservada su pérdida es ${value}, la de ${parent} ${parentValue}. Solo vale la pena si te gusta cómo suena.`,
  table: { heldOut: 'reservada', loss: 'pérdida', pitch: 'altura', step: 'paso', duration: 'duración' },
  nothingChanges: 'Nada cambia en este servidor hasta que alguien con permiso para entrenar pulse Usar.',
  withoutFiles: 'Discord no aceptó la curva y el audio. `/modelo ver` muestra las cifras.',
  failed: (sentence) => `**El entrenamiento ha fallado.** ${sentence}`,
  operatorNumber: (id) => `Número de error para el operador del bot: ${id}`,
  windows: (training, heldOut) =>
    `${counted(training, { one: 'ventana', other: 'ventanas' })} para entrenar, ${number(heldOut)} reservadas.`,
  leftOut: (file, reason) => `Omitido: ${file}: ${reason}`,
  leftOutMore: (count) => `También omitidos: ${number(count)} más.`,
  begun: (link) => `Entrenamiento iniciado: ${link}`,
  begunUnseen:
    'Entrenamiento iniciado, pero no puedo mostrarlo en este canal. Cuando termine, `/modelo ver` mostrará el resultado.',
  otherParent: (parent) =>
    `Parte de ${parent}, porque este servidor usa un Transformer, que aquí no se puede entrenar.`,
  cancelled: 'Deteniendo el entrenamiento. El mejor estado hasta ahora se conserva.',
};
