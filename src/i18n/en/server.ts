import type { Language } from '../language.js';
import { number } from './grammar.js';

export const settings: Language['settings'] = {
  title: '**Settings for this server**',
  defaults: (options) => `Defaults for /compose: ${options === undefined ? 'standard' : `\`${options}\``}`,
  shareChannel: (channel) => `Share posts to: ${channel ?? 'the channel where it is pressed'}`,
  daily: (channel, time) => `Piece of the day: ${channel === undefined ? 'off' : `${channel} at ${time}`}`,
  presets: (count) => `Saved presets: ${number(count)} (see \`/preset list\`)`,
  limits: (person, server) =>
    `Pieces per hour: ${number(person)} per person, ${number(server)} for the whole server`,
  trainers: (names) => `Who can train and manage models: server managers${names === '' ? '' : `, ${names}`}`,
  language: (language) => `Language when a member's own is unknown: ${language ?? "the server's"}`,
};

export const daily: Language['daily'] = {
  heading: '**Piece of the day**',
  vote: 'What should the next one be like?',
  same: 'Like this',
};

export const presets: Language['presets'] = {
  saved: (name, command) => `Saved the preset **${name}**: \`${command}\``,
  deleted: (name) => `Deleted the preset **${name}**.`,
  own: "This server's presets:",
  builtIn: 'Built-in presets:',
  hint: '-# Use one with `/compose preset:…`. Options you set next to it override it.',
};

export const forget: Language['forget'] = {
  warning: (presetCount, models) =>
    `**This deletes everything I store for this server**: its settings, its presets (${number(presetCount)}), the models it trained (${number(models)}) and any training in progress. It can't be undone. Pieces already posted stay in their channels.`,
  button: 'Delete everything',
  done: 'I deleted everything I stored for this server.',
};
