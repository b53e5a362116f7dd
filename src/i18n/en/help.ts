import type { Language } from '../language.js';
import { list, number } from './grammar.js';
import { choices } from './words.js';

export const help: Language['help'] = {
  start: `**Type one of these** to get a MIDI file, audio and a piano roll:
\`/compose\` – a piece of 300 notes
\`/compose style:dreamy,debussy\` – dreamy, in the style of Debussy
\`/compose preset:lullaby\` – slow, soft, in F major
\`/compose key:A more:scale:blues quantise:triplet\` – only notes of the blues scale, on a triplet grid
\`/compose notes:150 temp:0.7 more:tempo:0.6\` – short, cautious, slow
\`/compose midi:…\` – continues from your own MIDI file
\`/compose takes:4\` – four versions to choose from
**Then press** Again for another piece, Vary to keep the beginning, Continue to make it longer, Remix to change the settings, or Info to see how it was made.
The same \`seed\` with the same settings gives the same piece. Every result shows its seed.
-# More: \`/help topic:options\`, \`topic:songs\`, \`topic:character\`, \`topic:files\`, \`topic:server\`. Below: what a result looks and sounds like.`,
  options: `**What the options do.** Those without a field of their own go into \`more\`: \`/compose more:tempo:0.5 voices:mono\`
\`preset:march\` sets several of these at once; see them all with \`/preset list\`
\`private:true\` only you see it until you press Share; \`voice:true\` also sends a voice message
For mood, composer and your own words, see \`/help topic:character\`; for several instruments, \`/help topic:songs\``,
  character: `**How the music should feel.** If you don't set a model, these options select one that supports them.
\`/compose style:dreamy\` – sets mode, speed, density, loudness and register at once. Moods: ${list(Object.values(choices.mood))}
\`/compose style:chopin\` – in the style of Chopin
\`/compose style:baroque\` – in the style of an era. Eras: ${list(Object.values(choices.era))}
\`/compose text:"sad slow music in d minor"\` – the same in your own words; the reply shows what I understood
**Combine them**: a single setting overrides the mood, and an option overrides the text.
\`/compose style:happy,classical more:density:sparse\`
\`/compose text:"calm, very soft" notes:200 style:debussy\``,
  songs: `**Songs for several instruments**, on bars and beats, with sections and an ending
\`/compose style:bossa\` – a style. Styles: ${list(Object.values(choices.genre))}
\`/compose style:string-quartet key:D\` – an ensemble. Ensembles: ${list(Object.values(choices.ensemble))}
\`/compose chords:"Am F C G" style:pop\` – your own chords, a bar each; \`chords:"2x(C Am F G) F G C"\` repeats
\`/compose style:waltz bpm:150 more:bars:32 form:AABA\` – speed in beats per minute, length in bars, sections as letters
A neural network writes the melody; in many styles, the accompaniment comes from a book of patterns. With \`model:book\`, rules write the melody too. The MIDI file has a track for each instrument.`,
  files: `**Your own MIDI files**
\`/compose midi:…\` starts from the first notes of the file. Any MIDI file up to 1 MB works.
On a message with a MIDI file, right-click or long-press, choose **Apps**, then compose from it or continue it.
Or mention me in a message with a file: \`@me notes:200 temp:0.8\`. In direct messages you don't need the mention.
I ignore drums and play everything on the piano.`,
  radio: `**Music without end in a voice channel**
\`/radio start\` – join a voice channel, then start it; with a text or style, such as \`text:calm\`
\`/radio start until:2h\` – end after a time, or at a time such as \`22:30\`
\`/radio start by-hour:True\` – let the mood follow the hour of the day
\`/radio start stay:True\` – play around the clock, also after a restart (server managers)
\`/radio skip\`, \`stop\`, \`volume\`, \`now\` – skipping needs half of the listeners
\`/radio settings\` – a DJ role that skips without votes, and the time zone (server managers)
**Play in voice**, under every piece and in **Apps** on a message with a MIDI file, plays it next.`,
  server: `**For server managers**
\`/settings\` – defaults for /compose, where Share posts to, the piece of the day, limits per hour, who can train, and my language
\`/preset save\` – save a set of options for everyone
\`/train\` – train a copy of my model on your own music; nothing changes until you press Use
\`/model\` – list, choose, roll back or delete this server's models
\`/forget\` – delete everything I store for this server`,
};

export const about: Language['about'] = {
  composes: (version) =>
    `**Musical AI** ${version} composes piano pieces and songs from your words, your MIDI file or a built-in opening.`,
  model: (id, from) => `Model in use: \`${id}\` (${from}). See all of them with \`/model list\`.`,
  shipped: 'built in',
  operator: 'added by the operator',
  server: (parent, date) =>
    `trained by this server${parent === undefined ? '' : ` from \`${parent}\``}${date === undefined ? '' : `, ${date}`}`,
  licence: (maestro) =>
    `The piano models were trained on ${maestro} (Hawthorne et al., ICLR 2019) and carry its licence, CC BY-NC-SA 4.0: no commercial use. The song model is under CC BY 4.0, the code under the MIT licence.`,
  line: (commandMs, gatewayMs, since) =>
    `Your command reached me in ${number(commandMs)} ms. Gateway latency: ${gatewayMs === undefined ? 'not measured yet' : `${number(gatewayMs)} ms`}. Started ${since}.`,
};
