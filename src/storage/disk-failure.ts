import { UserError } from '../errors/user-error.js';

/**
 * Turns a failed write into an error that a user can act on; rethrows any other error.
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
  return new UserError('disk.full', { cause });
}
