import type { OptionProblem, Refusal, UserErrorCode, UserErrors } from '../../src/errors/user-error.js';
import type { RefusalSentences } from '../../src/i18n/refusals.js';

type Codes = Exclude<keyof RefusalSentences, 'options'>;

/** Details of every code that a user can meet, some in several ways. */
const details: { readonly [Code in Codes]: readonly UserErrors[Code][] } = {
  'midi.empty': [{}],
  'midi.not-midi': [
    {},
    { looksLike: { type: 'picture', format: 'PNG' } },
    { looksLike: { type: 'recording', format: 'MP3' } },
    ...(['pdf', 'zip', 'web-page', 'music-xml', 'xml'] as const).map((type) => ({ looksLike: { type } })),
  ],
  'midi.damaged': [{}],
  'midi.smpte': [{}],
  'midi.only-drums': [{}],
  'midi.no-notes': [{ struck: true }, { struck: false }],
  'midi.unreadable': [{}],
  'midi.too-large': [{ actual: 300_000, limit: 262_144 }],
  'midi.too-many-tracks': [{ actual: 65, limit: 64 }],
  'midi.too-many-notes': [{ actual: 20_001, limit: 20_000 }],
  'midi.too-many-events': [{ actual: 100_001, limit: 100_000 }],
  'midi.too-long': [{ actual: 601, limit: 600 }],
  'record.unknown': [{}],
  'model.unknown': [
    { name: 'mine', names: [] },
    { name: 'mine', names: ['lstm', 'big'] },
  ],
  'model.kind': [{ kind: 'transformer' }],
  'model.damaged': [{ name: 'mine' }],
  'model.name': [{}],
  'model.taken': [{ name: 'mine' }],
  'model.no-previous': [{ name: 'lstm' }],
  'model.not-own': [
    { name: 'lstm', isShared: true },
    { name: 'lstm', isShared: false },
  ],
  'model.in-use': [{ name: 'mine' }],
  'model.elsewhere': [{ name: 'mine' }],
  'compose.closed': [{}],
  'compose.busy': [{}],
  'compose.lost': [{}],
  'compose.unreachable': [{}],
  'compose.version': [{}],
  'compose.cancelled': [{}],
  'compose.over': [{}],
  'disk.full': [{}],
  'zip.too-large': [{ files: 500 }, { unpackedMegabytes: 48 }],
  'zip.damaged': [{}],
  'training.too-little-music': [{ windows: 3, needed: 50, windowNotes: 25 }],
  'training.kind': [{ name: 'maestro' }],
  'training.interrupted': [{}],
  'training.failed': [{}],
  'training.lost': [{}],
  'training.over': [{}],
  'training.unreadable': [{ isZip: true }, { isZip: false }],
  'training.busy': [{}, { model: 'mine', done: 0.4, secondsLeft: 150 }],
  'training.too-large': [{ mebibytes: 8 }],
  'training.no-music': [{ folderFiles: 0 }, { folderFiles: 20 }],
  'training.two-sources': [{}],
  'training.no-folder': [{}],
  'training.folder-files': [{ files: 1 }, { files: 20 }],
  'training.epochs': [{ min: 1, max: 100, given: 0 }],
  'training.rate': [{ min: 0.000001, max: 0.05, given: 1 }],
  'training.file': (['zip-in-zip', 'not-midi', 'encrypted', 'unusual', 'too-large', 'damaged'] as const).map(
    (why) => ({ why, mostMegabytes: 4 }),
  ),
  'training.same-file': [{ twin: 'a.mid' }],
  'command.unknown': [{}],
  'action.unknown': [{}],
  'action.no-message': [{}],
  'bot.stopping': [{}],
  'bot.restarted': [{}],
  'bot.too-late': [{}],
  'bot.permissions': [{ missing: ['AttachFiles'] }, { missing: ['ViewChannel', 'SendMessages'] }],
  'bot.not-owner': [{ act: 'cancel' }, { act: 'delete' }],
  'settings.only-managers': [{}],
  'settings.only-trainers': [{}],
  'settings.no-server': [{}],
  'settings.too-many-trainers': [{ most: 50 }],
  'share.at-once': [{ running: 1 }, { running: 2 }],
  'share.hour': [
    { who: 'you', had: 4, limit: 4, pieces: 1, nextSeconds: 1_003_600 },
    { who: 'server', had: 4, limit: 5, pieces: 3, nextSeconds: 1_003_600 },
    { who: 'you', had: 0, limit: 1, pieces: 4 },
  ],
  'share.channel': [{ channel: '123' }],
  'attachment.host': [{}],
  'attachment.expired': [{}],
  'attachment.unreachable': [{}],
  'piece.gone': [{}],
  'remix.slow': [{}],
  'message.no-midi': [{}],
  'message.one-midi': [{}],
  'message.many-midi': [{}],
  'message.empty': [{}],
  'preset.empty': [{}],
  'preset.name': [{}],
  'preset.built-in': [{ name: 'march' }],
  'preset.too-many': [{ most: 50 }],
  'preset.unknown': [
    { name: 'waltz', names: [] },
    { name: 'waltz', names: ['march'] },
  ],
};

const problems: { readonly [P in OptionProblem['problem']]: Extract<OptionProblem, { problem: P }> } = {
  range: { problem: 'range', option: 'notes', whole: true, min: 1, max: 2000, given: 0 },
  choice: { problem: 'choice', option: 'scale', choices: ['major', 'dorian'], given: 'loud' },
  name: { problem: 'name', option: 'model', given: '../x' },
  truth: { problem: 'truth', option: 'voice', given: 'maybe' },
  twice: { problem: 'twice', option: 'temp' },
  fixed: { problem: 'fixed', option: 'tempo' },
  kind: { problem: 'kind', option: 'mood', kind: 'transformer' },
  'two-beginnings': { problem: 'two-beginnings' },
  'voice-of-several': { problem: 'voice-of-several' },
  unreadable: { problem: 'unreadable', word: 'fast' },
  unknown: { problem: 'unknown', name: 'loud', names: ['notes', 'temp'] },
};

function refusal(code: UserErrorCode, of: UserErrors[UserErrorCode]): Refusal {
  return { code, message: `English for ${code}`, details: of };
}

/** Every refusal that a user can meet; its English message is none of any language. */
export const sampleRefusals: readonly Refusal[] = [
  ...Object.entries(details).flatMap(([code, several]) =>
    several.map((of) => refusal(code as UserErrorCode, of)),
  ),
  ...Object.values(problems).map((of) => refusal('options.sample', of)),
];
