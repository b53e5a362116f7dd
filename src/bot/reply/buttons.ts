import { ButtonStyle, ComponentType, type APIButtonComponentWithCustomId } from 'discord.js';
import type { Language } from '../../i18n/language.js';
import { formatCustomId } from '../dispatch/custom-id.js';
import type { ComponentRow } from './message-content.js';

type Style = APIButtonComponentWithCustomId['style'];

/** @param emoji decoration only: the label alone has to be clear */
export function button(
  customId: string,
  label: string,
  emoji: string,
  style: Style = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, custom_id: customId, label, emoji: { name: emoji }, style };
}

/**
 * Deletes the message that it is under.
 * @param owner ID of the person who can delete it, in addition to people who can delete others' messages
 */
export function deleteButton({ buttons }: Language, owner: string): APIButtonComponentWithCustomId {
  return button(formatCustomId('delete', owner), buttons.delete, '🗑️', ButtonStyle.Danger);
}

/** One to five buttons side by side. */
export function row(...buttons: readonly APIButtonComponentWithCustomId[]): ComponentRow {
  return { type: ComponentType.ActionRow, components: [...buttons] };
}
