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
}

interface ChoiceSpec {
  readonly kind: 'choice';
  readonly choices: readonly string[];
}

interface NameSpec {
  readonly kind: 'name';
}

/** Words of the person's own. */
interface TextSpec {
  readonly kind: 'text';
  readonly maxLength: number;
}

export type OptionSpec = NumberSpec | ChoiceSpec | NameSpec | TextSpec;

export const optionSpecs = {
  notes: { kind: 'integer', min: 1, max: 2000 },
  temp: {
    kind: 'number',
    min: 0.1,
    max: 5,
  },
  tempo: { kind: 'number', min: 0.1, max: 2 },
  pitch: {
    kind: 'integer',
    min: 0,
    max: 127,
  },
  velocity: {
    kind: 'integer',
    min: 1,
    max: 127,
  },
  key: { kind: 'choice', choices: tonics },
  scale: {
    kind: 'choice',
    choices: scaleNames,
  },
  quantise: {
    kind: 'choice',
    choices: grids,
  },
  voices: { kind: 'choice', choices: ['poly', 'mono'] },
  sampling: {
    kind: 'choice',
    choices: ['spread', 'source'],
  },
  mood: { kind: 'choice', choices: moodNames },
  density: {
    kind: 'choice',
    choices: densities,
  },
  polyphony: {
    kind: 'choice',
    choices: polyphonies,
  },
  composer: { kind: 'choice', choices: composers },
  era: { kind: 'choice', choices: eras },
  text: {
    kind: 'text',
    maxLength: 200,
  },
  seed: {
    kind: 'integer',
    min: 0,
    max: 4_294_967_295,
  },
  model: {
    kind: 'name',
  },
  opening: { kind: 'name' },
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
  throw new UserError(`options.${option}`, { problem: 'kind', option, kind: follows });
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
    throw new UserError(`options.${name}`, {
      problem: 'range',
      option: name,
      whole,
      min: spec.min,
      max: spec.max,
      given: short(given),
    });
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
    throw new UserError(`options.${name}`, { problem: 'choice', option: name, choices, given: short(given) });
  }
  return choice;
}

function nameOption(raw: RawOptions, name: OptionName): string | undefined {
  const given = raw[name];
  if (given === undefined) return undefined;
  const text = String(given);
  if (!/^[\w][\w.-]{0,63}$/.test(text)) {
    throw new UserError(`options.${name}`, { problem: 'name', option: name, given: short(text) });
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

function short<T extends number | string>(given: T): T | string {
  return typeof given === 'number' ? given : given.slice(0, 40);
}
