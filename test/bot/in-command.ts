import { everydayOptions, rawNames } from '../../src/request/options.js';
import { formatOptions } from '../../src/request/option-text.js';
import type { LocalUser } from '../../local-discord/user.js';

type Values = NonNullable<Parameters<LocalUser['slash']>[1]>;

/** Options as in a slash command: those without a slash option become the text of `more`. */
export function inCommand(options: Values): Values {
  const isMore = (name: string): boolean =>
    rawNames.some((each) => each === name && !everydayOptions.includes(each));
  const entries = Object.entries(options);
  const more = entries.flatMap(([name, value]) =>
    isMore(name) && (typeof value === 'string' || typeof value === 'number') ? [[name, value] as const] : [],
  );
  const text = formatOptions(Object.fromEntries(more));
  const own = Object.fromEntries(entries.filter(([name]) => !isMore(name)));
  return text === '' ? own : { ...own, more: text };
}
