import { composerNames } from '../request/words/composer-names.js';
import type { Key, Tonic } from '../music/theory/key.js';
import { fineTuning } from '../model/lstm/fine-tuning.js';
import type { Language } from './english.js';
import { clock, figures } from './grammar.js';
import { refusalSentence } from './refusals.js';

const { number, percent, counted, form, list } = figures('es');
const notes = { one: 'nota', other: 'notas' };
const files = { one: 'archivo', other: 'archivos' };
const epochs = { one: 'época', other: 'épocas' };
const pieces = { one: 'pieza', other: 'piezas' };

const tonics: Readonly<Record<Tonic, string>> = {
  ...{ C: 'do', 'C#': 'do sostenido', D: 're', Eb: 'mi bemol', E: 'mi', F: 'fa' },
  ...{ 'F#': 'fa sostenido', G: 'sol', Ab: 'la bemol', A: 'la', Bb: 'si bemol', B: 'si' },
};

const choices: Language['choices'] = {
  scale: {
    major: 'mayor',
    'natural-minor': 'menor-natural',
    'harmonic-minor': 'menor-armónica',
    'melodic-minor': 'menor-melódica',
    dorian: 'dórica',
    phrygian: 'frigia',
    lydian: 'lidia',
    mixolydian: 'mixolidia',
    locrian: 'locria',
    'major-pentatonic': 'pentatónica-mayor',
    'minor-pentatonic': 'pentatónica-menor',
    blues: 'blues',
    'whole-tone': 'tonos-enteros',
    chromatic: 'cromática',
  },
  quantise: { none: 'ninguna', seed: 'corcheas', straight: 'semicorcheas', triplet: 'tresillos' },
  voices: { poly: 'varias', mono: 'una' },
  sampling: { spread: 'amplio', source: 'original' },
  mood: {
    sad: 'triste',
    calm: 'tranquila',
    tender: 'tierna',
    dreamy: 'soñadora',
    mysterious: 'misteriosa',
    dark: 'oscura',
    happy: 'alegre',
    playful: 'juguetona',
    dramatic: 'dramática',
    angry: 'furiosa',
    triumphant: 'triunfal',
    epic: 'épica',
  },
  density: { sparse: 'escasa', light: 'ligera', medium: 'media', busy: 'animada', dense: 'densa' },
  polyphony: { thin: 'fina', light: 'ligera', medium: 'media', rich: 'rica', full: 'plena' },
  composer: composerNames.spanish,
  era: { baroque: 'barroca', classical: 'clásica', romantic: 'romántica', modern: 'moderna' },
};

/** Keys agree with the tonic, which is masculine; scales are feminine. */
function key({ tonic, scale }: Key): string {
  const name = tonics[tonic];
  switch (scale) {
    case 'major':
      return `${name} mayor`;
    case 'natural-minor':
      return `${name} menor`;
    case 'harmonic-minor':
      return `${name} menor armónica`;
    case 'melodic-minor':
      return `${name} menor melódica`;
    default:
      return `escala ${scale === 'blues' ? 'de blues' : scale === 'whole-tone' ? 'de tonos enteros' : choices.scale[scale].replaceAll('-', ' ')} de ${name}`;
  }
}

const options: Language['options'] = {
  notes: { name: 'notas', description: 'Cuántas notas componer (300)' },
  temp: { name: 'temperatura', description: 'Por debajo de 1 más prudente, por encima más audaz (1,0)' },
  tempo: { name: 'tempo', description: 'Velocidad: 2 es el doble de rápido (1,0)' },
  pitch: { name: 'altura', description: 'Dónde está el centro de la música; 60 es el do central' },
  velocity: { name: 'intensidad', description: 'Fuerza media de pulsación: 40 es suave, 100 es fuerte' },
  key: { name: 'tonalidad', description: 'Tónica de la escala (C es do, A es la); sola, en mayor' },
  scale: { name: 'escala', description: 'Escala a la que pertenece cada nota; sola, sobre do' },
  quantise: {
    name: 'rejilla',
    description: 'Ajustar las notas: corcheas (hasta redondas), semicorcheas o tresillos de corchea',
  },
  voices: { name: 'voces', description: 'una: toca una sola nota a la vez' },
  sampling: {
    name: 'muestreo',
    description: 'amplio es vivo y sigue las notas de la pieza, original es la respuesta pura de la red',
  },
  mood: { name: 'ánimo', description: 'Transformer: el ánimo de la música' },
  density: { name: 'densidad', description: 'Transformer: cuántas notas llegan por segundo' },
  polyphony: { name: 'polifonía', description: 'Transformer: cuántas notas suenan a la vez' },
  composer: { name: 'compositor', description: 'Transformer: a la manera de un compositor' },
  era: { name: 'época', description: 'Transformer: a la manera de una época' },
  text: {
    name: 'texto',
    description:
      'Transformer: en tus palabras, p. ej. triste, lenta, re menor; la respuesta dice qué entendí',
  },
  seed: { name: 'semilla', description: 'Semilla del azar: la misma da la misma pieza' },
  model: {
    name: 'modelo',
    description: 'Qué red compone: transformer, expresiva; lstm, pequeña; o un modelo de este servidor',
  },
  opening: { name: 'comienzo', description: 'De qué comienzo incluido partir; si no, lo elige la semilla' },
};

