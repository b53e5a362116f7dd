import type { Language } from '../language.js';
import { counted, epochs, files, number, percent, timeLeft } from './grammar.js';

export const models: Language['models'] = {
  current: 'in use',
  shipped: 'built in',
  operator: 'added by the operator',
  server: 'trained by this server',
  kinds: {
    transformer: 'many voices, its own dynamics; supports mood, composer and text',
    lstm: 'small and fast; can be trained with /train',
    song: 'Transformer: songs for several instruments, closer to real music',
    book: 'patterns and rules: songs for several instruments in many styles',
  },
  composes: { keyboard: 'piano pieces', songs: 'songs for several instruments' },
  made: {
    transformer:
      'Trained on 962 piano performances (MAESTRO v2.0.0) for about three hours on one core. Distance of its music from real music: 5.4. For comparison: real music 3.6, lstm 27.4.',
    lstm: 'Trained on 962 piano performances (MAESTRO v2.0.0), each heard once. Distance of its music from real music: 27.4. For comparison: real music 3.6, transformer 5.4.',
    song: 'Trained on 17 million notes of freely licensed scores and MIDI files. Its songs keep their key and chords, and repeat themselves, about as much as real ones.',
    book: 'Not trained: it composes with hand-written patterns and rules.',
  },
  trained: 'Trained',
  from: (parent) => `from ${parent}`,
  epochs: (count) => counted(count, epochs),
  rate: (rate) => `learning rate ${rate}`,
  windows: (count) => counted(count, { one: 'window', other: 'windows' }),
  heldOutLoss: 'Held-out loss',
  parentLoss: 'Its parent',
  validationLoss: 'Validation loss',
  first: (value) => `first ${value}`,
  lowest: (value, at) => `lowest ${value} after ${counted(at, epochs)}`,
  last: (value) => `last ${value}`,
  learntFrom: (count) => `Trained on ${counted(count, files)}:`,
  more: (count) => `… and ${number(count)} more.`,
  inUse: (name) => `This server now composes with ${name}. To undo this, use \`/model rollback\`.`,
  deleted: (name) => `Deleted the model ${name}.`,
};

export const training: Language['training'] = {
  heading: (name, parent, user) => `**Training ${name}** from ${parent}, for ${user}`,
  resumed: 'resumed after a restart',
  gettingReady: 'Preparing.',
  epoch: (epoch, total) => `epoch ${number(epoch)} of ${number(total)}`,
  loss: (value) => `loss ${value}`,
  validationLoss: (value) => `validation loss ${value}`,
  lowest: (value) => `lowest so far ${value}`,
  timeLeft,
  paused: "I'm restarting. The training continues afterwards.",
  listen: 'Listen to both: each plays from the same opening and seed.',
  finished: 'Training finished.',
  'no-improvement': 'Stopped early: no further improvement. This is the best checkpoint.',
  stopped: 'Cancelled. This is the best checkpoint so far.',
  diverged: 'Stopped early: the loss was no longer a number. This is the best checkpoint until then.',
  better: (change, value, parent, parentValue) =>
    `**Better by ${percent(change, 1)}:** on held-out music its loss is ${value}; ${parent} has ${parentValue}.`,
  noBetter: (name, value, parent, parentValue) =>
    `**${name} is no better than ${parent}:** on held-out music its loss is ${value}; ${parent} has ${parentValue}. It is only worth using if you like how it sounds.`,
  table: { heldOut: 'held out', loss: 'loss', pitch: 'pitch', step: 'step', duration: 'duration' },
  nothingChanges: 'Nothing changes on this server until someone who can train presses Use.',
  withoutFiles: "Discord didn't accept the curve and the audio. Use `/model show` to see the figures.",
  failed: (sentence) => `**Training failed.** ${sentence}`,
  operatorNumber: (id) => `Error ID for the bot's operator: ${id}`,
  windows: (trainingCount, heldOut) =>
    `${number(trainingCount)} windows for training, ${number(heldOut)} held out.`,
  leftOut: (file, reason) => `Skipped ${file}: ${reason}`,
  leftOutMore: (count) => `Also skipped: ${number(count)} more.`,
  begun: (link) => `Training started: ${link}`,
  begunUnseen:
    "Training started, but I can't show it in this channel. Use `/model show` once it has finished.",
  otherParent: (parent) =>
    `It starts from ${parent}, because this server uses a Transformer, which can't be trained here.`,
  cancelled: 'Stopping the training. The best checkpoint so far is kept.',
};
