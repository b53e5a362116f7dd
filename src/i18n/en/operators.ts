import type { ConfigError, SettingProblem } from '../../errors/config-error.js';
import type { OperatorSentences } from '../refusals.js';

/** Messages for operators and terminal users, in English everywhere. */
export const operatorSentences: OperatorSentences = {
  'corpus.no-folder': ({ folder }) => `The folder ${folder} doesn't exist. Name a folder with MIDI files.`,
  'corpus.no-test-split': ({ folder }) =>
    `${folder} has no test split. Only MAESTRO comes with one: use the validation split.`,
  'corpus.too-few-files': ({ folder, files, fit }) =>
    `Not enough music in ${folder}: of ${files} MIDI files, ${fit} can be used, and training needs at least 2. Add more files.`,
  'corpus.too-short': ({ notes, windowNotes }) =>
    `Too short: it has ${notes} notes, and training needs more than ${windowNotes}.`,
  'sound-font.too-large': ({ file, mostMegabytes }) =>
    `The SoundFont "${file}" is larger than ${mostMegabytes} MB. Choose a smaller one, such as one with only a piano.`,
  'sound-font.unreadable': ({ file }) =>
    `Can't read the SoundFont "${file}". Check that the file exists and that the bot may read it.`,
  'sound-font.unknown': ({ file }) => `"${file}" is not a SoundFont. Choose a file in SF2 format.`,
  'sound-font.compressed': ({ file }) =>
    `The SoundFont "${file}" is compressed (SF3). Convert it to SF2, for example with Polyphone.`,
  'sound-font.broken': ({ file, reason }) =>
    `Can't load the SoundFont "${file}" (${reason}). Choose another one.`,
  'sound-font.silent': ({ file }) =>
    `The SoundFont "${file}" has no sound for the piano (bank 0, program 0). Choose another one.`,
  'import.missing': ({ file }) => `Can't read the file ${file}. Check its name.`,
  'import.not-hdf5': ({ file }) => `${file} is damaged, or not an HDF5 file. Use a Keras .h5 file.`,
  'import.tensor': ({ file, tensor, shape }) =>
    `${file} has no tensor ${tensor} of shape [${shape.join(', ')}] in float32. Use a Keras .h5 file of this network.`,
  'import.package': () =>
    'Reading Keras files needs the package h5wasm. Install it with "npm ci --include=dev".',
  'card.missing': ({ file }) => `Can't read the model card ${file}. Check its name.`,
  'folder.unusable': ({ folder, reason }) =>
    `Can't write to the folder ${folder}: ${reason}. Choose another one with --out.`,
  'input.missing': ({ file }) => `Can't read the file ${file}. Check its name.`,
  'input.mismatch': ({ folder }) =>
    `${folder} holds a training with other options or files. Use another --out, or remove ${folder}/checkpoints to start over.`,
  'evaluation.too-short': ({ pieces, notes }) =>
    `Not enough long pieces: fewer than two of the ${pieces} pieces in a split have ${notes} notes. Use longer music.`,
  'evaluation.songs': ({ name }) =>
    `${name} composes songs, which are evaluated style by style. Add --style pop, or --style all.`,
  'evaluation.book': ({ name }) =>
    `The model "${name}" composes by patterns and rules, so there is no network to evaluate. Choose another one.`,
  'operator.no-model': ({ folders }) => `No model found in ${folders.join(' or ')}. Put one there.`,
  'operator.default-model': ({ name, names }) =>
    `DEFAULT_MODEL is "${name}", but there is no such model. Use one of ${names.join(', ')}.`,
  'operator.tensorflow': () =>
    'TensorFlow.js is not installed. Run "npm ci --include=dev", or train with the kernel, which needs no package.',
  'operator.redis': ({ reason }) => `Can't use REDIS_URL: ${reason.replace(/\.$/, '')}.`,
};

/** What the monitor says. */
export const monitor = {
  ok: 'ok',
  onlyGet: 'only GET',
  noPage: 'no such page',
  /** Why requests are not accepted. */
  unready: {
    stopping: 'stopping',
    disconnected: 'not connected to Discord',
    noWorkers: 'no worker is heard of through Redis, so nothing is composed',
  },
  /** What each metric means. */
  metrics: {
    requests: 'Requests, by command and outcome.',
    threads: 'Threads that died or took too long, and were replaced, by their work.',
    pieces: 'Pieces under way, by stage.',
    queued: 'Time that pieces waited for their turn.',
    composing: 'Time in the network.',
    rendering: 'Time for files, sound and picture.',
    delay: 'Delay of the event loop since the last look.',
    memory: 'Memory of the process.',
    connected: '1 while Discord is connected.',
    training: '1 while a model is trained.',
    trained: 'How much of the training is done, 0 to 1.',
    workers: 'Workers that are heard of through Redis.',
    radios:
      'Radios that play and their listeners; since the start, their pieces, packets, late packets and times without sound.',
  },
};

/** Why the bot exits, for the operator. */
export const exits = {
  tokenRefused:
    'Discord no longer accepts DISCORD_TOKEN: copy the current token from the Discord Developer Portal into .env.',
  invalidShard: 'Discord refused the connection: the shard number is not valid. Check SHARD_LIST.',
  shardingRequired:
    'Discord refused the connection: the bot is in too many servers for one shard. Set SHARD_LIST and SHARD_COUNT.',
  invalidApiVersion:
    'Discord refused the connection: it no longer supports this version of its API. Update the bot.',
  invalidIntents: 'Discord refused the connection: the gateway intents are not valid. Update the bot.',
  disallowedIntents:
    'Discord refused the connection: the Discord Developer Portal does not allow an intent that the bot needs. Allow it there.',
  closed: (code: number): string => `Discord closed the connection for good (code ${code}).`,
  loginFailed: (reason: string): string => `Can't log in to Discord: ${reason}.`,
  monitorPort: (reason: string): string => `Can't use MONITOR_PORT: ${reason}.`,
};

/** What is wrong with a setting, and what is expected. */
const settingProblems: Readonly<Record<SettingProblem, (allowed: string) => string>> = {
  'token-missing': () => 'is missing: add the token of your bot to the file .env (see .env.example)',
  'token-form': () => 'must be a token without spaces, as the Discord Developer Portal shows it',
  'http-address': () => 'must be an http or https address',
  hosts: () => 'must be a comma-separated list of host or host:port',
  'shard-list': () => 'must be a comma-separated list of numbers',
  'shards-alone': () => 'and SHARD_COUNT must be given together',
  'shard-numbers': () => 'must have numbers below SHARD_COUNT only; the first is 0',
  'user-ids': () => 'must be a comma-separated list of user ids, as Discord copies them in developer mode',
  'whole-number': () => 'must be a whole number',
  mebibytes: () => 'must be a number of mebibytes',
  seconds: () => 'must be a number of seconds',
  'redis-missing': () =>
    'is missing: add the address of your Redis server to the file .env (see .env.example)',
  'redis-address': () => 'must be the address of a Redis server: redis://host:port',
  choice: (allowed) => `must be one of ${allowed}`,
  least: (allowed) => `must be at least ${allowed}`,
  most: (allowed) => `must be at most ${allowed}`,
};

/** Why the program does not start. Omits the value of the setting, which may be a secret. */
export function settingRefusal({ setting, problem, allowed }: ConfigError): string {
  return `${setting} ${settingProblems[problem](allowed)}.`;
}
