import { adjectives, type Adjective } from '../request/words/wishes.js';
import { formatKey } from '../music/theory/scale.js';
import { englishTitles } from '../music/title.js';
import type { Refusal } from '../errors/user-error.js';
import { describeSound } from '../render/describe.js';
import { englishCurve, englishRoll } from '../render/picture-words.js';
import { fineTuning } from '../model/lstm/fine-tuning.js';
import { figures } from './grammar.js';
import { englishChoices, englishOptions } from './options.js';

const { number, percent, counted, list } = figures('en');
const notes = { one: 'note', other: 'notes' };
const files = { one: 'file', other: 'files' };
const epochs = { one: 'epoch', other: 'epochs' };
/** Titles of the built-in openings. */
const openings = [
  'J. S. Bach, Prelude from Cello Suite No. 1',
  'J. S. Bach, Prelude in C major',
  'L. van Beethoven, Für Elise',
  'L. van Beethoven, Moonlight Sonata',
  'F. Chopin, Prelude in A major',
  'W. A. Mozart, Andante grazioso',
  'W. A. Mozart, Sonata facile',
  'C. Petzold, Minuet in G major',
  'E. Satie, Gymnopédie No. 1',
  'R. Schumann, Träumerei',
] as const;
const { epochs: usualEpochs, rate: usualRate } = fineTuning;

/**
 * Everything that a user of the bot can read, in English; the other languages have the same shape.
 * Sentences hold Discord's markup. Names of commands and options are at most 32 characters, lower
 * case and without spaces; descriptions and choices at most 100.
 */
