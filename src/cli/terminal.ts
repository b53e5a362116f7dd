import { readFileSync } from 'node:fs';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { terminal } from '../i18n/en/terminal.js';
import { english } from '../i18n/en/english.js';
import { UserError } from '../errors/user-error.js';
import { wrap } from './wrap.js';

/** An invalid command line: its message is shown with a pointer to `--help`, and the process exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The output of `--help` or `--version`; the program does nothing else. */
class Answer extends Error {
  override readonly name = 'Answer';
}

type Options = NonNullable<ParseArgsConfig['options']>;

const common = {
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
} as const satisfies Options;

/**
 * Values of `--name value` options. `--help` and `--version` are answered by {@link runProgram}.
 * @param usage what `--help` prints
 * @throws UsageError for options that do not exist or lack their value
 */
export function readArguments<const O extends Options>(
  usage: string,
  options: O,
  allowPositionals = false,
): ReturnType<typeof parseArgs<{ options: O & typeof common; allowPositionals: true }>> {
  const parsed = parse({ ...options, ...common }, allowPositionals);
  const { help, version } = parsed.values as { readonly help: boolean; readonly version: boolean };
  if (help) throw new Answer(wrap(usage, columnsOf(process.stdout)));
  if (version) throw new Answer(versionLine());
  return parsed;
}

function parse<O extends Options>(
  options: O,
  allowPositionals: boolean,
): ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>> {
  try {
    return parseArgs({ options, allowPositionals, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A number option within its limits. */
export function numberArgument(
  name: string,
  text: string | undefined,
  fallback: number,
  { min, max, whole = false }: { min: number; max: number; whole?: boolean },
): number {
  if (text === undefined) return fallback;
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= min && value <= max) || (whole && !Number.isInteger(value))) {
    throw new UsageError(terminal.wrong.number(name, whole, min, max, text));
  }
  return value;
}

/** Runs a program: errors that the user can fix end it with an error message, not a stack trace. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (error instanceof Answer) {
      process.stdout.write(`${error.message}\n`);
      return;
    }
    if (!(error instanceof UsageError || error instanceof UserError)) throw error;
    const sentence = error instanceof UserError ? english.refusal(error) : error.message;
    const isUsage = error instanceof UsageError || error.code.startsWith('options.');
    complain(isUsage ? `${sentence}\n${terminal.seeHelp}` : sentence);
    process.exitCode = isUsage ? 2 : 1;
  }
}

/** Writes to standard error; wraps lines for a terminal, but not for other programs. */
export function complain(text: string): void {
  process.stderr.write(`${process.stderr.isTTY ? wrap(text, columnsOf(process.stderr)) : text}\n`);
}

/** One line of JSON, with numbers rounded to six significant digits. */
export function jsonLine(value: object): string {
  const round = (_: string, each: unknown): unknown =>
    typeof each === 'number' && !Number.isInteger(each) ? Number(each.toPrecision(6)) : each;
  return `${JSON.stringify(value, round)}\n`;
}

function versionLine(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { name, version } = JSON.parse(manifest) as { readonly name: string; readonly version: string };
  return `${name} ${version}`;
}

function columnsOf({ columns = 80 }: { readonly columns?: number }): number {
  return columns;
}
