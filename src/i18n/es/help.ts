import type { Language } from '../language.js';
import { number, list } from './grammar.js';
import { choices } from './words.js';

export const help: Language['help'] = {
  start: `**Escribe uno de estos comandos** para obtener un archivo MIDI, audio y un rollo de pianola:
\`/componer\` – una pieza de 300 notas
\`/componer estilo:soñadora,debussy\` – soñadora, al estilo de Debussy
\`/componer plantilla:lullaby\` – lenta, suave, en fa mayor
\`/componer tonalidad:A más:escala:blues rejilla:tresillos\` – solo notas de la escala de blues, en tresillos
\`/componer notas:150 temperatura:0.7 más:tempo:0.6\` – corta, prudente, lenta
\`/componer midi:…\` – continúa tu propio archivo MIDI
\`/componer tomas:4\` – cuatro versiones entre las que elegir
**Luego pulsa** Otra vez para otra pieza, Variar para conservar el comienzo, Continuar para alargarla, Remix para cambiar los ajustes o Info para ver cómo se hizo.
La misma \`semilla\` con los mismos ajustes da la misma pieza. Cada resultado muestra su semilla.
-# Más: \`/ayuda tema:opciones\`, \`tema:canciones\`, \`tema:carácter\`, \`tema:archivos\`, \`tema:servidor\`. Abajo: cómo se ve y suena un resultado.`,
  options: `**Qué hacen las opciones.** Las que no tienen campo propio van en \`más\`: \`/componer más:tempo:0.5 voces:una\`
\`plantilla:march\` varias a la vez; \`/plantilla lista\` las muestra todas
\`privado:true\` solo la ves tú, hasta que pulses Compartir; \`voz:true\` también como mensaje de voz
Para el ánimo, el compositor y tus propias palabras, consulta \`/ayuda tema:carácter\`; para varios instrumentos, \`/ayuda tema:canciones\``,
  character: `**El carácter de la música.** Si no eliges modelo, estas opciones seleccionan uno que las entiende.
\`/componer estilo:soñadora\` – modo, velocidad, densidad, intensidad y registro a la vez. Ánimos: ${list(Object.values(choices.mood))}
\`/componer estilo:chopin\` – al estilo de Chopin
\`/componer estilo:barroca\` – al estilo de una época. Épocas: ${list(Object.values(choices.era))}
\`/componer texto:"música triste y lenta en re menor"\` – lo mismo con tus palabras; la respuesta muestra qué entendí
**Combinadas**: un ajuste concreto prevalece sobre el ánimo, y una opción sobre el texto.
\`/componer estilo:alegre,clásica más:densidad:escasa\`
\`/componer texto:"tranquila, muy suave" notas:200 estilo:debussy\``,
  songs: `**Canciones para varios instrumentos**, en compases y pulsos, con secciones y final
\`/componer estilo:bossa\` – un estilo. Estilos: ${list(Object.values(choices.genre))}
\`/componer estilo:cuarteto-de-cuerda tonalidad:D\` – un conjunto. Conjuntos: ${list(Object.values(choices.ensemble))}
\`/componer acordes:"Am F C G" estilo:pop\` – tus acordes, uno por compás; \`acordes:"2x(C Am F G) F G C"\` repite
\`/componer estilo:vals bpm:150 más:compases:32 forma:AABA\` – velocidad en pulsos por minuto, longitud en compases, secciones en letras
Una red neuronal escribe la melodía; en muchos estilos, el acompañamiento sale de un libro de patrones. Con \`modelo:book\`, la melodía también sigue reglas. El archivo MIDI tiene una pista por instrumento.`,
  files: `**Tus propios archivos MIDI**
\`/componer midi:…\` parte de las primeras notas del archivo; vale cualquier archivo MIDI de hasta 1 MB.
En un mensaje con un archivo MIDI: clic derecho o pulsación larga, y **Aplicaciones**: componer a partir de él, o continuarlo.
O mencióname en un mensaje con un archivo: \`@yo notas:200 temperatura:0.8\`. En mensajes directos no hace falta la mención.
Ignoro la batería y lo toco todo al piano.`,
  radio: `**Música sin fin en un canal de voz**
\`/radio iniciar\` – únete a un canal de voz e iníciala; con texto o estilo, como \`texto:tranquilo\`
\`/radio iniciar hasta:2h\` – terminar tras un tiempo, o a una hora como \`22:30\`
\`/radio iniciar según-la-hora:True\` – un ambiente que sigue la hora del día
\`/radio iniciar quedarse:True\` – sonar día y noche, también tras un reinicio (gestores)
\`/radio saltar\`, \`detener\`, \`volumen\`, \`ahora\` – para saltar hace falta la mitad de los oyentes
\`/radio ajustes\` – un rol de DJ que salta sin votos, y la zona horaria (gestores)
**Tocar en voz**, bajo cada pieza y en **Aplicaciones** de un mensaje con un archivo MIDI, la toca a continuación.`,
  server: `**Para los gestores del servidor**
\`/ajustes\` – opciones por defecto de /componer, canal de Compartir, pieza del día, límites por hora, quién puede entrenar, mi idioma
\`/plantilla guardar\` – guardar opciones para todos
\`/entrenar\` – entrenar una copia de mi modelo con vuestra música; nada cambia hasta que pulses Usar
\`/modelo\` – ver, elegir, recuperar o borrar los modelos del servidor
\`/olvidar\` – borrar todo lo que guardo de este servidor`,
};

export const about: Language['about'] = {
  composes: (version) =>
    `**Musical AI** ${version} compone piezas para piano y canciones a partir de tus palabras, de tu archivo MIDI o de un comienzo incluido.`,
  model: (id, from) => `Modelo en uso: \`${id}\` (${from}). Para verlos todos: \`/modelo lista\`.`,
  shipped: 'incluido',
  operator: 'añadido por el operador',
  server: (parent, date) =>
    `entrenado por este servidor${parent === undefined ? '' : ` a partir de \`${parent}\``}${date === undefined ? '' : `, ${date}`}`,
  licence: (maestro) =>
    `Los modelos de piano se entrenaron con ${maestro} (Hawthorne et al., ICLR 2019) y siguen su licencia, CC BY-NC-SA 4.0: sin uso comercial. El modelo de canciones tiene licencia CC BY 4.0; el código, MIT.`,
  line: (commandMs, gatewayMs, since) =>
    `Tu comando me llegó en ${number(commandMs)} ms. Latencia de la pasarela: ${gatewayMs === undefined ? 'aún sin medir' : `${number(gatewayMs)} ms`}. Iniciado ${since}.`,
};
