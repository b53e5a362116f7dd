import { trainingSettings } from '../../request/networks.js';
import type { Language } from '../language.js';
import { composeOptions } from './options.js';

const { epochs, rate } = trainingSettings;

export const commands: Language['commands'] = {
  compose: {
    name: 'compose',
    description: 'Compose a piece of music: a MIDI file, audio and a piano roll',
    options: composeOptions,
  },
  composeFromMidi: { name: 'Compose from this MIDI' },
  continueMidi: { name: 'Continue this MIDI' },
  playMidi: { name: 'Play in voice' },
  preset: {
    name: 'preset',
    description: 'Saved sets of options for /compose',
    list: { name: 'list', description: 'List all presets and their options' },
    save: { name: 'save', description: 'Save options as a preset (requires Manage Server)' },
    delete: { name: 'delete', description: "Delete one of this server's presets (requires Manage Server)" },
    presetName: { name: 'name', description: 'Name of the preset' },
  },
  settings: {
    name: 'settings',
    description: 'Settings for this server',
    show: { name: 'show', description: "Show this server's settings" },
    defaults: {
      name: 'defaults',
      description: "Set this server's defaults for /compose; leave an option out to reset it",
    },
    shareChannel: {
      name: 'share-channel',
      description: 'Choose the channel that Share posts to',
      channel: { name: 'channel', description: 'Leave it out to post where Share is pressed' },
    },
    daily: {
      name: 'daily',
      description: 'Post a piece in a channel every day',
      channel: { name: 'channel', description: 'Leave it out to stop' },
      hour: { name: 'hour', description: 'Hour of the day in UTC, 0 to 23 (default: 18)' },
    },
    limits: {
      name: 'limits',
      description: 'Limit the pieces per hour; leave a limit out to reset it',
      person: { name: 'person', description: 'Limit per person, pieces per hour' },
      server: { name: 'server', description: 'Server-wide limit, pieces per hour' },
    },
    trainers: {
      name: 'trainers',
      description: 'Choose who can train and manage models, besides server managers',
      allow: { name: 'allow', description: 'Role or member to add' },
      forbid: { name: 'forbid', description: 'Role or member to remove' },
    },
    language: {
      name: 'language',
      description: "Language to use when a member's own is unknown",
      language: { name: 'language', description: "Leave it out to use the server's language" },
    },
  },
  train: {
    name: 'train',
    description: 'Train a custom model for this server on your music',
    modelName: { name: 'name', description: 'Name for the new model' },
    file: (n) => ({
      name: `file${n}`,
      description: n === 1 ? 'A MIDI file, or a zip of MIDI files' : 'Another file',
    }),
    files: {
      name: 'files',
      description: "Instead of uploading: how many files of the operator's music folder to use",
    },
    epochs: { name: 'epochs', description: `Passes through the music (default: ${epochs.default})` },
    rate: { name: 'rate', description: `Peak learning rate (default: ${rate.default})` },
    from: { name: 'from', description: 'Model to start from (default: the one in use)' },
  },
  model: {
    name: 'model',
    description: "This server's models",
    list: { name: 'list', description: 'List the models and show which one is in use' },
    show: { name: 'show', description: 'Show what a model was trained on, how, and how good it is' },
    use: { name: 'use', description: 'Choose the model that this server composes with' },
    rollback: { name: 'rollback', description: 'Go back to the model used before' },
    delete: { name: 'delete', description: 'Delete a model that this server trained' },
    modelName: { name: 'name', description: 'Name of the model' },
  },
  radio: {
    name: 'radio',
    description: 'Music without end in your voice channel, composed as it plays',
    start: { name: 'start', description: 'Start the radio in the voice channel you are in' },
    stop: { name: 'stop', description: 'Stop the radio' },
    skip: { name: 'skip', description: 'Skip to the next piece; others may have to agree' },
    volume: { name: 'volume', description: 'Set how loud the radio plays on this server' },
    percent: { name: 'percent', description: '100 is the usual volume' },
    now: { name: 'now', description: 'Show what is playing' },
    until: { name: 'until', description: 'When it ends: 2h, 90 min or 22:30' },
    byHour: { name: 'by-hour', description: 'Whether the mood follows the hour of the day' },
    stay: {
      name: 'stay',
      description: 'Whether it plays around the clock, also after a restart; for managers',
    },
    settings: {
      name: 'settings',
      description: 'Choose the DJ role and the time zone; what you leave out is reset',
    },
    dj: { name: 'dj', description: 'Role whose members skip and stop without votes' },
    timeZone: { name: 'time-zone', description: 'For times of the day, such as Europe/Berlin' },
  },
  forget: { name: 'forget', description: 'Delete everything I store for this server' },
  help: {
    name: 'help',
    description: 'Examples to copy, and what each option does',
    topic: { name: 'topic', description: 'What to show (default: start)' },
    topics: {
      start: 'start',
      options: 'options',
      character: 'character',
      songs: 'songs',
      files: 'files',
      radio: 'radio',
      server: 'server',
    },
  },
  about: { name: 'about', description: 'Model, licence and response times' },
};
