import { grids } from '../music/edit/quantise.js';
import { scaleNames, tonics } from '../music/theory/key.js';
import { UserError } from '../errors/user-error.js';
import { ensembleNames, instrumentNames, leftOutNames } from '../plan/instruments.js';
import { songMeters } from '../plan/song-plan.js';
import { styleNames } from '../plan/styles.js';
import { composers } from './words/composer-names.js';
import { composesSongs, keyboardKinds, songKinds, type ModelKind } from './networks.js';
import { densities, eras, moodNames, polyphonies } from './words/wishes.js';

/**
 * The default network, if neither the operator nor the server chose one: the one whose music is closer to
 * real music.
 */
export const defaultModel = 'transformer';

/** Contexts in which only some options are available; texts and the CLI accept all of them. */
export type OptionContext = 'command' | 'preset' | 'settings';

interface Facts {
  /** Alternative names. */
  readonly aliases?: readonly string[];
  /** Its name in the request, if different. */
  readonly setting?: string;
  /** The setting that it is a part of in the request, if it is not one itself. */
  readonly part?: 'key' | 'task' | 'style';
  /** The kinds of network that support it; all if absent. */
  readonly networks?: readonly ModelKind[];
  /** Values that fewer kinds support. */
  readonly networksOf?: Readonly<Record<string, readonly ModelKind[]>>;
  readonly availableIn: readonly OptionContext[];
  /** Set for slash command options, of which there can be 25; all others go into `more`. */
  readonly everyday?: true;
  /** The alternative option: only one of the two can be set. */
  readonly instead?: string;
  /** Fixed when a piece is continued. */
  readonly fixedByPiece?: true;
}

interface NumberSpec extends Facts {
  readonly kind: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
  readonly fallback?: number | 'random';
  /** Values for suggestions and `/help`. */
  readonly examples?: readonly number[];
}

interface ChoiceSpec extends Facts {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly fallback?: string;
}

interface NameSpec extends Facts {
  readonly kind: 'name';
  readonly fallback?: string;
}

/** A duration, as people write it: see `parseDuration`. In seconds once parsed. */
interface DurationSpec extends Facts {
  readonly kind: 'duration';
  readonly min: number;
  readonly max: number;
  readonly examples: readonly number[];
}

/** Free text. */
interface TextSpec extends Facts {
  readonly kind: 'text';
  readonly maxLength: number;
}

/** A person's title for the piece. */
interface TitleSpec extends Facts {
  readonly kind: 'title';
  readonly maxLength: number;
}

/** Several comma-separated choices; if two set the same property, the later one wins. */
interface SeveralSpec extends Facts {
  readonly kind: 'several';
  readonly choices: readonly string[];
}

/** Musical notation: chords, or the letters of a form. */
interface NotationSpec extends Facts {
  readonly kind: 'notation';
  readonly notation: 'chords' | 'form';
  readonly maxLength: number;
  readonly examples: readonly string[];
}

/** Comma-separated choices of several other options, which it sets. */
interface WordsSpec extends Facts {
  readonly kind: 'words';
  readonly of: readonly string[];
}

export type OptionSpec =
  | NumberSpec
  | ChoiceSpec
  | NameSpec
  | DurationSpec
  | TextSpec
  | TitleSpec
  | SeveralSpec
  | NotationSpec
  | WordsSpec;

const everywhere = ['command', 'preset', 'settings'] as const;

/**
 * The single definition of every option. The settings of a request, their validation, record and wire format,
 * the slash commands, the CLI usage and the table in docs/options.md are derived from it. Options are offered
 * and written in this order.
 */