const composeOptions: Language['commands']['compose']['options'] = {
  preset: {
    name: 'plantilla',
    description: 'Un conjunto de opciones con nombre; las que des al lado prevalecen',
  },
  midi: { name: 'midi', description: 'Un archivo MIDI del que partir, en lugar de un comienzo incluido' },
  takes: { name: 'tomas', description: 'Cuántas piezas entre las que elegir (1)' },
  private: {
    name: 'privado',
    description: 'Mostrarte el resultado solo a ti; Compartir lo enseña luego a todos',
  },
  voice: { name: 'voz', description: 'Enviar la muestra también como mensaje de voz' },
};

const permissions: Readonly<Record<string, string>> = {
  AttachFiles: 'Adjuntar archivos',
  ViewChannel: 'Ver canal',
  SendMessages: 'Enviar mensajes',
  SendMessagesInThreads: 'Enviar mensajes en hilos',
  SendVoiceMessages: 'Enviar mensajes de voz',
};

const speeds = {
  'very slow': 'muy lenta',
  slow: 'lenta',
  moderate: 'moderada',
  'moderately fast': 'bastante rápida',
  fast: 'rápida',
  'very fast': 'muy rápida',
} as const;
const registers = {
  'from low to high': 'de grave a aguda',
  'mostly low': 'sobre todo en registro grave',
  'mostly middle': 'sobre todo en registro medio',
  'mostly high': 'sobre todo en registro agudo',
} as const;
const loudness = {
  'very soft': 'muy suave',
  soft: 'suave',
  'moderately loud': 'moderadamente fuerte',
  loud: 'fuerte',
  'very loud': 'muy fuerte',
} as const;

function timeLeft(minutes: number): string {
  return minutes < 1 ? 'menos de un minuto' : `unos ${number(minutes)} min`;
}

const midiAdvice = 'Envía un archivo .mid, como el que exporta un editor de partituras o un DAW.';

