import type { Language } from '../language.js';
import { songOptions } from './songs.js';

export const options: Language['options'] = {
  ...songOptions,
  style: {
    name: 'estilo',
    description: 'Estilo (vals, cuarteto-de-cuerda), ánimos, épocas, compositores, separados por comas',
  },
  notes: { name: 'notas', description: 'Cuántas notas componer (por defecto: 300)' },
  length: { name: 'duración', description: 'Cuánto dura la pieza, en lugar de notas: 0:45, 90 s o 2 min' },
  temp: {
    name: 'temperatura',
    description: 'Temperatura: más baja, más prudente; más alta, más audaz (por defecto: 1,0)',
  },
  tempo: { name: 'tempo', description: 'Velocidad: 2 es el doble de rápido (por defecto: 1,0)' },
  pitch: {
    name: 'altura',
    description: 'Centro de la música; 60 es el do central. Fuera de 0–127, las notas cambian de octava',
  },
  velocity: { name: 'intensidad', description: 'Intensidad media: 40 es suave, 100 es fuerte' },
  key: { name: 'tonalidad', description: 'Tónica (C es do, A es la); en mayor si no se elige escala' },
  scale: { name: 'escala', description: 'Escala a la que pertenece cada nota; sobre do si no hay tonalidad' },
  quantise: {
    name: 'rejilla',
    description: 'Ajustar las notas: corcheas (hasta redondas), semicorcheas o tresillos de corchea',
  },
  voices: { name: 'voces', description: 'una: toca una sola nota a la vez' },
  sampling: {
    name: 'muestreo',
    description: 'Solo LSTM: amplio es más vivo, original suena como el proyecto original',
  },
  mood: { name: 'ánimo', description: 'El ánimo de la música; no para lstm' },
  density: { name: 'densidad', description: 'Solo Transformer: cuántas notas por segundo' },
  polyphony: { name: 'polifonía', description: 'Solo Transformer: cuántas notas suenan a la vez' },
  composer: { name: 'compositor', description: 'Solo Transformer: al estilo de un compositor' },
  era: { name: 'época', description: 'Solo Transformer: al estilo de una época' },
  text: {
    name: 'texto',
    description: 'Describe la música, por ejemplo triste, lenta, re menor',
  },
  seed: {
    name: 'semilla',
    description: 'Semilla aleatoria: la misma semilla y los mismos ajustes dan la misma pieza',
  },
  model: {
    name: 'modelo',
    description: 'Modelo: transformer (expresivo), lstm (pequeño y rápido) o uno de este servidor',
  },
  opening: {
    name: 'comienzo',
    description: 'Comienzo incluido del que partir (por defecto: lo elige la semilla)',
  },
  title: { name: 'título', description: 'Título de la pieza (por defecto: según lo que pediste)' },
};

export const composeOptions: Language['commands']['compose']['options'] = {
  preset: {
    name: 'plantilla',
    description: 'Opciones guardadas; lo que indiques aquí prevalece',
  },
  midi: { name: 'midi', description: 'Un archivo MIDI del que partir, en lugar de un comienzo incluido' },
  takes: { name: 'tomas', description: 'Cuántas versiones (por defecto: 1)' },
  private: {
    name: 'privado',
    description: 'Mostrarte el resultado solo a ti; Compartir lo publica',
  },
  voice: { name: 'voz', description: 'Enviar la muestra también como mensaje de voz' },
  more: { name: 'más', description: 'Cualquier otro ajuste, como nombre:valor: tempo:0.7 voces:una' },
};