export const optionSpecs = {
  text: {
    kind: 'text',
    maxLength: 200,
    networks: ['transformer', ...songKinds],
    availableIn: everywhere,
    everyday: true,
  },
  style: {
    kind: 'words',
    of: ['mood', 'genre', 'ensemble', 'era', 'composer'],
    part: 'style',
    availableIn: everywhere,
    everyday: true,
  },
  notes: {
    kind: 'integer',
    min: 1,
    max: 2000,
    fallback: 300,
    examples: [60, 800],
    networks: keyboardKinds,
    instead: 'length',
    availableIn: everywhere,
    everyday: true,
  },
  length: {
    kind: 'duration',
    min: 10,
    max: 300,
    examples: [30, 60, 90, 120, 180],
    instead: 'notes',
    availableIn: everywhere,
    everyday: true,
  },
  temp: {
    kind: 'number',
    min: 0.1,
    max: 5,
    fallback: 1,
    examples: [0.7, 1.3],
    setting: 'temperature',
    aliases: ['temperature'],
    availableIn: everywhere,
    everyday: true,
  },
  key: {
    kind: 'choice',
    choices: tonics,
    part: 'key',
    availableIn: everywhere,
    everyday: true,
  },
  scale: {
    kind: 'choice',
    choices: scaleNames,
    part: 'key',
    availableIn: everywhere,
  },
  tempo: {
    kind: 'number',
    min: 0.1,
    max: 2,
    fallback: 1,
    examples: [0.5, 0.75, 1.25, 1.5],
    fixedByPiece: true,
    availableIn: everywhere,
  },
  pitch: {
    kind: 'integer',
    min: 0,
    max: 127,
    examples: [48, 60, 72],
    networks: keyboardKinds,
    fixedByPiece: true,
    availableIn: everywhere,
  },
  velocity: {
    kind: 'integer',
    min: 1,
    max: 127,
    examples: [40, 64, 100],
    networks: keyboardKinds,
    fixedByPiece: true,
    availableIn: everywhere,
  },
  quantise: {
    kind: 'choice',
    choices: grids,
    fallback: 'none',
    aliases: ['quantize'],
    networks: keyboardKinds,
    availableIn: everywhere,
  },
  voices: {
    kind: 'choice',
    choices: ['poly', 'mono'],
    fallback: 'poly',
    networks: keyboardKinds,
    availableIn: everywhere,
  },
  sampling: {
    kind: 'choice',
    choices: ['spread', 'source'],
    networks: ['lstm'],
    availableIn: everywhere,
  },
  mood: {
    kind: 'several',
    choices: moodNames,
    networks: ['transformer', ...songKinds],
    availableIn: everywhere,
  },
  density: {
    kind: 'choice',
    choices: densities,
    networks: ['transformer'],
    availableIn: everywhere,
  },
  polyphony: {
    kind: 'choice',
    choices: polyphonies,
    networks: ['transformer'],
    availableIn: everywhere,
  },
  composer: {
    kind: 'choice',
    choices: composers,
    networks: ['transformer'],
    availableIn: everywhere,
  },
  era: {
    kind: 'choice',
    choices: eras,
    networks: ['transformer'],
    availableIn: everywhere,
  },
  chords: {
    kind: 'notation',
    notation: 'chords',
    maxLength: 400,
    examples: ['Am F C G', 'Dm7 G7 | Cmaj7', 'i VI III VII', '2x(C Am F G) F G C'],
    networks: songKinds,
    availableIn: everywhere,
    everyday: true,
  },
  bpm: {
    kind: 'number',
    min: 30,
    max: 300,
    examples: [60, 90, 120, 140],
    networks: songKinds,
    availableIn: everywhere,
    everyday: true,
  },
  genre: {
    kind: 'choice',
    choices: styleNames,
    networks: songKinds,
    availableIn: everywhere,
  },
  ensemble: {
    kind: 'choice',
    choices: ensembleNames,
    networks: songKinds,
    availableIn: everywhere,
  },
  instruments: {
    kind: 'several',
    choices: instrumentNames,
    networks: songKinds,
    availableIn: everywhere,
  },
  without: {
    kind: 'several',
    choices: leftOutNames,
    networks: songKinds,
    availableIn: everywhere,
  },
  meter: {
    kind: 'choice',
    choices: songMeters,
    networks: songKinds,
    availableIn: everywhere,
  },
  bars: {
    kind: 'integer',
    min: 2,
    max: 200,
    examples: [16, 24, 32, 48],
    networks: songKinds,
    availableIn: everywhere,
  },
  form: {
    kind: 'notation',
    notation: 'form',
    maxLength: 60,
    examples: ['AABA', 'ABAB', 'i4A8B8A8o4'],
    networks: songKinds,
    availableIn: everywhere,
  },
  seed: {
    kind: 'integer',
    min: 0,
    max: 4_294_967_295,
    fallback: 'random',
    examples: [42],
    // It only makes sense for a single piece.
    availableIn: ['command'],
    everyday: true,
  },
  model: {
    kind: 'name',
    fallback: defaultModel,
    // The default model is set only with /model use.
    availableIn: ['command', 'preset'],
    everyday: true,
  },
  opening: {
    kind: 'name',
    part: 'task',
    networks: keyboardKinds,
    // An LSTM needs notes to begin from. The second value is the title of the first.
    networksOf: { none: ['transformer'], improvisation: ['transformer'] },
    fixedByPiece: true,
    availableIn: everywhere,
  },
  title: {
    kind: 'title',
    maxLength: 80,
    // It applies to a single piece.
    availableIn: ['command'],
  },
} as const satisfies Record<string, OptionSpec>;

export type OptionSpecs = typeof optionSpecs;
export type OptionName = keyof OptionSpecs;
export const optionNames = Object.keys(optionSpecs) as readonly OptionName[];

/** Options with a value of their own, as opposed to those that set others. */
export type RawName = {
  [Name in OptionName]: OptionSpecs[Name] extends { readonly kind: 'words' } ? never : Name;
}[OptionName];
export const rawNames = optionNames.filter((name): name is RawName => specOf(name).kind !== 'words');