export const english = {
  /** As `Intl` names it. */
  locale: 'en',
  figures: figures('en'),

  commands: {
    compose: {
      name: 'compose',
      description: 'Compose a piece of music: a MIDI file, its sound and its picture',
      options: {
        preset: { name: 'preset', description: 'A named set of options; those given beside it win' },
        midi: { name: 'midi', description: 'A MIDI file to start from, in place of a built-in opening' },
        takes: { name: 'takes', description: 'How many pieces to choose from (1)' },
        private: {
          name: 'private',
          description: 'Show the result to you alone; Share then shows it to everyone',
        },
        voice: { name: 'voice', description: 'Send the preview once more as a voice message' },
      },
    },
    composeFromMidi: { name: 'Compose from this MIDI' },
    continueMidi: { name: 'Continue this MIDI' },
    preset: {
      name: 'preset',
      description: 'Named sets of options for /compose',
      list: { name: 'list', description: 'Show all presets and what they stand for' },
      save: {
        name: 'save',
        description: 'Save options under a name (for people who manage the server)',
      },
      delete: {
        name: 'delete',
        description: 'Delete a preset of this server (for people who manage the server)',
      },
      presetName: { name: 'name', description: 'Name of the preset' },
    },
    settings: {
      name: 'settings',
      description: 'What this server decides about my music',
      show: { name: 'show', description: 'Show the settings of this server' },
      defaults: {
        name: 'defaults',
        description:
          'Choose what /compose takes for options that are not given; those not given here go back to mine',
      },
      shareChannel: {
        name: 'share-channel',
        description: 'Choose where the button Share posts to',
        channel: { name: 'channel', description: 'Without a channel, the one where the button is pressed' },
      },
      limits: {
        name: 'limits',
        description: 'Choose how many pieces there are in an hour; what is not given goes back to mine',
        person: { name: 'person', description: 'Pieces that each person gets here in an hour' },
        server: { name: 'server', description: 'Pieces that everybody here gets together in an hour' },
      },
      trainers: {
        name: 'trainers',
        description: 'Choose who may train and choose models beside those who manage the server',
        allow: { name: 'allow', description: 'A role or a person who may' },
        forbid: { name: 'forbid', description: 'A role or a person who no longer may' },
      },
      language: {
        name: 'language',
        description: 'Choose my language where I do not know that of a person',
        language: { name: 'language', description: 'Without one, that of the server' },
      },
    },
    train: {
      name: 'train',
      description: 'Train a model of this server’s own on music that you give',
      modelName: { name: 'name', description: 'What the new model is to be called' },
      /** @param n of ten */
      file: (n: number) => ({
        name: `file${n}`,
        description: n === 1 ? 'A MIDI file, or a zip of MIDI files' : 'One more file',
      }),
      files: {
        name: 'files',
        description: 'Instead of files of your own: how many of the operator’s music folder to take',
      },
      epochs: {
        name: 'epochs',
        description: `How many times to go through the music; ${usualEpochs.default} unless you say otherwise`,
      },
      rate: {
        name: 'rate',
        description: `Learning rate at its highest; ${usualRate.default} unless you say otherwise`,
      },
      from: {
        name: 'from',
        description: 'The model to start from; the one in use unless you say otherwise',
      },
    },
    model: {
      name: 'model',
      description: 'The models of this server',
      list: { name: 'list', description: 'Which models there are, and which is in use' },
      show: { name: 'show', description: 'What a model was trained on, how, and how well it did' },
      use: { name: 'use', description: 'Let this server compose with a model' },
      rollback: { name: 'rollback', description: 'Go back to the model that was in use before' },
      delete: { name: 'delete', description: 'Delete a model that this server trained' },
      modelName: { name: 'name', description: 'Name of the model' },
    },
    forget: { name: 'forget', description: 'Delete everything that I keep for this server' },
    help: {
      name: 'help',
      description: 'Examples to copy, and what each option does to the music',
      topic: { name: 'topic', description: 'What to show (start)' },
      topics: {
        start: 'start',
        options: 'options',
        character: 'character',
        files: 'files',
        server: 'server',
      },
    },
    about: {
      name: 'about',
      description: 'What composes here, under which licence, and how quick the line is',
    },
  },

  /** The options of a composition, by their English names. */
  options: englishOptions,
  /** Choices that are words: one word each, as one writes them after the colon. */
  choices: englishChoices,
  /** Words that are understood in a text, beside moods, composers and eras. */
  vocabulary: Object.fromEntries(Object.keys(adjectives).map((word) => [word, word])) as Record<
    Adjective,
    string
  >,

  buttons: {
    cancel: 'Cancel',
    again: 'Again',
    vary: 'Vary',
    continue: 'Continue',
    remix: 'Remix',
    info: 'Info',
    share: 'Share',
    delete: 'Delete',
    take: (n: number) => `Take ${n}`,
    use: 'Use',
  },

  progress: {
    queued: (place: number) =>
      place === 1 ? 'Waiting: you are next.' : `Waiting: number ${number(place)} in the queue.`,
    composing: (done: number, total: number, secondsLeft?: number) => {
      const left = secondsLeft === undefined ? '' : `, about ${number(secondsLeft)} s left`;
      return `Composing: ${number(done)} of ${counted(total, notes)}${left}.`;
    },
    rendering: 'Rendering the sound and the picture.',
  },

  result: {
    notes: (count: number) => counted(count, notes),
    key: formatKey,
    seed: 'seed',
    takes: (count: number) =>
      `**${number(count)} takes**: listen, then pick one for its picture and all that one can do with it.`,
    previewCut: (time: string) => `The preview holds the first ${time}; the MIDI file has the whole piece.`,
    previewTooLarge: 'The preview was too large for Discord; the MIDI file has the whole piece.',
    previewsTooLarge: 'The previews were too large for Discord; pick a take to hear it.',
    /** @param channel as Discord links to it */
    shared: (channel: string) => `Shared in ${channel}.`,
    understood: (words: string) => `Understood: ${words}.`,
    notUnderstood: (words: string) => `Not understood: ${words}.`,
    nothingUnderstood: 'I understood none of your words; moods, tempos, composers and keys are what I know.',
  },

  /** What pieces are called. */
  titles: {
    ...englishTitles,
    openings: Object.fromEntries(openings.map((title) => [title, title])) as Record<
      (typeof openings)[number],
      string
    >,
  },

  /** What a piece sounds like, for people who cannot hear or see it. */
  altText: {
    sound: describeSound,
    preview: (sound: string) => `Preview on a piano: ${sound}`,
    pianoRoll: (sound: string) => `Piano roll: ${sound}`,
    curve: (model: string, validations: number) =>
      `Loss of the training of ${model} over its steps, in training and on held-out music, after ${counted(validations, { one: 'validation', other: 'validations' })}`,
    sampleBy: (model: string, sound: string) => `By ${model}. ${sound}`,
    helpPianoRoll: 'Piano roll of a sample: the given opening hollow, the notes composed after it filled',
    helpPreview: 'The same piece as sound, played on a piano',
  },

  /** What is written in the pictures: short, since there is little room. */
  picture: { roll: englishRoll, curve: englishCurve },

  info: {
    composedBy: (weights: string, total: number, given: number) =>
      `Composed by \`${weights}\`: ${counted(total, notes)}, the first ${number(given)} of them given.`,
    continues: 'It goes on from the end of another piece. The same again: press Remix, and put in',
    fromFile: 'The same again: this command, with the file below as `midi`.',
    again: 'The same again:',
  },

  remix: {
    title: 'Remix',
    options: 'Options',
    optionsHint: 'As in /compose. Leave out the seed for a new one, or any other option for its default.',
    file: 'Another MIDI file to start from',
    samePiece: 'Without one, it goes on from the same piece.',
    sameFile: 'Without one, it starts from the same file as before.',
    sameOpening: 'Without one, it starts from the opening named above, or one that the seed chooses.',
  },

  help: {
    start: `**Type one of these** and get a MIDI file, its sound and its picture:
\`/compose\` – a piece of 300 notes
\`/compose mood:dreamy composer:debussy\` – dreamy, in the manner of Debussy
\`/compose preset:lullaby\` – slow, soft, in F major
\`/compose key:A scale:blues quantise:triplet\` – only notes of the blues scale, on a triplet grid
\`/compose notes:150 temp:0.7 tempo:0.6\` – short, cautious, slow
\`/compose midi:…\` – goes on from your own MIDI file
\`/compose takes:4\` – four pieces to choose from
**Then press**: Again for another piece, Vary to keep its beginning, Continue to make it longer, Remix to change its settings, Info to see how it was made.
The same \`seed\` with the same settings gives the same piece; every result shows its seed.
-# More: \`/help topic:options\`, \`topic:character\`, \`topic:files\`, \`topic:server\`. Below: what a result looks and sounds like.`,
    options: `**What the options do to the music**
\`notes:800\` longer; \`notes:60\` a sketch
\`temp:0.7\` keeps to what is likely; \`temp:1.3\` takes risks; above 2 it is noise
\`tempo:0.5\` half as fast; \`tempo:2\` twice as fast
\`pitch:72\` the middle of the music on that key of the piano (60 is middle C)
\`velocity:40\` soft; \`velocity:100\` loud; the piece’s own dynamics stay
\`key:D scale:dorian\` every note belongs to that scale
\`quantise:straight\` on 16ths, \`triplet\` on triplet 8ths, \`seed\` on 8th to whole notes
\`voices:mono\` one note at a time: a melody
\`opening:bach-prelude\` starts from those bars
\`model:lstm\` the small, quick network; \`model:transformer\` the expressive one
\`sampling:source\` the LSTM’s plain answers, as in the original project: even and slow
\`seed:42\` the same piece again
\`preset:march\` several of these at once; \`/preset list\` shows them all
\`private:true\` only you see it, until you press Share; \`voice:true\` as a voice message, too
What the music is to be like – mood, composer, your own words – is in \`/help topic:character\``,
    character: `**What the music is to be like.** These options are the Transformer’s; where you name no model, they choose it.
\`/compose mood:dreamy\` – mode, speed, density, loudness and height at once; there are ${list(Object.values(englishChoices.mood))}
\`/compose density:sparse\` – few notes in a second; \`density:dense\` many
\`/compose polyphony:thin\` – few notes sound together; \`polyphony:full\` many
\`/compose composer:chopin\` – in the manner of Chopin
\`/compose era:baroque\` – in the manner of a time; there are ${list(Object.values(englishChoices.era))}
\`/compose text:"sad slow music in d minor"\` – the same in your own words; the answer says what I understood
**Together**: one thing wins over a mood, and an option over the text.
\`/compose mood:happy density:sparse era:classical\`
\`/compose text:"calm, very soft" composer:debussy notes:200\``,
    files: `**Your own MIDI files**
\`/compose midi:…\` starts from the first notes of the file; any MIDI file up to 256 KB will do.
On a message with a MIDI file, right-click or long-press it and choose **Apps**: compose from it, or continue it.
Or mention me in a message with a file: \`@me notes:200 temp:0.8\`. In direct messages the mention is not needed.
Drums are left out; a piece is heard as piano.`,
    server: `**For people who manage the server**
\`/settings\` – what /compose takes when nothing is said, where Share posts to, how much there is in an hour, who may train, my language
\`/preset save\` – name a set of options for everybody
\`/train\` – teach a copy of my network your own music; nothing changes until you press Use
\`/model\` – list, choose, roll back or delete the server’s models
\`/forget\` – delete everything that I keep for the server`,
  },

  about: {
    composes: (version: string) =>
      `**Musical AI** ${version} composes note by note, from an opening of mine or from your MIDI file.`,
    /** @param from where it comes from */
    model: (id: string, from: string) => `Model here: \`${id}\` (${from}). \`/model list\` shows them all.`,
    shipped: 'it comes with me',
    operator: 'my operator added it',
    server: (parent?: string, date?: string) =>
      `this server trained it${parent === undefined ? '' : ` from \`${parent}\``}${date === undefined ? '' : `, ${date}`}`,
    /** @param maestro a link */
    licence: (maestro: string) =>
      `Weights that come with me learnt from ${maestro} (Hawthorne et al., ICLR 2019) and follow its licence, CC BY-NC-SA 4.0: not for commercial use. My code is MIT.`,
    line: (commandMs: number, gatewayMs: number | undefined, since: string) =>
      `Your command reached me in ${number(commandMs)} ms; the gateway answers in ${gatewayMs === undefined ? 'a moment' : `${number(gatewayMs)} ms`}. Up since ${since}.`,
  },

  settings: {
    title: '**Settings of this server**',
    /** @param options as one writes them; none for the bot's own */
    defaults: (options?: string) =>
      `Options of /compose when they are not given: ${options === undefined ? 'mine' : `\`${options}\``}`,
    shareChannel: (channel?: string) => `Share posts to: ${channel ?? 'the channel it is pressed in'}`,
    presets: (count: number) => `Presets of its own: ${number(count)} (see \`/preset list\`)`,
    limits: (person: number, server: number) =>
      `Pieces an hour: ${number(person)} for each person, ${number(server)} for everybody together`,
    trainers: (names: string) =>
      `Who may train and choose models: people who manage the server${names === '' ? '' : `, ${names}`}`,
    /** @param language in its own words; none for that of the server */
    language: (language?: string) =>
      `Language where I do not know a person’s: ${language ?? 'the server’s own'}`,
  },

  presets: {
    saved: (name: string, command: string) => `Saved the preset **${name}**: \`${command}\``,
    deleted: (name: string) => `Deleted the preset **${name}**.`,
    own: 'This server’s presets:',
    builtIn: 'Mine:',
    hint: '-# Use one with `/compose preset:…`; options given beside it win.',
  },

  forget: {
    warning: (presets: number, models: number) =>
      `**This deletes everything that I keep for this server**: its settings, its presets (${number(presets)}), the models that it trained (${number(models)}), and a training that is going on. It cannot be undone. Pieces in the channels stay.`,
    button: 'Delete everything',
    done: 'I have deleted everything that I kept for this server.',
  },

  models: {
    current: 'in use',
    shipped: 'comes with the bot',
    operator: 'from the operator of the bot',
    server: 'trained by this server',
    /** What each kind of network is, after its name and a colon: at most 75 characters. */
    kinds: {
      transformer: 'many voices, its own dynamics; follows mood, composer, text',
      lstm: 'small and quick; can be taught with /train',
    },
    trained: 'Trained',
    from: (parent: string) => `from ${parent}`,
    epochs: (count: number) => counted(count, epochs),
    rate: (rate: string) => `rate ${rate}`,
    windows: (count: number) => counted(count, { one: 'window', other: 'windows' }),
    heldOutLoss: 'Held-out loss',
    parentLoss: 'Its parent’s',
    losses: (pitch: string, step: string, duration: string) =>
      `pitch ${pitch}, step ${step}, duration ${duration}`,
    validationLoss: 'Validation loss',
    first: (value: string) => `first ${value}`,
    lowest: (value: string, at: number) => `lowest ${value} after ${counted(at, epochs)}`,
    last: (value: string) => `last ${value}`,
    learntFrom: (count: number) => `Learnt from ${counted(count, files)}:`,
    more: (count: number) => `… and ${number(count)} more.`,
    inUse: (name: string) =>
      `This server now composes with ${name}; \`/model rollback\` goes back to the one before.`,
    deleted: (name: string) => `The model ${name} is deleted.`,
  },

  training: {
    heading: (name: string, parent: string, user: string) =>
      `**Training ${name}** from ${parent}, for ${user}`,
    resumed: 'goes on after a restart',
    gettingReady: 'Getting ready.',
    justBegun: 'it has only just begun',
    epoch: (epoch: number, total: number) => `epoch ${number(epoch)} of ${number(total)}`,
    loss: (value: string) => `loss ${value}`,
    validationLoss: (value: string) => `validation loss ${value}`,
    lowest: (value: string) => `lowest so far ${value}`,
    /** @param minutes 0 for less than one */
    timeLeft: (minutes: number) =>
      minutes < 1 ? 'less than a minute left' : `about ${number(minutes)} min left`,
    paused: 'I am being restarted; the training goes on afterwards.',
    listen: 'Listen to both: the same opening and seed through each of them.',
    finished: 'It ran to its end.',
    'no-improvement': 'It ended early, since it no longer improved; this is the best of it.',
    stopped: 'It was cancelled; this is the best so far.',
    diverged: 'It ended early, since its loss was no longer a number; this is the best until then.',
    better: (change: number, value: string, parent: string, parentValue: string) =>
      `**Better by ${percent(change, 1)}:** on held-out music its loss is ${value}, that of ${parent} ${parentValue}.`,
    noBetter: (name: string, value: string, parent: string, parentValue: string) =>
      `**${name} is no better than ${parent}:** on held-out music its loss is ${value}, that of ${parent} ${parentValue}. It is not worth using, unless your ears say otherwise.`,
    /** Headings of a table set in code: at most 16 characters, the others at most 8. */
    table: { heldOut: 'held out', loss: 'loss', pitch: 'pitch', step: 'step', duration: 'duration' },
    nothingChanges: 'Nothing changes in this server until somebody who may train presses Use.',
    withoutFiles: 'Discord did not take the curve and the sound; `/model show` has the figures.',
    failed: (sentence: string) => `**It could not be carried through.** ${sentence}`,
    operatorNumber: (id: string) => `The operator finds the reason under the number ${id}.`,
    windows: (training: number, heldOut: number) =>
      `${number(training)} windows to learn from, ${number(heldOut)} held out.`,
    leftOut: (file: string, reason: string) => `Left out: ${file}: ${reason}`,
    leftOutMore: (count: number) => `Left out as well: ${number(count)} more.`,
    begun: (link: string) => `The training has begun: ${link}`,
    begunUnseen:
      'The training has begun, but I cannot show it in this channel; once it has ended, `/model show` has its result.',
    otherParent: (parent: string) =>
      `It starts from ${parent}: the model that this server uses is a Transformer, which cannot be taught here.`,
    cancelled: 'The training ends now; the best so far is kept.',
  },

  apology: (id: string) =>
    `Sorry, something went wrong on my side. Please try again; if it keeps happening, tell the operator this number: ${id}.`,
  refusal: ({ message }: Refusal) => message,
};

export type Language = typeof english;
