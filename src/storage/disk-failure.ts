import { UserError } from '../errors/user-error.js';

/**
 * Throws what somebody can do about a failed write, else the error itself.
 * @throws UserError `disk.full`
 */
export function diskFailure(error: unknown): never {
  if (isDiskFull(error)) throw diskFull(error);
  throw error;
}

export function isDiskFull(error: unknown): boolean {
  const { code } = error as Partial<NodeJS.ErrnoException>;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

export function diskFull(cause: unknown): UserError {
  return new UserError(
    'disk.full',
    'The disk of the bot is full, and everything is as it was before. Whoever runs the bot must make room on it; then please try again.',
    { cause },
  );
}