/** The spec without the types of its values, which differ between options. */
export function specOf(name: OptionName): OptionSpec {
  return optionSpecs[name];
}

/** Option values as a person gave them, not yet validated; options that set others are already replaced. */
export type RawOptions = { readonly [name in RawName]?: number | string | undefined };

/** Options that a continuation cannot have, because they would change the existing piece. */
export const fixedByPiece = rawNames.filter((name) => specOf(name).fixedByPiece === true);

/** Options that are slash command options, in this order. */
export const everydayOptions = optionNames.filter((name) => specOf(name).everyday === true);

/** All options except these. */
export function without(options: RawOptions, names: readonly OptionName[]): RawOptions {
  const left: readonly string[] = names;
  return Object.fromEntries(Object.entries(options).filter(([name]) => !left.includes(name)));
}

/** The options available in a context. */
export function optionsIn(context: OptionContext): readonly OptionName[] {
  return optionNames.filter((name) => specOf(name).availableIn.includes(context));
}

/** Options that only songs support. */
export const songOptions = rawNames.filter((name) => specOf(name).networks?.every(composesSongs));

/** Options that songs do not support. */
const keyboardOptions = rawNames.filter((name) => specOf(name).networks?.some(composesSongs) === false);

/** Whether an option is set that only songs support. */
export function asksForSong(raw: RawOptions): boolean {
  return songOptions.some((name) => raw[name] !== undefined);
}

/** Whether songs support all of these options. */
export function canBeSong(raw: RawOptions): boolean {
  return keyboardOptions.every((name) => raw[name] === undefined);
}

/**
 * The kinds of network that support all of these options, the best ones first.
 * @param isSong for several instruments; otherwise for one keyboard
 * @param kind of the model, if one is named
 * @throws UserError naming an option that none of them supports
 */
export function kindsFor(raw: RawOptions, isSong: boolean, kind?: ModelKind): readonly ModelKind[] {
  let kinds: readonly ModelKind[] = isSong ? songKinds : keyboardKinds;
  if (kind !== undefined) kinds = kinds.filter((each) => each === kind);
  for (const option of rawNames) {
    const networks = networksFor(raw, option);
    if (raw[option] === undefined || networks === undefined) continue;
    const left = kinds.filter((each) => networks.includes(each));
    if (left.length === 0) throw unfollowed(raw, option, networks);
    kinds = left;
  }
  return kinds;
}

/** The kinds of network that support an option's value; undefined if all do. */
function networksFor(raw: RawOptions, option: RawName): readonly ModelKind[] | undefined {
  const { networks, networksOf } = specOf(option);
  return networksOf?.[String(raw[option]).toLowerCase()] ?? networks;
}

/** The error for an unsupported option, with a solution: another kind of model, or removing an option. */
function unfollowed(raw: RawOptions, option: RawName, networks: readonly ModelKind[]): UserError {
  const given = rawNames.filter((name) => raw[name] !== undefined);
  const followsAll = networks.find((kind) =>
    given.every((name) => networksFor(raw, name)?.includes(kind) ?? true),
  );
  const contrary = given.find((name) => networksFor(raw, name)?.every((kind) => !networks.includes(kind)));
  return followsAll === undefined && contrary !== undefined
    ? new UserError(`options.${option}`, { problem: 'instead', option, instead: contrary })
    : new UserError(`options.${option}`, {
        problem: 'kind',
        option: networks === specOf(option).networks ? option : `${option}:${String(raw[option])}`,
        kind: followsAll ?? networks[0]!,
      });
}

/**
 * Merges options; `winning` ones take precedence. If they include a model, or an option that needs a kind of
 * model, earlier options that this model does not support are dropped.
 */
export function overriding(earlier: RawOptions, winning: RawOptions): RawOptions {
  if (Object.keys(earlier).length === 0) return winning;
  const chosen = rawNames.flatMap((name) => {
    const networks = networksFor(winning, name);
    return winning[name] === undefined || networks === undefined ? [] : [networks];
  });
  const isUnfit = (name: RawName): boolean => {
    const { instead } = specOf(name);
    const networks = networksFor(earlier, name);
    if (
      instead !== undefined &&
      Object.entries(winning).some(([other, value]) => other === instead && value !== undefined)
    )
      return true;
    if (name === 'model') return chosen.length > 0;
    if (networks === undefined) return false;
    const isFollowed = chosen.every((kinds) => kinds.some((kind) => networks.includes(kind)));
    return winning.model !== undefined || !isFollowed;
  };
  const kept = rawNames.filter((name) => earlier[name] !== undefined && !isUnfit(name));
  return { ...Object.fromEntries(kept.map((name) => [name, earlier[name]])), ...winning };
}
