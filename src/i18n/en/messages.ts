import { clock } from '../grammar.js';
import type { Language } from '../language.js';
import { counted, notes, number, opening } from './grammar.js';
import { key } from './words.js';

export const buttons: Language['buttons'] = {
  cancel: 'Cancel',
  again: 'Again',
  vary: 'Vary',
  continue: 'Continue',
  remix: 'Remix',
  edit: 'Edit',
  info: 'Info',
  play: 'Play in voice',
  share: 'Share',
  delete: 'Delete',
  take: (n) => `Take ${n}`,
  use: 'Use',
};

export const progress: Language['progress'] = {
  queued: (place) => (place === 1 ? 'In the queue: you are next.' : `In the queue: number ${number(place)}.`),
  composing: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `, about ${number(secondsLeft)} s left`;
    return `Composing: ${number(done)} of ${counted(total, notes)}${left}.`;
  },
  composingTime: (done, total, secondsLeft) => {
    const left = secondsLeft === undefined ? '' : `, about ${number(secondsLeft)} s left`;
    return `Composing: ${clock(done)} of ${clock(total)}${left}.`;
  },
  rendering: 'Rendering audio and picture.',
};

export const result: Language['result'] = {
  notes: (count) => counted(count, notes),
  key,
  seed: 'seed',
  takes: (count) => `**${number(count)} versions.** Listen, then pick one to get its picture and buttons.`,
  previewCut: (time) => `The preview plays the first ${time}. The MIDI file has the whole piece.`,
  previewPart: (from, to) =>
    `The preview plays ${from} to ${to}, where the new music is. The MIDI file has the whole piece.`,
  previewTooLarge: 'The preview was too large for Discord. The MIDI file has the whole piece.',
  previewsTooLarge: 'The previews were too large for Discord. Pick a take to hear it.',
  shared: (channel) => `Shared in ${channel}.`,
  understood: (words) => `Understood: ${words}.`,
  inStyle: (composer) => `in the style of ${composer}`,
  meant: {
    not: (word) => `not ${word}`,
    without: (word) => `without ${word}`,
    very: (word) => `very ${word}`,
    slightly: (word) => `a bit ${word}`,
  },
  notInSongs: (words) => `A song cannot follow: ${words}.`,
  notUnderstood: (words) => `Not recognised: ${words}.`,
  perhaps: (word, nearest) => `${word} (did you mean ${nearest}?)`,
  untaught: (words, nearest) =>
    nearest === ''
      ? `I haven't learned ${words} yet. This is solo piano.`
      : `I haven't learned ${words} yet. The closest I can play is ${nearest}.`,
  nothingUnderstood:
    "I didn't recognise any of that. I understand moods, tempos, composers, keys, styles and instruments.",
};

export const info: Language['info'] = {
  composedBy: (weights, total, given) =>
    `Composed by \`${weights}\`: ${counted(total, notes)}; ${opening(given)}.`,
  continues: 'This piece continues another one. To make it again, press Remix and enter',
  steered: 'This piece was steered while it played on the radio. It began with:',
  fromNote: (note) => `From note ${number(note)} on:`,
  fromFile: 'To make this exact piece again, use this command with the file below as `midi`.',
  again: 'To make this exact piece again:',
  changed: 'My models or rules have changed since then, so the same command may now give another piece.',
  wasChanged: 'Parts, instruments, tempo or key were changed afterwards. The command gives the original.',
};

export const changes: Language['changes'] = {
  parts: 'Mute or solo a part',
  instruments: 'Change an instrument',
  music: 'Change tempo or key',
  mute: (part) => `Mute ${part}`,
  unmute: (part) => `Unmute ${part}`,
  solo: (part) => `Only ${part}`,
  everybody: 'All parts',
  slower: (bpm) => `Slower: ♩ = ${bpm}`,
  faster: (bpm) => `Faster: ♩ = ${bpm}`,
  transpose: (semitones) => `Transpose by ${semitones} semitones`,
  key: (key, semitones) => `In ${key} (${semitones})`,
};

export const remix: Language['remix'] = {
  title: 'Remix',
  options: 'Options',
  optionsHint: 'As in /compose. Remove the seed for a new one, or any other option for its default.',
  file: 'Start from another MIDI file',
  samePiece: 'Leave empty to continue the same piece.',
  sameFile: 'Leave empty to start from the same file.',
  sameUpload: (file) => `Leave empty to start from ${file} again.`,
  sameOpening: 'Leave empty for the opening named above, or one that the seed chooses.',
  newSong: 'Leave empty for a song with the options above.',
};

export const apology: Language['apology'] = (id) =>
  `Something went wrong on my side. Please try again. If it keeps happening, give the bot's operator this error ID: ${id}`;
