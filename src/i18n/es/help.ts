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
  options: `**Qué hacen las opciones**
\`notas:800\` más larga; \`notas:60\` un boceto
\`duración:1:30\` dura un minuto y medio, en lugar de un número de notas
\`temperatura:0.7\` va sobre seguro; \`temperatura:1.3\` se arriesga; por encima de 2 es ruido
\`tempo:0.5\` a mitad de velocidad; \`tempo:2\` al doble
\`altura:72\` centra la música en esa tecla del piano (60 es el do central)
\`intensidad:40\` suave; \`intensidad:100\` fuerte; los matices de la pieza se conservan
\`tonalidad:D escala:dórica\` cada nota pertenece a esa escala
\`rejilla:semicorcheas\` en semicorcheas, \`tresillos\` en tresillos de corchea, \`corcheas\` de corcheas a redondas
\`voces:una\` una nota a la vez: una melodía
\`comienzo:bach-prelude\` parte de esos compases
\`título:"Lluvia de noche"\` da ese título a la pieza
\`modelo:lstm\` el modelo pequeño y rápido; \`modelo:transformer\` el expresivo
\`muestreo:original\` el LSTM como en el proyecto original: regular y lento
\`semilla:42\` de nuevo la misma pieza
\`plantilla:march\` varias a la vez; \`/plantilla lista\` las muestra todas
\`privado:true\` solo la ves tú, hasta que pulses Compartir; \`voz:true\` también como mensaje de voz
Todos los demás ajustes van en \`más\`: \`/componer más:tempo:0.5 voces:una\`
Para el ánimo, el compositor y tus propias palabras, consulta \`/ayuda tema:carácter\``,
  character: `**El carácter de la música.** Solo el Transformer entiende estas opciones. Si no eliges modelo, lo seleccionan.
\`/componer estilo:soñadora\` – modo, velocidad, densidad, intensidad y registro a la vez. Ánimos: ${list(Object.values(choices.mood))}
\`/componer más:densidad:escasa\` – pocas notas por segundo; \`densidad:densa\` muchas
\`/componer más:polifonía:fina\` – pocas notas a la vez; \`polifonía:plena\` muchas
\`/componer estilo:chopin\` – al estilo de Chopin
\`/componer estilo:barroca\` – al estilo de una época. Épocas: ${list(Object.values(choices.era))}
\`/componer texto:"música triste y lenta en re menor"\` – lo mismo con tus palabras; la respuesta muestra qué entendí
**Combinadas**: un ajuste concreto prevalece sobre el ánimo, y una opción sobre el texto.
\`/componer estilo:alegre,clásica más:densidad:escasa\`
\`/componer texto:"tranquila, muy suave" notas:200 estilo:debussy\``,
  songs: `**Canciones para varios instrumentos**, en compases y pulsos, con secciones y final
\`/componer estilo:bossa\` – un estilo. Estilos: ${list(Object.values(choices.genre))}
\`/componer estilo:cuarteto-de-cuerda tonalidad:D\` – un conjunto. Conjuntos: ${list(Object.values(choices.ensemble))}
\`/componer acordes:"Am F C G" estilo:pop\` – tus acordes, uno por compás. \`acordes:"Dm7 G7 | Cmaj7"\` tiene dos en un compás, \`acordes:"i VI III VII"\` cuenta desde la tonalidad, \`acordes:"2x(C Am F G) F G C"\` repite
\`/componer estilo:vals bpm:150 más:compases:32 forma:AABA\` – velocidad en pulsos por minuto, longitud en compases, secciones en letras
\`/componer estilo:folk más:compás:6/8 sin:batería\` – otro compás y una parte menos
\`/componer estilo:nana más:instrumentos:flauta,arpa\` – tus instrumentos; el primero toca la melodía
\`más:género:rock conjunto:chiptune\` – lo mismo que \`estilo:rock,chiptune\`
Una red neuronal escribe la melodía; en muchos estilos, el acompañamiento sale de un libro de patrones. Con \`modelo:book\`, la melodía también sigue reglas. El archivo MIDI tiene una pista por instrumento.`,
  files: `**Tus propios archivos MIDI**
\`/componer midi:…\` parte de las primeras notas del archivo; vale cualquier archivo MIDI de hasta 1 MB.
En un mensaje con un archivo MIDI: clic derecho o pulsación larga, y **Aplicaciones**: componer a partir de él, o continuarlo.
O mencióname en un mensaje con un archivo: \`@yo notas:200 temperatura:0.8\`. En mensajes directos no hace falta la mención.
Ignoro la batería y lo toco todo al piano.`,
  server: `**Para los gestores del servidor**
\`/ajustes\` – opciones por defecto de /componer, canal de Compartir, límites por hora, quién puede entrenar, mi idioma
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
