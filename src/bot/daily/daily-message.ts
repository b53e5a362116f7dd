import { ComponentType } from 'discord.js';
import type { ShownComposition } from '../../compose/composition.js';
import type { Language } from '../../i18n/language.js';
import { compositionMessage, messageWithoutPreview, type Ownership } from '../compose/composition-message.js';
import { formatCustomId, parseCustomId } from '../dispatch/custom-id.js';
import { button, row } from '../reply/buttons.js';
import type { ComponentRow, MessageContent } from '../reply/message-content.js';
import { countVotes, type DailyPiece, type Direction } from './daily.js';

/** Name of the action of the vote's buttons; its arguments are the day and the direction. */
export const voteAction = 'daily';

/** Discord's limit. A song's last menu is left out: tempo and key. */
const mostRows = 5;

/** The piece of the day, with and without its preview, for when Discord finds it too large. */
export function dailyMessages(
  language: Language,
  composition: ShownComposition,
  piece: Pick<DailyPiece, 'day' | 'votes'>,
  { owner, isPlayable }: Pick<Ownership, 'owner' | 'isPlayable'>,
): readonly [whole: MessageContent, smaller: () => MessageContent] {
  const ownership = { owner, isPlayable, isPrivate: false, isShareable: false };
  const { heading, vote } = language.daily;
  const withVote = (message: MessageContent): MessageContent => ({
    ...message,
    content: `${heading}\n${message.content}\n-# ${vote}`,
    components: [voteRow(language, piece), ...message.components].slice(0, mostRows),
  });
  return [
    withVote(compositionMessage(language, composition, ownership)),
    () => withVote(messageWithoutPreview(language, composition, ownership)),
  ];
}

/** The buttons to vote with, and the votes so far. */
export function voteRow(language: Language, piece: Pick<DailyPiece, 'day' | 'votes'>): ComponentRow {
  const { buttons } = language.radio;
  const counts = countVotes(piece);
  const choice = (direction: Direction, label: string, emoji: string): ReturnType<typeof button> => {
    const votes = counts.get(direction) ?? 0;
    const id = formatCustomId(voteAction, piece.day, String(direction));
    return button(id, votes === 0 ? label : `${label} (${votes})`, emoji);
  };
  return row(
    choice(-1, buttons.calmer, '🌙'),
    choice(0, language.daily.same, '👍'),
    choice(1, buttons.livelier, '🔥'),
  );
}

/** Whether these are the buttons of a vote, or of the vote of a day. */
export function isVote(components: ComponentRow, day?: string): boolean {
  return components.components.some((each) => {
    if (each.type !== ComponentType.Button || !('custom_id' in each)) return false;
    const id = parseCustomId(each.custom_id);
    return id?.action === voteAction && (day === undefined || id.args[0] === day);
  });
}
