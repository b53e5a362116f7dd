import { UserError } from '../music/user-error.js';
import { optionSpecs, type OptionName, type RawOptions } from './options.js';

const names = Object.keys(optionSpecs) as readonly OptionName[];

/** Options as a person types them after the command: `notes:200 temp:0.8`. */
export function formatOptions(options: RawOptions): string {
  return names.flatMap((name) => (options[name] === undefined ? [] : [`${name}:${options[name]}`])).join(' ');
}

/**
 * Reads what {@link formatOptions} writes, and what people write instead: `notes=200`,
 * `notes: 200`, capitals, commas. The values are not checked.
 * @throws UserError naming the first word that is no option, or an option given twice.
 */
export function parseOptionText(text: string): RawOptions {
  const options: { [name in OptionName]?: string } = {};
  const words = text
    .replaceAll(/\s*[:=]\s*/g, ':')
    .split(/[\s,;]+/)
    .filter((word) => word !== '');
  for (const word of words) {
    const [given = '', ...rest] = word.split(':');
    const name = names.find((known) => known === given.toLowerCase());
    const value = rest.join(':');
    if (name === undefined || value === '') {
      throw new UserError(
        'options.text',
        `Please write options as name:value, for example notes:200 temp:0.8; “${word.slice(0, 40)}” is none. The names are ${names.join(', ')}.`,
      );
    }
    if (options[name] !== undefined) {
      throw new UserError('options.twice', `The option ${name} is there twice; please give it once.`);
    }
    options[name] = value;
  }
  return options;
}
