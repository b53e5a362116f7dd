import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { validate, ValidationSeverity } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';

const dockerfile = readFileSync(join(import.meta.dirname, '..', 'Dockerfile'), 'utf8');

/** What the linter finds, line by line. */
function faults(text: string): string[] {
  const { WARNING } = ValidationSeverity;
  const strict = {
    deprecatedMaintainer: WARNING,
    directiveCasing: WARNING,
    emptyContinuationLine: WARNING,
    instructionCasing: WARNING,
    instructionCmdMultiple: WARNING,
    instructionEntrypointMultiple: WARNING,
    instructionHealthcheckMultiple: WARNING,
    instructionJSONInSingleQuotes: WARNING,
    instructionWorkdirRelative: WARNING,
  };
  return validate(text, strict).map(({ range, message }) => `${range.start.line + 1}: ${message as string}`);
}

describe('the Dockerfile', () => {
  it('has no faults', () => {
    expect(faults(dockerfile)).toEqual([]);
  });

  it.each([
    ['a word that is no instruction', /^USER /m, 'USERS ', 'Unknown instruction: USERS'],
    ['an option that COPY does not have', '--from=build', '--form=build', 'Unknown flag: form'],
    ['a volume that is nowhere', 'VOLUME /data', 'VOLUME', 'Instruction has no arguments'],
    ['a time without a unit', 'period=60s', 'period=60', 'missing unit in duration 60'],
    ['a folder that is relative', 'WORKDIR /app', 'WORKDIR app', 'WORKDIR paths should be absolute'],
    ['a list in single quotes', /^CMD .*$/m, "CMD ['node']", 'using single quotes instead of double quotes'],
    ['a second start', /^(CMD .*)$/m, '$1\n$1', 'There can only be one CMD instruction'],
    [
      'an image in two words',
      /-bookworm-slim$/m,
      ' bookworm-slim',
      'FROM requires either one or three arguments',
    ],
  ])('would not pass with %s', (_, from, to, fault) => {
    expect(faults(dockerfile.replace(from, to)).join('\n')).toContain(fault);
  });

  it('stands on images of one version, and runs as a user without rights', () => {
    const instructions = (name: string): string[] =>
      [...dockerfile.matchAll(new RegExp(`^${name} (.*)$`, 'gm'))].map(([, rest]) => rest!);
    for (const image of instructions('FROM')) expect(image).toMatch(/^node:\d+\.\d+\.\d+-[\w-]+( AS \w+)?$/);
    expect(instructions('USER')).toEqual(['node']);
    expect(instructions('VOLUME')).toEqual(['/data']);
  });
});
