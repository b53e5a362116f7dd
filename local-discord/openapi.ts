import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnySchemaObject, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { LoggedRequest } from './rest/log.js';

/** A request that Discord would reject. */
export interface Violation {
  /** Method and route. */
  readonly route: string;
  /** `rule`: rejected here; `openapi`: violates Discord's OpenAPI document. */
  readonly source: 'rule' | 'openapi';
  readonly message: string;
}

/** Next to the project, or at SHARED_DATA. */
const sharedData = process.env['SHARED_DATA'] ?? fileURLToPath(new URL('../../shared/data', import.meta.url));
export const documentPath = join(sharedData, 'discord', 'openapi.json');
export const hasDocument = existsSync(documentPath);

type Json = Record<string, unknown>;

/** An anyOf of objects, distinguished by their `type`. */
interface Tagged {
  readonly schema: Json;
  readonly types: readonly unknown[];
}

/** The compiled document; cached per process, because loading it takes a moment. */
let shared: Document | undefined;

/** Checks logged requests that have not been checked yet. */
export class OpenApi {
  readonly #checked = new WeakSet<LoggedRequest>();
  readonly #violations: Violation[] = [];

  check(requests: readonly LoggedRequest[]): readonly Violation[] {
    for (const request of requests) {
      if (this.#checked.has(request)) continue;
      this.#checked.add(request);
      this.#violations.push(...brokenRules(request), ...forbidden(request));
    }
    return this.#violations;
  }
}

/** Violations of Discord's document in a response of the local Discord: a check of the fake itself. */
export function faultsOfAnswer({ route, status, answer }: LoggedRequest): readonly string[] {
  if (!hasDocument || route === undefined || status === undefined || answer === undefined) return [];
  shared ??= new Document();
  return shared.problems(
    route,
    ['responses', String(status), 'content', 'application/json', 'schema'],
    answer,
  );
}

function brokenRules({ method, path, route, status, answer, fault }: LoggedRequest): readonly Violation[] {
  const name = route ?? `${method} ${path}`;
  const message = JSON.stringify(answer ?? status ?? 'no answer');
  if (fault?.status !== undefined) return [];
  if (route === undefined || status === 500 || status === 413)
    return [{ route: name, source: 'rule', message }];
  const isAcknowledgedTwice = message.includes('"code":40060');
  return status === 400 && !isAcknowledgedTwice ? [{ route: name, source: 'rule', message }] : [];
}

function forbidden({ route, body }: LoggedRequest): readonly Violation[] {
  if (!hasDocument || route === undefined || body === undefined) return [];
  shared ??= new Document();
  const problems = shared.problems(route, ['requestBody', 'content', 'application/json', 'schema'], body);
  return problems.map((message) => ({ route, source: 'openapi', message }));
}

/**
 * Discord's OpenAPI document, made strict: request objects are closed, so that misspelt fields are rejected,
 * and unions are discriminated by their tag, so that one mistake gives one message.
 */
class Document {
  readonly #document: Json;
  readonly #validators = new Map<string, ValidateFunction | undefined>();
  readonly #compile: (schema: AnySchemaObject) => ValidateFunction;

