import { trainingSettings } from '../../request/networks.js';
import type { Language } from '../language.js';
import { number } from './grammar.js';
import { composeOptions } from './options.js';

export const commands: Language['commands'] = {
  compose: {
    name: 'componer',
    description: 'Componer una pieza de música: archivo MIDI, audio y rollo de pianola',
    options: composeOptions,
  },
  composeFromMidi: { name: 'Componer a partir de este MIDI' },
  continueMidi: { name: 'Continuar este MIDI' },
  playMidi: { name: 'Tocar en un canal de voz' },
  preset: {
    name: 'plantilla',
    description: 'Opciones guardadas para /componer',
    list: { name: 'lista', description: 'Mostrar todas las plantillas y sus opciones' },
    save: {
      name: 'guardar',
      description: 'Guardar opciones como plantilla (requiere «Gestionar servidor»)',
    },
    delete: {
      name: 'borrar',
      description: 'Borrar una plantilla de este servidor (requiere «Gestionar servidor»)',
    },
    presetName: { name: 'nombre', description: 'Nombre de la plantilla' },
  },
  settings: {
    name: 'ajustes',
    description: 'Ajustes de este servidor',
    show: { name: 'ver', description: 'Mostrar los ajustes de este servidor' },
    defaults: {
      name: 'opciones',
      description: 'Definir las opciones por defecto de /componer; lo que se omita se restablece',
    },
    shareChannel: {
      name: 'canal-compartir',
      description: 'Elegir el canal donde publica Compartir',
      channel: { name: 'canal', description: 'Si no se indica, el canal donde se pulsa Compartir' },
    },
    daily: {
      name: 'diaria',
      description: 'Publicar una pieza en un canal cada día',
      channel: { name: 'canal', description: 'Si se omite, se deja de publicar' },
      hour: { name: 'hora', description: 'Hora UTC, de 0 a 23 (por defecto: 18)' },
    },
    limits: {
      name: 'límites',
      description: 'Limitar las piezas por hora; lo que se omita se restablece',
      person: { name: 'persona', description: 'Límite por persona, en piezas por hora' },
      server: { name: 'servidor', description: 'Límite para todo el servidor, en piezas por hora' },
    },
    trainers: {
      name: 'entrenadores',
      description: 'Elegir quién puede entrenar y gestionar modelos, además de los gestores del servidor',
      allow: { name: 'permitir', description: 'Rol o miembro que añadir' },
      forbid: { name: 'prohibir', description: 'Rol o miembro que quitar' },
    },
    language: {
      name: 'idioma',
      description: 'Idioma que usar cuando no se conoce el de un miembro',
      language: { name: 'idioma', description: 'Si no se indica, el del servidor' },
    },
  },
  train: {
    name: 'entrenar',
    description: 'Entrenar un modelo propio de este servidor con vuestra música',
    modelName: { name: 'nombre', description: 'Nombre del nuevo modelo' },
    file: (n) => ({
      name: `archivo${n}`,
      description: n === 1 ? 'Un archivo MIDI, o un zip de archivos MIDI' : 'Otro archivo',
    }),
    files: {
      name: 'archivos',
      description: 'En vez de subir archivos: cuántos usar de la carpeta del operador',
    },
    epochs: {
      name: 'épocas',
      description: `Pasadas por la música (por defecto: ${number(trainingSettings.epochs.default)})`,
    },
    rate: {
      name: 'tasa',
      description: `Tasa de aprendizaje máxima (por defecto: ${number(trainingSettings.rate.default)})`,
    },
    from: { name: 'desde', description: 'Modelo de partida (por defecto: el que está en uso)' },
  },
  model: {
    name: 'modelo',
    description: 'Los modelos de este servidor',
    list: { name: 'lista', description: 'Mostrar los modelos y cuál está en uso' },
    show: { name: 'ver', description: 'Mostrar con qué y cómo se entrenó un modelo, y qué calidad tiene' },
    use: { name: 'usar', description: 'Elegir el modelo con el que compone este servidor' },
    rollback: { name: 'volver', description: 'Volver al modelo que se usaba antes' },
    delete: { name: 'borrar', description: 'Borrar un modelo que este servidor entrenó' },
    modelName: { name: 'nombre', description: 'Nombre del modelo' },
  },
  radio: {
    name: 'radio',
    description: 'Música sin fin en tu canal de voz, compuesta mientras suena',
    start: { name: 'iniciar', description: 'Iniciar la radio en el canal de voz en el que estás' },
    stop: { name: 'detener', description: 'Detener la radio' },
    skip: {
      name: 'saltar',
      description: 'Pasar a la siguiente pieza; quizá otros tengan que estar de acuerdo',
    },
    volume: { name: 'volumen', description: 'Ajustar el volumen de la radio en este servidor' },
    percent: { name: 'porcentaje', description: '100 es el volumen habitual' },
    now: { name: 'ahora', description: 'Mostrar lo que suena' },
    until: { name: 'hasta', description: 'Cuándo termina: 2h, 90 min o 22:30' },
    byHour: { name: 'según-la-hora', description: 'Si el ambiente sigue la hora del día' },
    stay: { name: 'quedarse', description: 'Si suena día y noche, también tras un reinicio; para gestores' },
    settings: {
      name: 'ajustes',
      description: 'Elegir el rol de DJ y la zona horaria; lo que omitas se restablece',
    },
    dj: { name: 'dj', description: 'Rol cuyos miembros saltan y detienen sin votos' },
    timeZone: { name: 'zona-horaria', description: 'Para las horas del día, por ejemplo Europe/Madrid' },
  },
  forget: { name: 'olvidar', description: 'Borrar todo lo que guardo de este servidor' },
  help: {
    name: 'ayuda',
    description: 'Ejemplos para copiar y qué hace cada opción',
    topic: { name: 'tema', description: 'Qué mostrar (por defecto: inicio)' },
    topics: {
      start: 'inicio',
      options: 'opciones',
      character: 'carácter',
      songs: 'canciones',
      files: 'archivos',
      radio: 'radio',
      server: 'servidor',
    },
  },
  about: {
    name: 'acerca',
    description: 'Modelo, licencia y tiempos de respuesta',
  },
};