export const spanish: Language = {
  locale: 'es',
  figures: figures('es'),

  commands: {
    compose: {
      name: 'componer',
      description: 'Componer una pieza de música: un archivo MIDI, su sonido y su imagen',
      options: composeOptions,
    },
    composeFromMidi: { name: 'Componer a partir de este MIDI' },
    continueMidi: { name: 'Continuar este MIDI' },
    preset: {
      name: 'plantilla',
      description: 'Conjuntos de opciones con nombre para /componer',
      list: { name: 'lista', description: 'Mostrar todas las plantillas y lo que contienen' },
      save: {
        name: 'guardar',
        description: 'Guardar opciones con un nombre (para quien gestiona el servidor)',
      },
      delete: {
        name: 'borrar',
        description: 'Borrar una plantilla de este servidor (para quien lo gestiona)',
      },
      presetName: { name: 'nombre', description: 'Nombre de la plantilla' },
    },
    settings: {
      name: 'ajustes',
      description: 'Lo que este servidor decide sobre mi música',
      show: { name: 'ver', description: 'Mostrar los ajustes de este servidor' },
      defaults: {
        name: 'opciones',
        description: 'Qué toma /componer cuando no se indica nada; lo que falte aquí vuelve a ser cosa mía',
      },
      shareChannel: {
        name: 'canal-compartir',
        description: 'Dónde publica el botón Compartir',
        channel: { name: 'canal', description: 'Sin canal, aquel en el que se pulsa el botón' },
      },
      limits: {
        name: 'límites',
        description: 'Cuántas piezas hay por hora; lo que falte vuelve a ser cosa mía',
        person: { name: 'persona', description: 'Piezas que cada persona recibe aquí por hora' },
        server: { name: 'servidor', description: 'Piezas que todos juntos reciben aquí por hora' },
      },
      trainers: {
        name: 'entrenadores',
        description: 'Quién puede entrenar y elegir modelos, además de quien gestiona el servidor',
        allow: { name: 'permitir', description: 'Un rol o una persona que puede' },
        forbid: { name: 'prohibir', description: 'Un rol o una persona que ya no puede' },
      },
      language: {
        name: 'idioma',
        description: 'Mi idioma donde no conozco el de la persona',
        language: { name: 'idioma', description: 'Si no se elige, el del servidor' },
      },
    },
    train: {
      name: 'entrenar',
      description: 'Entrenar un modelo propio de este servidor con la música que des',
      modelName: { name: 'nombre', description: 'Cómo se llamará el nuevo modelo' },
      file: (n) => ({
        name: `archivo${n}`,
        description: n === 1 ? 'Un archivo MIDI, o un zip de archivos MIDI' : 'Otro archivo más',
      }),
      files: {
        name: 'archivos',
        description: 'En vez de archivos propios: cuántos tomar de la carpeta del operador',
      },
      epochs: {
        name: 'épocas',
        description: `Cuántas veces recorrer la música; ${number(fineTuning.epochs.default)} si no se indica`,
      },
      rate: {
        name: 'tasa',
        description: `Tasa de aprendizaje máxima; ${number(fineTuning.rate.default)} si no se indica`,
      },
      from: { name: 'desde', description: 'El modelo del que partir; si no se indica, el que está en uso' },
    },
    model: {
      name: 'modelo',
      description: 'Los modelos de este servidor',
      list: { name: 'lista', description: 'Qué modelos hay y cuál está en uso' },
      show: { name: 'ver', description: 'Con qué y cómo se entrenó un modelo, y qué tal le fue' },
      use: { name: 'usar', description: 'Hacer que este servidor componga con un modelo' },
      rollback: { name: 'volver', description: 'Volver al modelo que se usaba antes' },
      delete: { name: 'borrar', description: 'Borrar un modelo que este servidor entrenó' },
      modelName: { name: 'nombre', description: 'Nombre del modelo' },
    },
    forget: { name: 'olvidar', description: 'Borrar todo lo que guardo de este servidor' },
    help: {
      name: 'ayuda',
      description: 'Ejemplos para copiar, y qué hace cada opción con la música',
      topic: { name: 'tema', description: 'Qué mostrar (inicio)' },
      topics: {
        start: 'inicio',
        options: 'opciones',
        character: 'carácter',
        files: 'archivos',
        server: 'servidor',
      },
    },
    about: {
      name: 'acerca',
      description: 'Qué compone aquí, con qué licencia, y lo rápida que es la conexión',
    },
  },

  options,
  choices,
  vocabulary: {
    slow: 'lento',
    fast: 'rápido',
    soft: 'suave',
    loud: 'fuerte',
    low: 'grave',
    high: 'agudo',
    sparse: 'escaso',
    dense: 'denso',
    thin: 'fino',
    rich: 'rico',
    staccato: 'staccato',
    legato: 'legato',
    expressive: 'expresivo',
    even: 'uniforme',
    major: 'mayor',
    minor: 'menor',
  },

  buttons: {
    cancel: 'Cancelar',
    again: 'Otra vez',
    vary: 'Variar',
    continue: 'Continuar',
    remix: 'Remix',
    info: 'Info',
    share: 'Compartir',
    delete: 'Borrar',
    take: (n) => `Toma ${n}`,
    use: 'Usar',
  },

  progress: {
    queued: (place) =>
      place === 1 ? 'En espera: te toca a continuación.' : `En espera: número ${number(place)} en la cola.`,
    composing: (done, total, secondsLeft) => {
      const left = secondsLeft === undefined ? '' : `, faltan unos ${number(secondsLeft)} s`;
      return `Componiendo: ${number(done)} de ${counted(total, notes)}${left}.`;
    },
    rendering: 'Preparando el sonido y la imagen.',
  },

  result: {
    notes: (count) => counted(count, notes),
    key,
    seed: 'semilla',
    takes: (count) =>
      `**${number(count)} tomas**: escúchalas y elige una para ver su imagen y todo lo que se puede hacer con ella.`,
    previewCut: (time) => `La muestra contiene los primeros ${time}; el archivo MIDI tiene la pieza entera.`,
    previewTooLarge: 'La muestra era demasiado grande para Discord; el archivo MIDI tiene la pieza entera.',
    previewsTooLarge: 'Las muestras eran demasiado grandes para Discord; elige una toma para oírla.',
    shared: (channel) => `Compartida en ${channel}.`,
    understood: (words) => `Entendido: ${words}.`,
    notUnderstood: (words) => `No entendido: ${words}.`,
    nothingUnderstood:
      'No entendí ninguna de tus palabras; conozco ánimos, tempos, compositores y tonalidades.',
  },

  titles: {
    after: 'A partir de #',
    untitled: 'A partir de un archivo MIDI',
    openings: {
      'J. S. Bach, Prelude from Cello Suite No. 1': 'J. S. Bach, Suite para chelo n.º 1',
      'J. S. Bach, Prelude in C major': 'J. S. Bach, Preludio en do mayor',
      'L. van Beethoven, Für Elise': 'L. van Beethoven, Para Elisa',
      'L. van Beethoven, Moonlight Sonata': 'L. van Beethoven, Claro de luna',
      'F. Chopin, Prelude in A major': 'F. Chopin, Preludio en la mayor',
      'W. A. Mozart, Andante grazioso': 'W. A. Mozart, Andante grazioso',
      'W. A. Mozart, Sonata facile': 'W. A. Mozart, Sonata fácil',
      'C. Petzold, Minuet in G major': 'C. Petzold, Minueto en sol mayor',
      'E. Satie, Gymnopédie No. 1': 'E. Satie, Gymnopédie n.º 1',
      'R. Schumann, Träumerei': 'R. Schumann, Ensueño',
    },
  },

  altText: {
    sound(sound) {
      if (sound === undefined) return 'Una pieza sin notas.';
      const [softest, loudest] = sound.loudness;
      return [
        counted(sound.notes, notes) +
          (sound.given === undefined
            ? ''
            : sound.given === 1
              ? ' (la primera dada)'
              : ` (las ${number(sound.given)} primeras dadas)`),
        ...(sound.key === undefined ? [] : [key(sound.key)]),
        clock(sound.seconds),
        ...(sound.speed === undefined ? [] : [speeds[sound.speed]]),
        registers[sound.register],
        softest === loudest ? loudness[softest] : `de ${loudness[softest]} a ${loudness[loudest]}`,
      ].join(', ');
    },
    preview: (sound) => `Muestra al piano: ${sound}`,
    pianoRoll: (sound) => `Rollo de pianola: ${sound}`,
    curve: (model, validations) =>
      `Pérdida del entrenamiento de ${model} a lo largo de sus pasos, en el entrenamiento y con música reservada, tras ${counted(validations, { one: 'validación', other: 'validaciones' })}`,
    sampleBy: (model, sound) => `Por ${model}. ${sound}`,
    helpPianoRoll:
      'Rollo de pianola de un ejemplo: el comienzo dado con notas huecas, las compuestas después rellenas',
    helpPreview: 'La misma pieza como sonido, tocada al piano',
  },

  picture: {
    roll: {
      notes: { one: '# nota', other: '# notas' },
      ...{ given: 'dadas', new: 'nuevas', soft: 'suave', loud: 'fuerte' },
    },
    curve: {
      title: (model) => `Entrenamiento de ${model}`,
      lossOverSteps: 'Pérdida a lo largo de los pasos',
      lowest: 'Pérdida de validación más baja',
      ...{ step: 'paso', steps: 'pasos', training: 'entrenamiento', validation: 'validación' },
    },
  },

  info: {
    composedBy: (weights, total, given) =>
      `Compuesta por \`${weights}\`: ${counted(total, notes)}, ${given === 1 ? 'la primera de ellas dada' : `las ${number(given)} primeras dadas`}.`,
    continues: 'Continúa otra pieza desde su final. Para obtener la misma: pulsa Remix y escribe',
    fromFile: 'Para obtener la misma: este comando, con el archivo de abajo como `midi`.',
    again: 'Para obtener la misma:',
  },

  remix: {
    title: 'Remix',
    options: 'Opciones',
    optionsHint:
      'Como en /componer. Quita la semilla para tener otra, o cualquier opción para su valor normal.',
    file: 'Otro archivo MIDI del que partir',
    samePiece: 'Sin archivo, continúa la misma pieza.',
    sameFile: 'Sin archivo, parte del mismo archivo que antes.',
    sameOpening: 'Sin archivo, parte del comienzo indicado arriba, o de uno que elige la semilla.',
  },

  help: {
    start: `**Escribe uno de estos** y recibe un archivo MIDI, su sonido y su imagen:
\`/componer\` – una pieza de 300 notas
\`/componer ánimo:soñadora compositor:debussy\` – soñadora, a la manera de Debussy
\`/componer plantilla:lullaby\` – lenta, suave, en fa mayor
\`/componer tonalidad:A escala:blues rejilla:tresillos\` – solo notas de la escala de blues, en tresillos
\`/componer notas:150 temperatura:0.7 tempo:0.6\` – corta, prudente, lenta
\`/componer midi:…\` – parte de tu propio archivo MIDI
\`/componer tomas:4\` – cuatro piezas entre las que elegir
**Luego pulsa**: Otra vez para otra pieza, Variar para conservar su comienzo, Continuar para alargarla, Remix para cambiar sus ajustes, Info para ver cómo se hizo.
La misma \`semilla\` con los mismos ajustes da la misma pieza; cada resultado muestra la suya.
-# Más: \`/ayuda tema:opciones\`, \`tema:carácter\`, \`tema:archivos\`, \`tema:servidor\`. Abajo: cómo se ve y suena un resultado.`,
    options: `**Qué hacen las opciones con la música**
\`notas:800\` más larga; \`notas:60\` un boceto
\`temperatura:0.7\` se queda en lo probable; \`temperatura:1.3\` se arriesga; por encima de 2 es ruido
\`tempo:0.5\` a mitad de velocidad; \`tempo:2\` al doble
\`altura:72\` el centro de la música en esa tecla del piano (60 es el do central)
\`intensidad:40\` suave; \`intensidad:100\` fuerte; los matices de la pieza se conservan
\`tonalidad:D escala:dórica\` cada nota pertenece a esa escala
\`rejilla:semicorcheas\` en semicorcheas, \`tresillos\` en tresillos de corchea, \`corcheas\` de corcheas a redondas
\`voces:una\` una nota a la vez: una melodía
\`comienzo:bach-prelude\` parte de esos compases
\`modelo:lstm\` la red pequeña y rápida; \`modelo:transformer\` la expresiva
\`muestreo:original\` las respuestas puras de la LSTM, como en el proyecto original: regulares y lentas
\`semilla:42\` de nuevo la misma pieza
\`plantilla:march\` varias a la vez; \`/plantilla lista\` las muestra todas
\`privado:true\` solo la ves tú, hasta que pulses Compartir; \`voz:true\` también como mensaje de voz
Cómo ha de ser la música – ánimo, compositor, tus palabras – está en \`/ayuda tema:carácter\``,
    character: `**Cómo ha de ser la música.** Estas opciones son del Transformer; sin modelo indicado, lo eligen.
\`/componer ánimo:soñadora\` – modo, velocidad, densidad, fuerza y registro a la vez; hay ${list(Object.values(choices.mood))}
\`/componer densidad:escasa\` – pocas notas por segundo; \`densidad:densa\` muchas
\`/componer polifonía:fina\` – pocas notas suenan a la vez; \`polifonía:plena\` muchas
\`/componer compositor:chopin\` – a la manera de Chopin
\`/componer época:barroca\` – a la manera de una época; hay ${list(Object.values(choices.era))}
\`/componer texto:"música triste y lenta en re menor"\` – lo mismo en tus palabras; la respuesta dice qué entendí
**Juntas**: lo concreto va antes que el ánimo, y una opción antes que el texto.
\`/componer ánimo:alegre densidad:escasa época:clásica\`
\`/componer texto:"tranquila, muy suave" compositor:debussy notas:200\``,
    files: `**Tus propios archivos MIDI**
\`/componer midi:…\` parte de las primeras notas del archivo; vale cualquier archivo MIDI de hasta 256 KB.
En un mensaje con un archivo MIDI: clic derecho o pulsación larga, y **Aplicaciones**: componer a partir de él, o continuarlo.
O mencióname en un mensaje con un archivo: \`@yo notas:200 temperatura:0.8\`. En mensajes directos no hace falta la mención.
La batería se deja fuera; se oye un piano.`,
    server: `**Para quien gestiona el servidor**
\`/ajustes\` – qué toma /componer si no se dice nada, dónde publica Compartir, cuánto hay por hora, quién puede entrenar, mi idioma
\`/plantilla guardar\` – dar nombre a un conjunto de opciones para todos
\`/entrenar\` – enseñar tu música a una copia de mi red; nada cambia hasta que pulses Usar
\`/modelo\` – ver, elegir, recuperar o borrar los modelos del servidor
\`/olvidar\` – borrar todo lo que guardo del servidor`,
  },

  about: {
    composes: (version) =>
      `**Musical AI** ${version} compone nota a nota, a partir de un comienzo mío o de tu archivo MIDI.`,
    model: (id, from) => `Modelo de aquí: \`${id}\` (${from}). \`/modelo lista\` los muestra todos.`,
    shipped: 'viene conmigo',
    operator: 'lo añadió mi operador',
    server: (parent, date) =>
      `lo entrenó este servidor${parent === undefined ? '' : ` a partir de \`${parent}\``}${date === undefined ? '' : `, ${date}`}`,
    licence: (maestro) =>
      `Los pesos que vienen conmigo aprendieron de ${maestro} (Hawthorne et al., ICLR 2019) y siguen su licencia, CC BY-NC-SA 4.0: sin uso comercial. Mi código es MIT.`,
    line: (commandMs, gatewayMs, since) =>
      `Tu comando me llegó en ${number(commandMs)} ms; la pasarela responde en ${gatewayMs === undefined ? 'un momento' : `${number(gatewayMs)} ms`}. En marcha desde ${since}.`,
  },

  settings: {
    title: '**Ajustes de este servidor**',
    defaults: (written) =>
      `Opciones de /componer cuando no se indican: ${written === undefined ? 'las mías' : `\`${written}\``}`,
    shareChannel: (channel) => `Compartir publica en: ${channel ?? 'el canal en el que se pulsa'}`,
    presets: (count) => `Plantillas propias: ${number(count)} (véase \`/plantilla lista\`)`,
    limits: (person, server) =>
      `Piezas por hora: ${number(person)} para cada persona, ${number(server)} para todos juntos`,
    trainers: (names) =>
      `Quién puede entrenar y elegir modelos: quien gestiona el servidor${names === '' ? '' : `, ${names}`}`,
    language: (language) => `Idioma donde no conozco el de la persona: ${language ?? 'el del servidor'}`,
  },

  presets: {
    saved: (name, command) => `Plantilla **${name}** guardada: \`${command}\``,
    deleted: (name) => `Plantilla **${name}** borrada.`,
    own: 'Plantillas de este servidor:',
    builtIn: 'Las mías:',
    hint: '-# Para usar una: `/componer plantilla:…`; las opciones que des al lado prevalecen.',
  },

  forget: {
    warning: (presets, models) =>
      `**Esto borra todo lo que guardo de este servidor**: sus ajustes, sus plantillas (${number(presets)}), los modelos que entrenó (${number(models)}) y un entrenamiento en marcha. No se puede deshacer. Las piezas de los canales se quedan.`,
    button: 'Borrar todo',
    done: 'He borrado todo lo que guardaba de este servidor.',
  },

  models: {
    current: 'en uso',
    shipped: 'viene con el bot',
    operator: 'del operador del bot',
    server: 'entrenado por este servidor',
    kinds: {
      transformer: 'varias voces y matices; sigue ánimo, compositor, texto',
      lstm: 'pequeño y rápido; aprende con /entrenar',
    },
    trained: 'Entrenamiento',
    from: (parent) => `a partir de ${parent}`,
    epochs: (count) => counted(count, epochs),
    rate: (rate) => `tasa ${rate}`,
    windows: (count) => counted(count, { one: 'ventana', other: 'ventanas' }),
    heldOutLoss: 'Pérdida con música reservada',
    parentLoss: 'La de su antecesor',
    losses: (pitch, step, duration) => `altura ${pitch}, paso ${step}, duración ${duration}`,
    validationLoss: 'Pérdida de validación',
    first: (value) => `primero ${value}`,
    lowest: (value, at) => `la más baja ${value} tras ${counted(at, epochs)}`,
    last: (value) => `al final ${value}`,
    learntFrom: (count) => `Aprendido de ${counted(count, files)}:`,
    more: (count) => `… y ${number(count)} más.`,
    inUse: (name) => `Este servidor compone ahora con ${name}; \`/modelo volver\` recupera el anterior.`,
    deleted: (name) => `El modelo ${name} está borrado.`,
  },

  training: {
    heading: (name, parent, user) => `**Entrenamiento de ${name}** a partir de ${parent}, para ${user}`,
    resumed: 'sigue tras un reinicio',
    gettingReady: 'Preparando.',
    justBegun: 'acaba de empezar',
    epoch: (epoch, total) => `época ${number(epoch)} de ${number(total)}`,
    loss: (value) => `pérdida ${value}`,
    validationLoss: (value) => `pérdida de validación ${value}`,
    lowest: (value) => `la más baja hasta ahora ${value}`,
    timeLeft: (minutes) => `falta ${timeLeft(minutes)}`,
    paused: 'Me están reiniciando; el entrenamiento sigue después.',
    listen: 'Escucha los dos: el mismo comienzo y la misma semilla con cada uno.',
    finished: 'Llegó hasta el final.',
    'no-improvement': 'Terminó antes, porque ya no mejoraba; esto es lo mejor que dio.',
    stopped: 'Se canceló; esto es lo mejor hasta ahora.',
    diverged: 'Terminó antes, porque su pérdida dejó de ser un número; esto es lo mejor hasta entonces.',
    better: (change, value, parent, parentValue) =>
      `**Mejor en un ${percent(change, 1)}:** con música reservada su pérdida es ${value}, la de ${parent} ${parentValue}.`,
    noBetter: (name, value, parent, parentValue) =>
      `**${name} no es mejor que ${parent}:** con música reservada su pérdida es ${value}, la de ${parent} ${parentValue}. No vale la pena usarlo, salvo que tus oídos digan otra cosa.`,
    table: { heldOut: 'reservada', loss: 'pérdida', pitch: 'altura', step: 'paso', duration: 'duración' },
    nothingChanges: 'Nada cambia en este servidor hasta que alguien que pueda entrenar pulse Usar.',
    withoutFiles: 'Discord no aceptó la curva y el sonido; `/modelo ver` tiene las cifras.',
    failed: (sentence) => `**No se pudo llevar a cabo.** ${sentence}`,
    operatorNumber: (id) => `El operador encontrará el motivo con el número ${id}.`,
    windows: (training, heldOut) =>
      `${counted(training, { one: 'ventana', other: 'ventanas' })} para aprender, ${number(heldOut)} reservadas.`,
    leftOut: (file, reason) => `Se deja fuera: ${file}: ${reason}`,
    leftOutMore: (count) => `Se dejan fuera también: ${number(count)} más.`,
    begun: (link) => `El entrenamiento ha empezado: ${link}`,
    begunUnseen:
      'El entrenamiento ha empezado, pero no puedo mostrarlo en este canal; cuando termine, `/modelo ver` tendrá el resultado.',
    otherParent: (parent) =>
      `Parte de ${parent}: el modelo que usa este servidor es un Transformer, que aquí no puede aprender.`,
    cancelled: 'El entrenamiento termina ahora; lo mejor hasta aquí se conserva.',
  },

  apology: (id) =>
    `Perdona, algo ha fallado por mi parte. Inténtalo de nuevo; si vuelve a pasar, dale al operador este número: ${id}.`,

  refusal: refusalSentence({ ...options, ...composeOptions }, choices, {
    options: {
      range: ({ option, whole, min, max, given }) =>
        `${option} debe ser un número ${whole ? 'entero ' : ''}de ${number(min)} a ${number(max)}; has dado ${given}.`,
      choice: ({ option, choices: names, given }) =>
        `${option} debe ser una de estas: ${names.join(', ')}; has dado «${given}».`,
      name: ({ option, given }) =>
        `${option} debe ser un nombre de letras, cifras, puntos y guiones; has dado «${given}».`,
      truth: ({ option, given }) => `${option} debe ser true o false; has dado «${given}».`,
      twice: ({ option }) => `${option} está dos veces; indícala solo una.`,
      fixed: ({ option }) =>
        `${option} no se puede elegir cuando continúo una pieza, cuyas notas quedan como están; quítala.`,
      kind: ({ option, kind }) =>
        `Solo un modelo del tipo «${kind}» sigue ${option}; quítala o elige modelo:${kind}.`,
      'two-beginnings': () => 'Da un archivo MIDI o el nombre de un comienzo, no los dos.',
      'voice-of-several': () => 'Un mensaje de voz contiene una sola pieza; quita tomas o voz.',
      unreadable: ({ word }) =>
        `No entiendo «${word}»; escribe las opciones como nombre:valor, por ejemplo notas:200 temperatura:0.8 tonalidad:C.`,
      unknown: ({ name, names }) => `No hay ninguna opción «${name}»; hay ${names.join(', ')}.`,
    },
    'midi.empty': () => 'Este archivo está vacío. Expórtalo otra vez y envía el nuevo.',
    'midi.not-midi': ({ looksLike }) => {
      switch (looksLike?.type) {
        case 'picture':
          return `Esto parece una imagen (${looksLike.format}), no un archivo MIDI. ${midiAdvice}`;
        case 'recording':
          return `Esto parece una grabación (${looksLike.format}), no un archivo MIDI. Una grabación no contiene notas que leer: envía un archivo .mid.`;
        case 'zip':
          return 'Esto parece un archivo ZIP, no un archivo MIDI. Descomprímelo y envía el .mid que contiene.';
        case 'music-xml':
          return 'Esto parece MusicXML, no un archivo MIDI. Expórtalo como MIDI (.mid) desde un editor de partituras.';
        case undefined:
          return `Esto no es un archivo MIDI, diga lo que diga su nombre. ${midiAdvice}`;
        default: {
          const kind = { pdf: 'un PDF', 'web-page': 'una página web (HTML)', xml: 'un archivo XML' }[
            looksLike!.type
          ];
          return `Esto parece ${kind}, no un archivo MIDI. ${midiAdvice}`;
        }
      }
    },
    'midi.damaged': () => 'Este archivo MIDI está dañado. Expórtalo otra vez y envía el nuevo.',
    'midi.smpte': () =>
      'Este archivo MIDI cuenta el tiempo en fotogramas (SMPTE), no en pulsos. Expórtalo con ticks por negra y envíalo otra vez.',
    'midi.only-drums': () =>
      'Este archivo MIDI solo tiene batería (canal 10). Envía uno con melodía o acordes.',
    'midi.no-notes': ({ struck }) =>
      struck
        ? 'Ninguna nota de este archivo MIDI tiene duración: ninguna se suelta después de pulsarla. Expórtalo otra vez y envía el nuevo.'
        : 'No hay notas en este archivo MIDI. Envía uno con al menos una nota.',
    'midi.unreadable': () => 'No se pudo leer este archivo MIDI; envía uno más corto o más sencillo.',
    'midi.too-large': ({ actual, limit }) =>
      `Este archivo tiene ${number(Math.ceil(actual / 1024))} kB; el límite es ${number(Math.ceil(limit / 1024))} kB. Envía un fragmento más corto.`,
    'midi.too-many-tracks': ({ actual, limit }) =>
      `Este archivo tiene ${number(actual)} pistas; el límite es ${number(limit)}. Envíalo con menos pistas.`,
    'midi.too-many-notes': ({ actual, limit }) =>
      `Este archivo tiene ${number(actual)} notas; el límite es ${number(limit)}. Envía un fragmento más corto.`,
    'midi.too-many-events': ({ limit }) =>
      `Este archivo supera el límite de ${number(limit)} eventos. Envía un fragmento más corto, o uno sin datos de pedal y pitch bend.`,
    'midi.too-long': ({ actual, limit }) =>
      `Este archivo dura ${clock(Math.ceil(actual))}; el límite es ${clock(limit)}. Envía un fragmento más corto.`,
    'record.unknown': () =>
      'Esta pieza viene de otra versión mía, así que no puedo seguir con este botón; usa el comando, con su archivo MIDI si quieres.',
    'model.unknown': ({ name, names }) =>
      `No hay ningún modelo «${name}»${names.length === 0 ? '' : `; aquí hay ${names.join(', ')}`}.`,
    'model.kind': ({ kind }) =>
      `Aquí no hay ningún modelo del tipo «${kind}»; quita las opciones que lo piden.`,
    'model.damaged': ({ name }) => `El modelo «${name}» está dañado; elige otro.`,
    'model.name': () => 'El nombre de un modelo tiene hasta 64 letras, cifras, puntos y guiones; elige otro.',
    'model.taken': ({ name }) => `Ya hay un modelo «${name}»; elige otro nombre.`,
    'model.no-previous': ({ name }) => `Este servidor no usó ningún modelo antes de «${name}».`,
    'model.not-own': ({ name, isShared }) =>
      isShared
        ? `El modelo «${name}» es de todos y no se puede borrar aquí.`
        : `Este servidor no tiene un modelo «${name}» propio.`,
    'model.in-use': ({ name }) => `El modelo «${name}» está en uso; usa antes otro, o vuelve al anterior.`,
    'model.elsewhere': ({ name }) => `El modelo «${name}» no está en la máquina que compone; elige otro.`,
    'compose.closed': () => 'El bot se está apagando; inténtalo de nuevo en un minuto.',
    'compose.busy': () => 'Ya hay demasiadas piezas esperando; inténtalo de nuevo en un minuto.',
    'compose.lost': () => 'La composición se interrumpió; inténtalo de nuevo.',
    'compose.unreachable': () =>
      'Las máquinas que componen no responden en este momento; inténtalo de nuevo en un minuto.',
    'compose.version': () =>
      'Las máquinas que componen se están actualizando; inténtalo de nuevo en unos minutos.',
    'compose.cancelled': () => 'Cancelado; no se ha compuesto nada.',
    'compose.over': () => 'Esto ya no se está componiendo.',
    'disk.full': () =>
      'El disco del bot está lleno, y todo sigue como antes. Quien lo gestiona tiene que hacer sitio; después, inténtalo de nuevo.',
    'zip.too-large': (what) =>
      'files' in what
        ? `Este zip tiene más de ${number(what.files)} archivos; envía menos cada vez.`
        : `Este zip ocupa más de ${number(what.unpackedMegabytes)} MB descomprimido; envía menos archivos cada vez.`,
    'zip.damaged': () =>
      'Este archivo zip está dañado, o contiene nombres extraños; hazlo otra vez y envía el nuevo.',
    'training.too-little-music': ({ windows, needed, windowNotes }) =>
      `Hay muy poca música para aprender: ${number(windows)} ventanas de ${number(windowNotes)} notas y la siguiente; hacen falta al menos ${number(needed)}. Da unas ${number(needed - windows)} notas más.`,
    'training.kind': ({ name }) =>
      `«${name}» es un Transformer, y aquí solo puede aprender un LSTM; elige otro modelo del que partir.`,
    'training.interrupted': () => 'Se está reiniciando el bot; el entrenamiento sigue después.',
    'training.failed': () =>
      'El entrenamiento se interrumpió, y los modelos están como antes; empiézalo otra vez.',
    'training.lost': () =>
      'El entrenamiento interrumpido no puede seguir, porque sus archivos están dañados; empiézalo otra vez.',
    'training.over': () => 'Este entrenamiento ya no está en marcha; no hay nada que cancelar.',
    'training.unreadable': ({ isZip }) =>
      isZip
        ? 'No se pudo descomprimir este zip; envía los archivos mismos.'
        : 'No se pudo leer; envía uno más corto o más sencillo.',
    'training.busy': ({ model, done, secondsLeft }) => {
      const soFar = [
        ...(done === undefined ? [] : [percent(done)]),
        ...(secondsLeft === undefined ? [] : [`falta ${timeLeft(Math.round(secondsLeft / 60))}`]),
      ];
      return `Entreno un modelo cada vez, y ahora se entrena ${model === undefined ? 'otro' : `\`${model}\``}${soFar.length === 0 ? '' : ` (${soFar.join(', ')})`}; espera a que termine.`;
    },
    'training.too-large': ({ mebibytes }) =>
      `Los archivos pueden ocupar ${number(mebibytes)} MiB en total; envía menos, o un zip.`,
    'training.no-music': ({ folderFiles }) =>
      `Adjunta archivos MIDI o un zip con ellos${folderFiles === 0 ? '' : ', o di con `archivos` cuántos tomar de la carpeta del operador'}.`,
    'training.two-sources': () => 'Da archivos propios o `archivos`, no las dos cosas.',
    'training.no-folder': () =>
      'El operador de este bot no ha preparado ninguna carpeta de música; adjunta archivos MIDI o un zip con ellos.',
    'training.folder-files': ({ files: count }) =>
      `La carpeta del operador tiene ${counted(count, files)}; pide de 1 a ${number(count)}.`,
    'training.epochs': ({ min, max, given }) =>
      `épocas debe ser un número entero de ${number(min)} a ${number(max)}; has dado ${given}.`,
    'training.rate': ({ min, max, given }) =>
      `tasa debe ser un número de ${min} a ${max}; has dado ${given}.`,
    'training.file': ({ why, mostMegabytes }) =>
      ({
        'zip-in-zip': 'Es un zip dentro de un zip; descomprímelo antes.',
        'not-midi': 'No es un archivo .mid.',
        encrypted: 'Está cifrado; haz el zip sin contraseña.',
        unusual: 'Está comprimido de forma poco común; haz el zip con los ajustes habituales.',
        'too-large': `Ocupa más de ${number(mostMegabytes)} MB descomprimido.`,
        damaged: 'Está dañado y no se puede descomprimir.',
      })[why],
    'training.same-file': ({ twin }) => `Es el mismo archivo que «${twin}».`,
    'command.unknown': () => 'Ya no conozco este comando; reinicia Discord.',
    'action.unknown': () => 'Este botón viene de otra versión mía; usa otra vez el comando.',
    'action.no-message': () => 'Esto no pertenece a ningún mensaje mío; usa otra vez el comando.',
    'bot.stopping': () => 'Me están reiniciando; inténtalo de nuevo en un minuto.',
    'bot.restarted': () => 'Me reiniciaron antes de terminar esto; pídelo otra vez, por favor.',
    'bot.too-late': () =>
      'Esto tardó más de lo que Discord me deja para responder; inténtalo con menos notas.',
    'bot.permissions': ({ missing }) =>
      `Me ${form(missing.length, { one: 'falta el permiso', other: 'faltan los permisos' })} ${list(missing.map((name) => `«${permissions[name] ?? name}»`))} en este canal; pide a quien gestiona el servidor que me lo dé, o úsame en otro sitio.`,
    'bot.not-owner': ({ act }) =>
      `Solo quien lo pidió y quien tiene el permiso «Gestionar mensajes» puede ${act === 'cancel' ? 'cancelarlo' : 'borrarlo'}.`,
    'settings.only-managers': () =>
      'Solo quien tiene el permiso «Gestionar servidor» puede cambiar esto; pídeselo.',
    'settings.only-trainers': () =>
      'Solo quien tiene el permiso «Gestionar servidor», y quienes nombra `/ajustes entrenadores`, puede hacer esto; pídeselo.',
    'settings.no-server': () => 'Esto pertenece a un servidor; úsalo en uno.',
    'settings.too-many-trainers': ({ most }) =>
      `Se pueden nombrar como mucho ${number(most)} roles y personas; nombra un rol en vez de sus miembros.`,
    'share.at-once': ({ running }) =>
      `Ya tienes ${counted(running, { one: 'petición', other: 'peticiones' })} en marcha; espera a que acabe una, o cancélala.`,
    'share.hour': ({ who, had, limit, pieces: asked, nextSeconds }) => {
      const share = `${who === 'you' ? 'Has tenido' : 'Este servidor ha tenido'} ${number(had)} de ${counted(limit, pieces)} por hora`;
      if (nextSeconds === undefined) return `${share}; pide menos tomas.`;
      return `${share}; ${asked === 1 ? 'la próxima será posible' : `las próximas ${number(asked)} serán posibles`} <t:${nextSeconds}:R>.`;
    },
    'share.channel': ({ channel }) =>
      `No puedo publicar archivos en <#${channel}>; pide a quien gestiona el servidor que me deje, o que elija otro canal con \`/ajustes canal-compartir\`.`,
    'attachment.host': () => 'Ese archivo no está en Discord; súbelo aquí.',
    'attachment.expired': () => 'Ese archivo ya no está en Discord; súbelo otra vez.',
    'attachment.unreachable': () => 'No pude obtener ese archivo de Discord; súbelo otra vez.',
    'piece.gone': () =>
      'El archivo MIDI de esta pieza ya no está, y con él lo que yo sabía de ella; usa /componer para una nueva.',
    'remix.slow': () => 'No pude obtener la pieza a tiempo; pulsa Remix otra vez.',
    'message.no-midi': () =>
      'No hay ningún archivo MIDI en este mensaje; elige uno que tenga un archivo .mid.',
    'message.one-midi': () =>
      'Adjunta un solo archivo MIDI (.mid) del que partir, o ninguno para un comienzo incluido.',
    'message.many-midi': () =>
      'Hay varios archivos MIDI en este mensaje; elige uno con un solo archivo .mid, o usa /componer con el que quieras.',
    'message.empty': () =>
      'Dime qué componer con opciones como en el comando, por ejemplo `notas:200 temperatura:0.8 tonalidad:C`, y adjunta si quieres un archivo MIDI del que partir; /componer muestra todas las opciones.',
    'preset.empty': () => 'Da al menos una opción para que la plantilla la recuerde.',
    'preset.name': () =>
      'El nombre de una plantilla es una palabra de 32 letras, cifras y guiones como mucho; elige otro.',
    'preset.built-in': ({ name }) => `«${name}» es una de mis plantillas; elige otro nombre.`,
    'preset.too-many': ({ most }) =>
      `Un servidor tiene como mucho ${number(most)} plantillas; borra antes una.`,
    'preset.unknown': ({ name, names }) =>
      `No hay ninguna plantilla «${name}»; ${names.length === 0 ? 'aún no hay ninguna' : `hay ${names.join(', ')}`}.`.slice(
        0,
        1900,
      ),
  }),
};
