import { RESTJSONErrorCodes } from 'discord-api-types/v10';
import { ApiError, type ErrorLeaf, type ErrorTree } from '../api-error.js';

/** One broken rule. */
export interface Problem {
  /** Dotted path in the request body, e.g. `components.0.components.1.label`. */
  readonly path: string;
  /** Discord's name of the rule, e.g. `BASE_TYPE_REQUIRED`. */
  readonly code: string;
  readonly message: string;
}

export interface Limits {
  readonly required?: boolean;
  /** Limits on the length of a text or list, or on the value of a number. */
  readonly min?: number;
  readonly max?: number;
}

/**
 * A JSON object from a request, read field by field. Every getter validates the field, records problems, and
 * returns the value only if it is valid; `null` counts as absent.
 */
export class Form {
  readonly #object: Readonly<Record<string, unknown>>;

  constructor(
    readonly value: unknown,
    readonly path = '',
    readonly problems: Problem[] = [],
  ) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    this.#object = isObject ? (value as Record<string, unknown>) : {};
    if (!isObject)
      this.problem('Only dictionaries may be used in a DictType', undefined, 'DICT_TYPE_CONVERT');
  }

  /** Records a problem with `field`, or with the whole object. */
  problem(message: string, field?: string, code = 'INVALID_FORM_FIELD'): void {
    this.problems.push({ path: this.pathOf(field), code, message });
  }

  /** @throws ApiError 50035 with all recorded problems. */
  throwProblems(): void {
    if (this.problems.length > 0) throw invalidForm(this.problems);
  }

  has(field: string): boolean {
    return this.#object[field] !== undefined && this.#object[field] !== null;
  }

  text(field: string, limits: Limits = {}): string | undefined {
    const isText = (value: unknown): value is string => typeof value === 'string';
    const value = this.#typed(
      field,
      limits,
      isText,
      'STRING_TYPE_CONVERT',
      'Could not interpret value as string.',
    );
    return this.#within(field, value, value?.length, limits, 'BASE_TYPE_BAD_LENGTH', ' in length');
  }

  integer(field: string, limits: Limits = {}): number | undefined {
    const isInteger = (value: unknown): value is number => Number.isInteger(value);
    const value = this.#typed(field, limits, isInteger, 'NUMBER_TYPE_COERCE', 'Value is not int.');
    return this.#within(field, value, value, limits, 'NUMBER_TYPE_RANGE');
  }

  number(field: string, limits: Limits = {}): number | undefined {
    const isNumber = (value: unknown): value is number => typeof value === 'number';
    const value = this.#typed(field, limits, isNumber, 'NUMBER_TYPE_COERCE', 'Value is not a number.');
    return this.#within(field, value, value, limits, 'NUMBER_TYPE_RANGE');
  }

  flag(field: string): boolean | undefined {
    const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';
    return this.#typed(field, {}, isFlag, 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
  }

  /** A value from a closed set. */
  choice<T extends string | number>(
    field: string,
    choices: readonly T[],
    limits: Limits = {},
  ): T | undefined {
    const value = this.#read(field, limits);
    if (value === undefined) return undefined;
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) {
      this.problem(`Value must be one of (${choices.join(', ')}).`, field, 'BASE_TYPE_CHOICES');
    }
    return chosen;
  }

  /** An object field. */
  object(field: string, limits: Limits = {}): Form | undefined {
    const value = this.#read(field, limits);
    return value === undefined ? undefined : new Form(value, this.pathOf(field), this.problems);
  }

  /** A list of anything; empty if it is absent or not a list. */
  values(field: string, limits: Limits = {}): readonly unknown[] {
    const isList = (value: unknown): value is unknown[] => Array.isArray(value);
    const value = this.#typed(
      field,
      limits,
      isList,
      'LIST_TYPE_CONVERT',
      'Only iterables may be used in a ListType',
    );
    this.#within(field, value, value?.length, limits, 'BASE_TYPE_BAD_LENGTH', ' in length');
    return value ?? [];
  }

  /** A list of objects. */
  list(field: string, limits: Limits = {}): readonly Form[] {
    return this.values(field, limits).map(
      (entry, index) => new Form(entry, `${this.pathOf(field)}.${index}`, this.problems),
    );
  }

  /** Names of the present fields. */
  fields(): readonly string[] {
    return Object.keys(this.#object);
  }

  /** The field without validation. */
  raw(field: string): unknown {
    return this.#object[field];
  }

  /** The field after an edit: as sent (`null` clears it), otherwise unchanged. */
  orKept(field: string, kept: unknown): unknown {
    return field in this.#object ? this.#object[field] : kept;
  }

  pathOf(field?: string): string {
    return [this.path, field].filter((part) => part !== undefined && part !== '').join('.');
  }

  #read(field: string, limits: Limits): unknown {
    const value = this.#object[field] ?? undefined;
    if (value === undefined && limits.required === true) {
      this.problem('This field is required', field, 'BASE_TYPE_REQUIRED');
    }
    return value;
  }

  #typed<T>(
    field: string,
    limits: Limits,
    isTyped: (value: unknown) => value is T,
    code: string,
    message: string,
  ): T | undefined {
    const value = this.#read(field, limits);
    if (value === undefined || isTyped(value)) return value;
    this.problem(message, field, code);
    return undefined;
  }

  /** The value if its size is within the limits. */
  #within<T>(
    field: string,
    value: T | undefined,
    size: number | undefined,
    { min = -Infinity, max = Infinity }: Limits,
    code: string,
    unit = '',
  ): T | undefined {
    if (size === undefined || (size >= min && size <= max)) return value;
    this.problem(`Must be ${rangeOf(min, max)}${unit}.`, field, code);
    return undefined;
  }
}

/** The objects in a body that is a list; they share their list of problems. */
export function listForms(body: unknown): { readonly forms: readonly Form[]; readonly problems: Problem[] } {
  const problems: Problem[] = [];
  if (!Array.isArray(body)) {
    problems.push({
      path: '',
      code: 'LIST_TYPE_CONVERT',
      message: 'Only iterables may be used in a ListType',
    });
    return { forms: [], problems };
  }
  return { forms: body.map((entry: unknown, index) => new Form(entry, String(index), problems)), problems };
}

/** Discord's response to an invalid body: 400, 50035, a tree of errors. */
export function invalidForm(problems: readonly Problem[]): ApiError {
  const root: ErrorTree = {};
  for (const { path, code, message } of problems) {
    let node = root;
    for (const segment of path === '' ? [] : path.split('.')) {
      const child = node[segment];
      node = child === undefined || isLeaf(child) ? (node[segment] = {}) : child;
    }
    const before = node['_errors'];
    node['_errors'] = [...(isLeaf(before) ? before : []), { code, message }];
  }
  return new ApiError(400, RESTJSONErrorCodes.InvalidFormBodyOrContentType, 'Invalid Form Body', root);
}

function isLeaf(node: ErrorTree | ErrorLeaf | undefined): node is ErrorLeaf {
  return Array.isArray(node);
}

function rangeOf(min: number, max: number): string {
  if (min === -Infinity) return `${max} or fewer`;
  return max === Infinity ? `${min} or more` : `between ${min} and ${max}`;
}
