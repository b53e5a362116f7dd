import { scaleNames, tonics, type Key } from '../music/theory/key.js';
import { grids } from '../music/edit/quantise.js';
import type { CompositionRequest } from './request.js';
import { parseScale, parseTonic } from '../music/theory/scale.js';
import { UserError } from '../errors/user-error.js';
import { densities, eras, moodNames, polyphonies, type Wishes } from './words/wishes.js';
import { understand } from './words/understand.js';
import { composers } from './words/composer-names.js';

/**
 * Every option of a composition, once: the slash command declares its minimum, maximum and
 * choices to Discord, the terminal prints its usage, and both are checked by
 * {@link parseOptions}.
 */
interface NumberSpec {
  readonly kind: 'integer' | 'number';
  readonly min: number;
  readonly max: number;
  readonly description: string;
}

interface ChoiceSpec {
  readonly kind: 'choice';
  readonly choices: readonly string[];
  readonly description: string;
}

interface NameSpec {
  readonly kind: 'name';
  readonly description: string;
}

/** Words of the person's own. */
interface TextSpec {
  readonly kind: 'text';
  readonly maxLength: number;
  readonly description: string;
}

export type OptionSpec = NumberSpec | ChoiceSpec | NameSpec | TextSpec;

export const optionSpecs = {
  notes: { kind: 'integer', min: 1, max: 2000, description: 'How many notes to compose (300)' },
  temp: {
    kind: 'number',
    min: 0.1,
    max: 5,
    description: 'Temperature: below 1 is safer, above 1 is bolder (1.0)',
  },
  tempo: { kind: 'number', min: 0.1, max: 2, description: 'Speed: 2 is twice as fast (1.0)' },
  pitch: {
    kind: 'integer',
    min: 0,
    max: 127,
    description: 'Where the middle of the music lies; 60 is middle C',
  },
  velocity: {
    kind: 'integer',
    min: 1,
    max: 127,
    description: 'How loud on average: 40 is soft, 100 is loud',
  },
  key: { kind: 'choice', choices: tonics, description: 'Key note of the scale; alone, it means major' },
  scale: {
    kind: 'choice',
    choices: scaleNames,
    description: 'Scale that every note belongs to; alone, on C',
  },
  quantise: {
    kind: 'choice',
    choices: grids,
    description: 'Put notes on a grid: seed is 8th to whole notes, straight 16ths, triplet 8ths',
  },
  voices: { kind: 'choice', choices: ['poly', 'mono'], description: 'mono plays one note at a time' },
  sampling: {
    kind: 'choice',
    choices: ['spread', 'source'],
    description:
      'spread is lively and keeps to the tones of the piece, source is the plain answer of the network',
  },
  mood: { kind: 'choice', choices: moodNames, description: 'Transformer: the mood of the music' },
  density: {
    kind: 'choice',
    choices: densities,
    description: 'Transformer: how many notes come in a second',
  },
  polyphony: {
    kind: 'choice',
    choices: polyphonies,
    description: 'Transformer: how many notes sound together',
  },
  composer: { kind: 'choice', choices: composers, description: 'Transformer: in the manner of a composer' },
  era: { kind: 'choice', choices: eras, description: 'Transformer: in the manner of a time' },
  text: {
    kind: 'text',
    maxLength: 200,
    description:
      'Transformer: in your words, e.g. sad slow music in d minor; the answer says what I understood',
  },
  seed: {
    kind: 'integer',
    min: 0,
    max: 4_294_967_295,
    description: 'Random seed: the same seed gives the same piece',
  },
  model: {
    kind: 'name',
    description: 'Which network composes: the expressive transformer, the small lstm, or one of this server',
  },
  opening: { kind: 'name', description: 'Which built-in opening to start from; default: the seed chooses' },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof optionSpecs;

/** Option values as a person gave them, not yet checked. */
export type RawOptions = { readonly [name in OptionName]?: number | string | undefined };

/** A checked request that still lacks its opening, and the name of a built-in one if given. */
export interface RequestOptions {
  readonly settings: Omit<CompositionRequest, 'opening'>;
  readonly openingName?: string;
}

/** What cannot be asked of a continuation, because it would change the piece that is continued. */
export const fixedByPiece = [
  'tempo',
  'pitch',
  'velocity',
  'opening',
] as const satisfies readonly OptionName[];

/** What composes when neither the operator nor the server says otherwise: the nearer to real music. */
export const defaultModel = 'transformer';

/** The kinds of network that compose. */
export type ModelKind = 'lstm' | 'transformer';

/** Options that one kind of network alone can follow. */
export const optionsOfKind: Readonly<Record<ModelKind, readonly OptionName[]>> = {
  lstm: ['sampling'],
  transformer: ['mood', 'density', 'polyphony', 'composer', 'era', 'text'],
};

/**
 * The kind of network that the options need; undefined when any will do.
 * @param kind of the model that is named, if one is
 * @throws UserError naming an option that it cannot follow
 */
export function kindNeeded(raw: RawOptions, kind?: ModelKind): ModelKind | undefined {
  const given = (['lstm', 'transformer'] as const).flatMap((each) =>
    optionsOfKind[each].filter((name) => raw[name] !== undefined).map((option) => ({ kind: each, option })),
  );
  const needed = kind ?? given[0]?.kind;
  const wrong = given.find((each) => each.kind !== needed);
  if (wrong === undefined) return needed;
  const { option, kind: follows } = wrong;
  throw new UserError(
    `options.${option}`,
    `${option} is something that only a model of the kind “${follows}” follows; leave it out, or choose model:${follows}.`,
    { problem: 'kind', option, kind: follows },
  );
}

/**
 * Options with others that win. A model that wins, or an option that needs a kind of model, takes
 * along from the earlier ones what that could not follow.
 */
export function overriding(earlier: RawOptions, winning: RawOptions): RawOptions {
  const kinds = ['lstm', 'transformer'] as const;
  const gone = kinds.flatMap((kind) => {
    const others = kinds.filter((other) => other !== kind).flatMap((other) => optionsOfKind[other]);
    const isChosen = optionsOfKind[kind].some((name) => winning[name] !== undefined);
    return isChosen ? [...others, ...(winning.model === undefined ? (['model'] as const) : [])] : [];
  });
  const unfit =
    winning.model === undefined ? gone : [...gone, ...kinds.flatMap((kind) => optionsOfKind[kind])];
  const kept = Object.entries(earlier).filter(([name]) => !unfit.some((other) => other === name));
  return { ...Object.fromEntries(kept), ...winning };
}

/**
 * Checks option values and fills in the defaults.
 * @param randomSeed used when no seed was given, an unsigned 32-bit integer.
 * @throws UserError naming the option, what it may be and what was given.
 */
export function parseOptions(raw: RawOptions, randomSeed: number): RequestOptions {
  const pitch = numberOption(raw, 'pitch');
  const velocity = numberOption(raw, 'velocity');
  const wishes = wishesOf(raw);
  const key = keyOption(raw) ?? (wishes.text === undefined ? undefined : understand(wishes.text).key);
  const sampling = choiceOption(raw, 'sampling', optionSpecs.sampling.choices);
  const openingName = nameOption(raw, 'opening');
  return {
    settings: {
      notes: numberOption(raw, 'notes') ?? 300,
      temperature: numberOption(raw, 'temp') ?? 1,
      tempo: numberOption(raw, 'tempo') ?? 1,
      quantise: choiceOption(raw, 'quantise', grids) ?? 'none',
      voices: choiceOption(raw, 'voices', optionSpecs.voices.choices) ?? 'poly',
      seed: numberOption(raw, 'seed') ?? randomSeed,
      model: nameOption(raw, 'model') ?? defaultModel,
      ...(pitch !== undefined && { pitch }),
      ...(velocity !== undefined && { velocity }),
      ...(key !== undefined && { key }),
      ...(sampling !== undefined && { sampling }),
      ...(Object.keys(wishes).length > 0 && { wishes }),
    },
    ...(openingName !== undefined && { openingName }),
  };
}

type NumberOption = { [N in OptionName]: (typeof optionSpecs)[N] extends NumberSpec ? N : never }[OptionName];

function numberOption(raw: RawOptions, name: NumberOption): number | undefined {
  const given = raw[name];
  if (given === undefined) return undefined;
  const spec: NumberSpec = optionSpecs[name];
  const value = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  const whole = spec.kind === 'integer';
  if (
    typeof value !== 'number' ||
    !(value >= spec.min && value <= spec.max) ||
    (whole && !Number.isInteger(value))
  ) {
    const reason = name === 'velocity' && value === 0 ? ' (in MIDI, velocity 0 means that a note ends)' : '';
    throw new UserError(
      `options.${name}`,
      `${name} must be a ${whole ? 'whole number' : 'number'} from ${spec.min} to ${spec.max}${reason}; you gave ${quoted(given)}.`,
      { problem: 'range', option: name, whole, min: spec.min, max: spec.max, given: short(given) },
    );
  }
  return value;
}

function choiceOption<T extends string>(
  raw: RawOptions,
  name: OptionName,
  choices: readonly T[],
): T | undefined {
  const given = raw[name];
  if (given === undefined) return undefined;
  const choice = choices.find((c) => c.toLowerCase() === String(given).trim().toLowerCase());
  if (choice === undefined) {
    throw new UserError(
      `options.${name}`,
      `${name} must be one of ${choices.join(', ')}; you gave ${quoted(given)}.`,
      { problem: 'choice', option: name, choices, given: short(given) },
    );
  }
  return choice;
}

function nameOption(raw: RawOptions, name: OptionName): string | undefined {
  const given = raw[name];
  if (given === undefined) return undefined;
  const text = String(given);
  if (!/^[\w][\w.-]{0,63}$/.test(text)) {
    throw new UserError(
      `options.${name}`,
      `${name} must be a name of letters, digits, dots and dashes; you gave ${quoted(text)}.`,
      { problem: 'name', option: name, given: short(text) },
    );
  }
  return text;
}

function wishesOf(raw: RawOptions): Wishes {
  const mood = choiceOption(raw, 'mood', moodNames);
  const density = choiceOption(raw, 'density', densities);
  const polyphony = choiceOption(raw, 'polyphony', polyphonies);
  const composer = choiceOption(raw, 'composer', composers);
  const era = choiceOption(raw, 'era', eras);
  // Quotes would end it where it is written as an option.
  const text = String(raw.text ?? '')
    .replace(/["“”]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  return {
    ...(mood !== undefined && { mood }),
    ...(density !== undefined && { density }),
    ...(polyphony !== undefined && { polyphony }),
    ...(composer !== undefined && { composer }),
    ...(era !== undefined && { era }),
    ...(text !== '' && { text: text.slice(0, optionSpecs.text.maxLength) }),
  };
}

function keyOption({ key, scale }: RawOptions): Key | undefined {
  if (key === undefined && scale === undefined) return undefined;
  return {
    tonic: key === undefined ? 'C' : parseTonic(String(key)),
    scale: scale === undefined ? 'major' : parseScale(String(scale)),
  };
}

function quoted(given: number | string): string {
  return typeof given === 'number' ? String(given) : `"${short(given)}"`;
}

function short<T extends number | string>(given: T): T | string {
  return typeof given === 'number' ? given : given.slice(0, 40);
}
