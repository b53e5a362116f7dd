import { UserError, type UserErrorArguments } from '../../src/errors/user-error.js';
import { english } from '../../src/i18n/en/english.js';

/** What English says of a refusal. A test that expects it need not change with the wording. */
export function inEnglish(...error: UserErrorArguments): string {
  return english.refusal(new UserError(...error));
}