  constructor() {
    this.#document = JSON.parse(readFileSync(documentPath, 'utf8')) as Json;
    allowKnownDifferences(at(this.#document, ['components', 'schemas']) as Record<string, Json>);
    this.#closeRequests();
    walk(this.#document, (schema) => this.#tellApart(schema));
    // Loaded on demand, so that tests that do not need it stay fast.
    const { Ajv2020 } = createRequire(import.meta.url)('ajv/dist/2020') as typeof import('ajv/dist/2020.js');
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false, formats });
    ajv.addSchema(this.#document, 'discord');
    this.#compile = (schema) => ajv.compile(schema);
  }

  /** @param route e.g. `GET /channels/{channel_id}` @param place of the schema in the operation */
  problems(route: string, place: readonly string[], value: unknown): readonly string[] {
    const [method = '', path = ''] = route.split(' ');
    const pointer = ['paths', path, method.toLowerCase(), ...place];
    const key = pointer
      .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
      .join('/');
    if (!this.#validators.has(key)) {
      const isThere = at(this.#document, pointer) !== undefined;
      this.#validators.set(key, isThere ? this.#compile({ $ref: `discord#/${key}` }) : undefined);
    }
    const validate = this.#validators.get(key);
    if (validate === undefined || validate(value)) return [];
    return explain(validate.errors ?? []);
  }

  #closeRequests(): void {
    const close = (schema: Json): void => {
      if (isJson(schema['properties'])) schema['additionalProperties'] ??= false;
    };
    const seen = new Set<Json>();
    for (const operations of Object.values(this.#document['paths'] as Record<string, Json>)) {
      for (const operation of Object.values(operations)) {
        const schema = at(operation, ['requestBody', 'content', 'application/json', 'schema']);
        walk(schema, close, seen, (part) => this.#resolve(part));
      }
    }
  }

  /** Rewrites a union of constants as an enum, and one of tagged objects as conditions on the tag. */
  #tellApart(schema: Json): void {
    const keyword = 'anyOf' in schema ? 'anyOf' : 'oneOf';
    const union: unknown = schema[keyword];
    if (!Array.isArray(union)) return;
    if (union.every((part) => isJson(part) && 'const' in part)) {
      Reflect.deleteProperty(schema, keyword);
      schema['enum'] = union.map((part: Json) => part['const']);
      return;
    }
    const isNull = (part: unknown): boolean => isJson(part) && part['type'] === 'null';
    const parts = union.filter((part) => !isNull(part)).map((part) => this.#tagged(part as Json));
    if (parts.length < 2 || !parts.every((part) => part !== undefined)) return;
    const nullable = parts.length < union.length;
    Reflect.deleteProperty(schema, keyword);
    Object.assign(schema, {
      type: nullable ? ['object', 'null'] : 'object',
      required: ['type'],
      properties: { type: { enum: parts.flatMap(({ types }) => types) } },
      allOf: parts.map((part) => ({
        if: { required: ['type'], properties: { type: { enum: part.types } } },
        then: part.schema,
      })),
    });
  }

  #tagged(schema: Json): Tagged | undefined {
    const types = at(this.#resolve(schema), ['properties', 'type', 'enum']);
    return Array.isArray(types) ? { schema, types } : undefined;
  }

  #resolve(schema: Json): Json {
    const { $ref } = schema;
    return typeof $ref === 'string' ? (at(this.#document, $ref.split('/').slice(1)) as Json) : schema;
  }
}

const formats = {
  int32: {
    type: 'number',
    validate: (value: number) => Number.isInteger(value) && Math.abs(value) <= 2 ** 31,
  },
  int64: { type: 'number', validate: Number.isInteger },
  double: { type: 'number', validate: Number.isFinite },
  snowflake: /^\d{1,20}$/,
  nonce: /^.{0,25}$/,
  uri: { type: 'string', validate: (value: string) => URL.canParse(value) },
  'date-time': { type: 'string', validate: (value: string) => !Number.isNaN(Date.parse(value)) },
} as const;

/** Known differences between the document and discord.js, or Discord's own prose. */
function allowKnownDifferences(schemas: Record<string, Json>): void {
  for (const [name, { properties }] of Object.entries(schemas)) {
    if (!isJson(properties) || !/Request(Partial)?$|Option$/.test(name)) continue;
    // The document wants an integer; Discord's prose and discord.js use a string of digits.
    if ('default_member_permissions' in properties) {
      properties['default_member_permissions'] = { type: ['string', 'null'], pattern: '^\\d+$' };
    }
    // discord.js sends both with every message, webhooks and edits included.
    if ('content' in properties && 'embeds' in properties) {
      properties['tts'] ??= { type: 'boolean' };
      properties['enforce_nonce'] ??= { type: 'boolean' };
    }
    // Newer than the document.
    if (name === 'ApplicationCommandAttachmentOption' || name === 'FileUploadComponentForModalRequest') {
      properties['file_types'] ??= { type: 'array', items: { type: 'string' }, maxItems: 10 };
    }
  }
}

/**
 * Visits every object in a structure once.
 * @param follow returns other objects that an object refers to
 */
function walk(
  value: unknown,
  visit: (object: Json) => void,
  seen = new Set<Json>(),
  follow: (object: Json) => unknown = () => undefined,
): void {
  if (Array.isArray(value)) for (const part of value) walk(part, visit, seen, follow);
  if (!isJson(value) || seen.has(value)) return;
  seen.add(value);
  walk(follow(value), visit, seen, follow);
  for (const part of Object.values(value)) walk(part, visit, seen, follow);
  visit(value);
}

function explain(errors: readonly ErrorObject[]): readonly string[] {
  const lines = errors
    .filter(({ keyword }) => keyword !== 'if')
    .map(
      ({ instancePath, message = '', params }) =>
        `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    );
  return [...new Set(lines)];
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((node, part) => (isJson(node) ? node[part] : undefined), value);
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
