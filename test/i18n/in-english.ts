import { UserError, type UserErrorArguments } from '../../src/errors/user-error.js';
import { english } from '../../src/i18n/en/english.js';

/** The English error message, so that tests do not depend on its wording. */
export function inEnglish(...error: UserErrorArguments): string {
  return english.refusal(new UserError(...error));
}
