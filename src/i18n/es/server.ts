import type { Language } from '../language.js';
import { number } from './grammar.js';

export const settings: Language['settings'] = {
  title: '**Ajustes de este servidor**',
  defaults: (written) =>
    `Opciones por defecto de /componer: ${written === undefined ? 'estándar' : `\`${written}\``}`,
  shareChannel: (channel) => `Compartir publica en: ${channel ?? 'el canal en el que se pulsa'}`,
  daily: (channel, time) =>
    `Pieza del día: ${channel === undefined ? 'desactivada' : `${channel} a las ${time}`}`,
  presets: (count) => `Plantillas guardadas: ${number(count)} (véase \`/plantilla lista\`)`,
  limits: (person, server) =>
    `Piezas por hora: ${number(person)} por persona, ${number(server)} para todo el servidor`,
  trainers: (names) =>
    `Quién puede entrenar y gestionar modelos: los gestores del servidor${names === '' ? '' : `, ${names}`}`,
  language: (language) => `Idioma cuando no se conoce el de un miembro: ${language ?? 'el del servidor'}`,
};

export const daily: Language['daily'] = {
  heading: '**Pieza del día**',
  vote: '¿Cómo debe ser la próxima?',
  same: 'Como esta',
};

export const presets: Language['presets'] = {
  saved: (name, command) => `Plantilla **${name}** guardada: \`${command}\``,
  deleted: (name) => `Plantilla **${name}** borrada.`,
  own: 'Plantillas de este servidor:',
  builtIn: 'Plantillas incluidas:',
  hint: '-# Para usar una: `/componer plantilla:…`; las opciones que añadas prevalecen.',
};

export const forget: Language['forget'] = {
  warning: (presets, models) =>
    `**Esto borra todo lo que guardo de este servidor**: sus ajustes, sus plantillas (${number(presets)}), los modelos que entrenó (${number(models)}) y cualquier entrenamiento en curso. No se puede deshacer. Las piezas ya publicadas se quedan en sus canales.`,
  button: 'Borrar todo',
  done: 'He borrado todo lo que guardaba de este servidor.',
};
