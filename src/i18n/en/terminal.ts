import { formatDuration } from '../../request/duration.js';
import { charactersFile } from '../../model/characters-file.js';
import { figuresFile } from '../../model/figures-file.js';
import { defaultModel, optionNames, specOf, type OptionName } from '../../request/options.js';
import { options } from './options.js';

/** The texts of the CLI. */
export const terminal = {
  /** Appended to an error in the command line. */
  seeHelp: 'See --help.',

  /** Errors in the command line. */
  noSongs: (style: string, folder: string): string =>
    `Skipped ${style}: ${folder} has no song in that style with a key, chords and 16 bars in one meter. training/song/convert.py packs songs.`,

  wrong: {
    number: (name: string, whole: boolean, min: number, max: number, given: string): string =>
      `--${name} must be a ${whole ? 'whole number' : 'number'} from ${min} to ${max}. You entered "${given}".`,
    choice: (name: string, choices: readonly string[], given: string): string =>
      `--${name} must be ${choices.join(' or ')}. You entered "${given}".`,
    missing: (names: readonly string[]): string =>
      names.length === 1 ? `--${names[0]} is missing.` : `--${names.join(' and --')} are needed.`,
    noData: '--data is missing. Name a folder with MIDI files.',
    noTags: (model: string): string => `${model} is not a model that follows composers and eras.`,
    twoBeginnings: 'Use either --input or --opening, not both.',
    noPackedSongs: (folder: string): string =>
      `${folder} has no packed songs. Create them with training/song/convert.py.`,
    noFile: 'Name one .h5 file.',
    name: (given: string): string =>
      `--name can only contain letters, digits, dots and dashes. You entered "${given}".`,
    setting: (names: readonly string[], given: string): string =>
      `--set takes NAME=VALUE,VALUE, with NAME one of ${names.join(', ')}. You entered "${given}".`,
    noSetting: '--set is missing. Name a setting and its values.',
  },

  /** Labels of progress bars. */
  progress: {
    composing: 'Composing',
    rendering: 'Rendering',
    reading: 'Reading MIDI files',
    comparing: 'Comparing with real music',
    copies: 'Looking for copies',
    likelihood: 'Reading held-out music',
    obeying: 'Checking each option',
    tags: 'Checking tags',
    pieces: 'Composing whole pieces',
    wishes: 'Asking for composers, eras and moods',
    timing: 'Timing',
    settings: 'Trying settings',
    notes: 'notes',
    seconds: 's',
    training: {
      title: 'Training',
      epoch: 'epoch',
      loss: 'loss',
      validation: 'validation',
      left: 'left',
    },
  },

  replaced: (files: readonly string[], folder: string): string =>
    `Replaced ${new Intl.ListFormat('en', { type: 'conjunction' }).format(files)} in ${folder}.`,
  /** Reasons why a folder cannot be written to. */
  reasons: {
    file: "it's a file, or inside one",
    folder: 'it has a folder with the name of a file',
    readOnly: "it's read-only",
    full: 'the disk is full',
    impossible: "it can't be created",
  },
  skipped: (file: string, reason: string): string => `Skipped ${file}: ${reason}`,
  understood: (known: readonly string[]): string => `understood: ${known.join(', ') || 'nothing'}`,
  composed: (seed: number, model: string, seconds: string): string =>
    `seed ${seed}, model ${model}, ${seconds} s`,
  engine: (name: string): string => `Engine: ${name}. Press Ctrl-C to stop and keep the best checkpoint.`,
  resuming: (step: number): string => `Resuming from step ${step}.`,
  trained: {
    ended: (steps: number, how: string, windows: number): string =>
      `Ended after ${steps} steps: ${how}. Over all ${windows} validation windows:`,
    weighted: 'weighted',
    parts: { pitch: 'pitch', step: 'step', duration: 'duration' },
    thisModel: 'this model',
    constant: 'constant, pitch unigram',
    bigram: 'pitch bigram',
    model: (path: string): string => `Model: ${path}`,
  },
  /** For a model card, when the person who trains does not describe the music. */
  musicOfTrainer: (files: number | undefined): string =>
    `MIDI files chosen by the person who trained it (${files ?? 'all'} files).`,

  usage: {
    compose: (): string => `Usage: npm run compose -- [options]

Composes a piece and writes it as MIDI, audio and a picture.

${optionNames.map(optionUsage).join('\n')}
  --input FILE.mid      MIDI file to start from, instead of a built-in opening
  --out DIR             where to write the files (default: out)
  --soundfont FILE.sf2  SoundFont to use instead of the built-in sounds
  --json                print one line of JSON about the result
${common(20)}`,

    train: (engines: readonly string[]): string => `Usage: npm run train -- --data DIR [options]

Trains the network on the MIDI files in DIR. Give the same command again to resume an
interrupted training. Ctrl-C stops it and keeps the best checkpoint.

  --data DIR            MIDI files, in any subfolder; uses MAESTRO's own split
  --files N             train on N of them, chosen by the seed, and hold out
                        no more than that                             (all)
  --epochs N            passes through the data                       (10)
  --name NAME           name of the model                             (lstm)
  --out DIR             where to write model and checkpoints          (data/trainings/NAME)
  --batch N             windows per batch                             (128)
  --rate R              Adam's peak learning rate                     (0.01)
  --schedule S          cosine | constant                             (cosine)
  --warm-up N           windows over which the rate rises             (15000)
  --clip R              largest norm of a gradient                    (0.1)
  --pitch-weight W      weight of the pitch loss until the last part of the training;
                        after that, and in all figures shown, 0.05    (0.4)
  --pitch-weight-until F  where that last part begins, 0 to 1         (0.7)
  --transpose N         augmentation: up to N semitones up or down    (3)
  --stretch F           augmentation: tempo up to F faster or slower  (0)
  --patience N          rounds without improvement before stopping    (10)
  --round N             windows between validations, if less than an epoch (250000)
  --engine E            auto | ${engines.join(' | ')}; auto uses native TensorFlow
                        where it works and is no slower, else the kernel (auto)
  --describe-data TEXT  for the model card: what the music is, whose, its licence
  --seed N              seed for every random choice                  (1)
${common(20)}`,

    evaluate: (section: string, excerpts: number): string => `Usage: npm run evaluate -- --data DIR [options]

Measures how good a model's music is: how probable it finds held-out music, how far its own
is from real music, its structure, faults and copies, whether it follows options, and its cost.
Writes report.html to look at, report.md for a model card, and report.json.

  --data DIR       MIDI files, in any subfolder; uses MAESTRO's own split
  --split NAME     held-out split: validation | test (only in MAESTRO) (validation)
  --model NAME     which model                                 (${defaultModel})
  --style NAMES    for a song model: the styles to judge, separated by commas; either styles of its
                   training music, compared with held-out songs, or styles that people request;
                   all: the former, requested: the latter. --data is then the output of
                   training/song/convert.py, --model defaults to song
  --sampling NAME  rhythm: spread | source                     (spread)
  --limit N        at most N pieces and excerpts, for a quick look (${excerpts} excerpts, all pieces)
  --out DIR        where to write the report                   (out/evaluation)
  --card FILE      model card whose section "${section}" to replace with the report
  --json           print the report as JSON
${common(15)}`,

    sweep: (section: string, excerpts: number, seeds: number): string =>
      `Usage: npm run sweep -- --data DIR --set NAME=VALUE,VALUE… [--set …] [options]

Compares sampling settings of a model by how far its music is from real music, for every
combination of the values. Writes sweep.md, a table for the model card.

  --data DIR       MIDI files, in any subfolder; uses MAESTRO's own split
  --set NAME=V,V…  values of a setting of the model, e.g. temperature=0.9,1,1.1
  --split NAME     held-out split: validation | test          (validation)
  --model NAME     which model                                (${defaultModel})
  --limit N        at most N excerpts, for a quick look       (${excerpts})
  --seeds N        seeds, 1 to N                              (${seeds})
  --out DIR        where to write the table                   (out/sweep)
  --card FILE      model card whose section "${section}" to replace with the table
${common(15)}`,

    figures: (): string => `Usage: npm run figures -- --data DIR --out DIR

Writes ${figuresFile}, which lets a Transformer or a song network recognise long passages of its
training music and avoid copying them.

  --data DIR  the MIDI files it was trained on, in any subfolder; uses MAESTRO's own split
  --songs     for a song network; --data is the output of training/song/convert.py
  --out DIR   folder of the model
${common(10)}`,

    characters: (): string => `Usage: npm run characters -- --data DIR --out DIR

Writes ${charactersFile}, from which a Transformer draws how fast, loud and full a piece is when only
a composer or an era is requested.

  --data DIR  MAESTRO, which names the composers; only its train split is used
  --out DIR   folder of the model
${common(10)}`,

    start: (): string => `Usage: npm start

Runs the bot. Its settings come from the environment and from .env; .env.example explains them.

${common(9)}`,

    worker: (): string => `Usage: npm run worker

Composes for bots that share its Redis. Its settings come from the environment and from .env;
.env.example explains them.

${common(9)}`,

    importKeras: (): string => `Usage: npm run import-keras -- FILE.h5 [--name NAME] [--out DIR]

Converts a Keras file of the network (LSTM 128; heads pitch, step, duration) into a model that
can compose: npm run compose -- --model NAME

  --name NAME  name of the model           (the name of the file)
  --out DIR    folder of models            (data/models)
${common(11)}`,
  },
};

/** Options that every program has; descriptions start in column `width`. */
function common(width: number): string {
  return `  -h, --${'help'.padEnd(width - 4)}show this help
  --${'version'.padEnd(width)}print the version`;
}

function optionUsage(name: OptionName): string {
  const spec = specOf(name);
  const value = {
    choice: 'NAME',
    name: 'NAME',
    words: 'NAMES',
    several: 'NAMES',
    notation: 'TEXT',
    text: 'TEXT',
    title: 'TEXT',
    integer: 'N',
    number: 'N',
    duration: 'TIME',
  }[spec.kind];
  const limit = spec.kind === 'duration' ? formatDuration : String;
  const range = 'min' in spec ? `; ${limit(spec.min)} to ${limit(spec.max)}` : '';
  const choices =
    spec.kind === 'choice' || spec.kind === 'several' ? `\n${' '.repeat(24)}${spec.choices.join(', ')}` : '';
  return `  --${`${name} ${value}`.padEnd(20)}${options[name].description}${range}${choices}`;
}
