import { terminal } from '../i18n/en/terminal.js';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { english } from '../i18n/en/english.js';
import { UserError } from '../errors/user-error.js';

/** A wrong command line: its message is shown above the usage, and the process exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Options = NonNullable<ParseArgsConfig['options']>;

/** Values of `--name value` options; everything else is a {@link UsageError}. */
export function readArguments<const O extends Options>(
  options: O,
  allowPositionals = false,
): ReturnType<typeof parseArgs<{ options: O; allowPositionals: true }>> {
  try {
    return parseArgs({ options, allowPositionals, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A number option within its bounds. */
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

/** Runs a program: mistakes of its user end it with a sentence, not with a stack. */
export async function runProgram(usage: string, program: () => Promise<void>): Promise<void> {
  try {
    await program();
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof UserError)) throw error;
    const sentence = error instanceof UserError ? english.refusal(error) : error.message;
    const isUsage = error instanceof UsageError || error.code.startsWith('options.');
    process.stderr.write(isUsage ? `${sentence}\n\n${usage}\n` : `${sentence}\n`);
    process.exitCode = isUsage ? 2 : 1;
  }
}
