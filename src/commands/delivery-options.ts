import {
  ApplicationCommandOptionType,
  type ApplicationCommandOptionData,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { maxTakes, type Delivery } from '../bot/compose/delivery.js';
import { localized } from '../bot/reply/localized.js';
import { UserError } from '../errors/user-error.js';

const takes = 'takes';
const isPrivate = 'private';
const voice = 'voice';

/** The options for how a result is delivered, as declared to Discord. */
export const deliveryOptions: readonly ApplicationCommandOptionData[] = [
  {
    type: ApplicationCommandOptionType.Integer,
    ...localized(({ commands }) => commands.compose.options.takes),
    minValue: 1,
    maxValue: maxTakes,
  },
  {
    type: ApplicationCommandOptionType.Boolean,
    ...localized(({ commands }) => commands.compose.options.private),
  },
  {
    type: ApplicationCommandOptionType.Boolean,
    ...localized(({ commands }) => commands.compose.options.voice),
  },
];

export function deliveryOf(
  options: Pick<ChatInputCommandInteraction['options'], 'getInteger' | 'getBoolean'>,
): Delivery {
  return {
    takes: options.getInteger(takes) ?? 1,
    isPrivate: options.getBoolean(isPrivate) ?? false,
    withVoice: options.getBoolean(voice) ?? false,
  };
}

/**
 * @param isPrivate cannot be set in a text
 * @throws UserError when a value is invalid.
 */
export function deliveryOfText(written: Readonly<Record<string, string>>, isPrivate: boolean): Delivery {
  return {
    takes: Number(written[takes] ?? 1),
    isPrivate,
    withVoice: truth(voice, written[voice]),
  };
}

function truth(name: string, written: string | undefined): boolean {
  const text = written?.toLowerCase() ?? 'false';
  if (text === 'true' || text === 'yes') return true;
  if (text === 'false' || text === 'no') return false;
  const given = text.slice(0, 40);
  throw new UserError(`options.${name}`, {
    problem: 'truth',
    option: name,
    given,
  });
}
