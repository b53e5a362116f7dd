import { clock } from '../grammar.js';
import type { RefusalSentences } from '../refusals.js';
import { number, percent, counted, list, files, pieces, timeLeft } from './grammar.js';

const permissions: Readonly<Record<string, string>> = {
  AttachFiles: 'Adjuntar archivos',
  ViewChannel: 'Ver canal',
  SendMessages: 'Enviar mensajes',
  SendMessagesInThreads: 'Enviar mensajes en hilos',
  SendVoiceMessages: 'Enviar mensajes de voz',
  Connect: 'Conectar',
  Speak: 'Hablar',
  RequestToSpeak: 'Solicitar hablar',
};

const midiAdvice = 'Envía un archivo .mid, como el que exporta un editor de partituras o un DAW.';

export const refusals: RefusalSentences = {
  unknown: (code) =>
    `Ha ocurrido un error que esta versión no sabe explicar (${code}). Inténtalo de nuevo, por favor.`,
  options: {
    range: ({ option, whole, min, max, given }) =>
      `\`${option}\` debe ser un número ${whole ? 'entero ' : ''}de ${number(min)} a ${number(max)}. Has escrito ${given}.`,
    choice: ({ option, choices: names, given }) =>
      `\`${option}\` debe ser una de estas: ${names.join(', ')}. Has escrito «${given}».`,
    name: ({ option, given }) =>
      `\`${option}\` solo puede contener letras, cifras, puntos y guiones. Has escrito «${given}».`,
    truth: ({ option, given }) => `\`${option}\` debe ser true o false. Has escrito «${given}».`,
    twice: ({ option }) => `\`${option}\` aparece dos veces. Indícala solo una vez.`,
    duration: ({ option, min, max, given }) =>
      `\`${option}\` debe ser un tiempo de ${min} a ${max}, por ejemplo 0:45, 90 s o 2 min. Has escrito ${given}.`,
    instead: ({ option, instead }) => `Indica \`${option}\` o \`${instead}\`, pero no las dos.`,
    fixed: ({ option }) => `\`${option}\` no se puede cambiar al continuar una pieza. Quítala.`,
    kind: ({ option, kind }) =>
      `Solo los modelos ${kind} admiten \`${option}\`. Quítala o elige \`modelo:${kind}\`.`,
    'two-beginnings': () => 'Has elegido un archivo MIDI y un comienzo incluido. Deja solo uno.',
    'voice-of-several': () => 'Un mensaje de voz solo contiene una pieza. Quita `tomas` o `voz`.',
    chord: ({ given, place }) =>
      place === 0
        ? `En «${given}» no hay acordes, o hay demasiados. Escribe uno por compás, por ejemplo \`Am F C G\`.`
        : `No se puede leer el acorde ${number(place)}, «${given}». Escribe acordes como \`Am7\`, \`F#dim\`, \`C/E\` o \`iv\`.`,
    form: ({ given }) =>
      `No se puede leer la forma «${given}». Escribe sus secciones con letras de la A a la D, por ejemplo \`AABA\` o \`i4A8B8A8o4\`.`,
    long: ({ option, limit }) =>
      `\`${option}\` puede tener como máximo ${number(limit)} caracteres. Acórtalo.`,
    unreadable: ({ word }) =>
      `No entiendo «${word}». Escribe las opciones como nombre:valor, por ejemplo \`notas:200 temperatura:0.8 tonalidad:C\`.`,
    unknown: ({ name, names }) => `No hay ninguna opción llamada «${name}». Opciones: ${names.join(', ')}.`,
  },
  'song.no-parts': () => 'No quedaría ninguna parte que tocar. Quita menos.',
  'midi.empty': () => 'Este archivo está vacío. Expórtalo otra vez y envía el nuevo.',
  'midi.not-midi': ({ looksLike }) => {
    switch (looksLike?.type) {
      case 'picture':
        return `Esto parece una imagen (${looksLike.format}), no un archivo MIDI. ${midiAdvice}`;
      case 'recording':
        return `Esto parece una grabación (${looksLike.format}), no un archivo MIDI. Una grabación no contiene notas que leer: envía un archivo .mid.`;
      case 'foreign-music':
        return `Parece un archivo en formato ${looksLike.format}, que no puedo leer. Ábrelo en el programa que lo creó y expórtalo como MIDI (.mid).`;
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
  'midi.only-drums': () =>
    'Este archivo MIDI solo tiene batería (canal 10). Envía uno con melodía o acordes.',
  'midi.no-notes': ({ struck }) =>
    struck
      ? 'Ninguna nota de este archivo MIDI tiene duración: ninguna se suelta después de pulsarla. Expórtalo otra vez y envía el nuevo.'
      : 'No hay notas en este archivo MIDI. Envía uno con al menos una nota.',
  'midi.unreadable': () => 'No se pudo leer este archivo MIDI; envía uno más corto o más sencillo.',
  'midi.slow': () =>
    'Ahora mismo estoy muy ocupado y no llegué a leer el archivo MIDI. El archivo no tiene la culpa; inténtalo de nuevo en un minuto.',
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
    'Este botón no puede leer la pieza: la creó otra versión del bot. Usa /componer, con su archivo MIDI si quieres.',
  'model.unknown': ({ name, names }) =>
    `No hay ningún modelo «${name}»${names.length === 0 ? '' : `; aquí hay ${names.join(', ')}`}.`,
  'model.kind': ({ kind }) =>
    `Aquí no hay ningún modelo del tipo «${kind}»; quita las opciones que lo piden.`,
  'model.damaged': ({ name }) => `El modelo «${name}» está dañado. Elige otro.`,
  'model.name': () => 'El nombre de un modelo tiene hasta 32 letras, cifras, puntos y guiones; elige otro.',
  'model.taken': ({ name }) => `Ya existe un modelo llamado «${name}». Elige otro nombre.`,
  'model.no-previous': ({ name }) =>
    `Este servidor no usó ningún modelo antes de «${name}». Elige uno con \`/modelo usar\`.`,
  'model.not-own': ({ name, isShared }) =>
    isShared
      ? `El modelo «${name}» es común a todos los servidores y no se puede borrar aquí.`
      : `Este servidor no tiene un modelo propio llamado «${name}». Mira \`/modelo lista\`.`,
  'model.in-use': ({ name }) => `El modelo «${name}» está en uso. Cambia antes a otro.`,
  'model.elsewhere': ({ name }) => `El modelo «${name}» falta en la máquina que compone. Elige otro.`,
  'compose.closed': () => 'Me estoy apagando. Inténtalo de nuevo en un minuto.',
  'compose.busy': () => 'Ya hay demasiadas piezas esperando. Inténtalo de nuevo en un minuto.',
  'compose.lost': () => 'La composición se interrumpió. Inténtalo de nuevo.',
  'compose.unreachable': () =>
    'Las máquinas que componen no responden en este momento; inténtalo de nuevo en un minuto.',
  'compose.version': () =>
    'Las máquinas que componen se están actualizando; inténtalo de nuevo en unos minutos.',
  'compose.cancelled': () => 'Cancelado. No se ha compuesto nada.',
  'compose.over': () => 'Esa pieza ya está terminada.',
  'disk.full': () =>
    'El disco del bot está lleno y no se ha cambiado nada. Pide a su operador que libere espacio y vuelve a intentarlo.',
  'zip.too-large': (what) =>
    'files' in what
      ? `Este zip tiene más de ${number(what.files)} archivos; envía menos cada vez.`
      : `Este zip ocupa más de ${number(what.unpackedMegabytes)} MB descomprimido; envía menos archivos cada vez.`,
  'zip.damaged': () =>
    'Este archivo zip está dañado, o contiene nombres extraños; hazlo otra vez y envía el nuevo.',
  'training.too-little-music': ({ windows, needed, windowNotes }) =>
    `No hay suficiente música: el entrenamiento necesita unas ${number(needed + windowNotes)} notas. Añade unas ${number(needed - windows)} más.`,
  'training.nothing-read': ({ skipped }) =>
    skipped.length === 1
      ? 'No puedo entrenar con este archivo.'
      : 'No puedo entrenar con ninguno de estos archivos.',
  'training.kind': ({ name }) =>
    `Los modelos como «${name}» no se pueden entrenar. Elige otro modelo de partida, por ejemplo \`lstm\`.`,
  'training.interrupted': () => 'Me estoy reiniciando. El entrenamiento sigue después.',
  'training.failed': () =>
    'El entrenamiento se interrumpió y no se cambió ningún modelo. Empiézalo otra vez.',
  'training.lost': () =>
    'El entrenamiento interrumpido no puede seguir, porque sus archivos están dañados; empiézalo otra vez.',
  'training.over': () => 'Ese entrenamiento ya ha terminado.',
  'training.unreadable': ({ isZip }) =>
    isZip
      ? 'No se pudo descomprimir este zip; envía los archivos mismos.'
      : 'No se pudo leer; envía uno más corto o más sencillo.',
  'training.busy': ({ model, done, secondsLeft }) => {
    const soFar = [
      ...(done === undefined ? [] : [percent(done)]),
      ...(secondsLeft === undefined ? [] : [`falta ${timeLeft(Math.round(secondsLeft / 60))}`]),
    ];
    return `Hay otro entrenamiento en curso: ${model === undefined ? 'un modelo de otro servidor' : `\`${model}\``}${soFar.length === 0 ? '' : ` (${soFar.join(', ')})`}. Entreno un modelo cada vez: inténtalo cuando termine.`;
  },
  'training.too-large': ({ mebibytes }) =>
    `Los archivos pueden ocupar ${number(mebibytes)} MiB en total; envía menos, o un zip.`,
  'training.no-music': ({ folderFiles }) =>
    `Adjunta archivos MIDI o un zip con ellos${folderFiles === 0 ? '' : ', o di con `archivos` cuántos tomar de la carpeta del operador'}.`,
  'training.two-sources': () =>
    'Has adjuntado archivos y has indicado `archivos`. Usa solo una de las dos cosas.',
  'training.no-folder': () =>
    'El operador de este bot no ha preparado ninguna carpeta de música; adjunta archivos MIDI o un zip con ellos.',
  'training.folder-files': ({ files: count }) =>
    `La carpeta del operador tiene ${counted(count, files)}; pide de 1 a ${number(count)}.`,
  'training.epochs': ({ min, max, given }) =>
    `\`épocas\` debe ser un número entero de ${number(min)} a ${number(max)}. Has escrito ${given}.`,
  'training.rate': ({ min, max, given }) =>
    `\`tasa\` debe ser un número de ${min} a ${max}. Has escrito ${given}.`,
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
  'command.unknown': () => 'Este comando ya no existe. Reinicia Discord para ver los actuales.',
  'action.unknown': () => 'Este botón es de otra versión del bot. Usa otra vez el comando.',
  'action.no-message': () => 'No encuentro el mensaje al que pertenece esto. Usa otra vez el comando.',
  'bot.stopping': () => 'Me estoy reiniciando. Inténtalo de nuevo en un minuto.',
  'bot.restarted': () => 'Me reinicié antes de terminar esto. Inténtalo de nuevo.',
  'bot.too-late': () => 'Esto tardó más de lo que Discord permite. Inténtalo con menos notas.',
  'bot.permissions': ({ missing }) =>
    `Necesito ${list(missing.map((name) => `«${permissions[name] ?? name}»`))} en este canal. Pídeselo a un gestor del servidor, o prueba en otro canal.`,
  'bot.not-owner': ({ act }) =>
    `Solo quien lo pidió y quien tiene el permiso «Gestionar mensajes» puede ${act === 'cancel' ? 'cancelarlo' : 'borrarlo'}.`,
  'settings.only-managers': () =>
    'Necesitas «Gestionar servidor» para cambiar esto. Pídeselo a quien lo tenga.',
  'settings.only-trainers': () =>
    'Necesitas «Gestionar servidor», o estar en la lista de `/ajustes entrenadores`. Pídeselo a un gestor del servidor.',
  'settings.no-server': () => 'Esto solo funciona en un servidor. Inténtalo allí.',
  'settings.too-many-trainers': ({ most }) =>
    `La lista está llena: ${number(most)} roles y personas. Añade un rol en vez de sus miembros.`,
  'share.at-once': ({ running }) =>
    `Ya tienes ${counted(running, { one: 'petición', other: 'peticiones' })} en marcha; espera a que acabe una, o cancélala.`,
  'share.hour': ({ who, had, limit, pieces: asked, nextSeconds }) => {
    const share = `${who === 'you' ? 'Has usado' : 'Este servidor ha usado'} ${number(had)} de ${counted(limit, pieces)} de esta hora`;
    if (nextSeconds === undefined) return `${share}. Pide menos tomas.`;
    return `${share}. ${asked === 1 ? 'La próxima será posible' : `Las próximas ${number(asked)} serán posibles`} <t:${nextSeconds}:R>.`;
  },
  'share.channel': ({ channel }) =>
    `No puedo publicar archivos en <#${channel}>; pide a quien gestiona el servidor que me deje, o que elija otro canal con \`/ajustes canal-compartir\`.`,
  'attachment.host': () => 'Ese archivo no está alojado en Discord. Súbelo aquí.',
  'attachment.expired': () => 'Ese archivo ya no está en Discord. Súbelo otra vez.',
  'attachment.unreachable': () => 'No pude obtener ese archivo de Discord; súbelo otra vez.',
  'piece.gone': () =>
    'El archivo MIDI de esta pieza se ha borrado, y con él todo lo que sabía de ella. Usa /componer para crear otra.',
  'remix.slow': () =>
    'La pieza tardó demasiado en cargarse para abrir el formulario directamente. Ábrelo aquí:',
  'message.no-midi': () => 'No hay ningún archivo MIDI en este mensaje; elige uno que tenga un archivo .mid.',
  'message.one-midi': () =>
    'Adjunta un solo archivo MIDI (.mid) del que partir, o ninguno para un comienzo incluido.',
  'message.many-midi': () =>
    'Hay varios archivos MIDI en este mensaje; elige uno con un solo archivo .mid, o usa /componer con el que quieras.',
  'daily.over': () => 'Esa votación ya terminó. Vota en la pieza del día más reciente.',
  'radio.none': () => 'No suena ninguna radio en este servidor. Inicia una con `/radio iniciar`.',
  'radio.playing': ({ channel }) => `La radio ya suena en ${channel}. Únete allí, o detenla primero.`,
  'radio.too-many': ({ most }) =>
    `Solo puedo tocar en ${number(most)} canales de voz a la vez. Inténtalo cuando quede uno libre.`,
  'radio.not-in-voice': () => 'Únete primero a un canal de voz e inténtalo de nuevo.',
  'radio.not-listening': ({ channel }) =>
    `Solo pueden hacerlo quienes están escuchando. Únete primero a ${channel}.`,
  'radio.not-yours': () =>
    'Solo pueden hacerlo quien inició la radio, los gestores del servidor y quienes tienen el rol de DJ. Pídeselo a alguno de ellos.',
  'radio.full': ({ channel }) => `${channel} está lleno. Pide a alguien que salga, o elige otro canal.`,
  'bot.channel-permissions': ({ channel, missing }) =>
    `Necesito ${list(missing.map((name) => `«${permissions[name] ?? name}»`))} en ${channel}. Pídeselo a un gestor del servidor, o elige otro canal.`,
  'radio.nothing-now': () =>
    'Ahora mismo no suena nada: una pieza aún se está componiendo. Inténtalo de nuevo en unos segundos.',
  'radio.until': ({ given }) =>
    `No sé cuándo es «${given}». Di cuánto tiempo, como «2h» o «90 min», o una hora, como «22:30».`,
  'radio.time-zone': () =>
    'No conozco la zona horaria de este servidor. Di cuánto tiempo, como «2h», o pide a un gestor que la defina con `/radio ajustes`.',
  'radio.no-zone': ({ given }) =>
    `No conozco la zona horaria «${given}». Elige una de la lista, por ejemplo Europe/Madrid.`,
  'radio.own-file': () =>
    'Esa pieza es un archivo que ha traído alguien. Guarda una pieza que haya compuesto yo.',
  'radio.queue-full': ({ most }) =>
    `Ya hay ${number(most)} piezas en espera. Inténtalo cuando hayan sonado algunas.`,
  'radio.no-further': ({ direction }) =>
    `No puedo hacer la música más ${direction < 0 ? 'tranquila' : 'animada'}.`,
  'radio.just-steered': () => 'La música ya está cambiando. Inténtalo de nuevo en unos segundos.',
  'preset.empty': () => 'Una plantilla necesita al menos una opción. Añade una y guárdala otra vez.',
  'preset.name': () =>
    'El nombre de una plantilla es una palabra de 32 letras, cifras y guiones como mucho; elige otro.',
  'preset.built-in': ({ name }) => `«${name}» es una plantilla incluida. Elige otro nombre.`,
  'preset.too-many': ({ most }) => `Este servidor ya tiene ${number(most)} plantillas. Borra antes una.`,
  'preset.unknown': ({ name, names }) =>
    `No hay ninguna plantilla llamada «${name}». ${names.length === 0 ? 'Aún no hay ninguna' : `Plantillas: ${names.join(', ')}`}.`.slice(
      0,
      1900,
    ),
};
