import { serverOf } from '../bot/access/manager.js';
import { inServer } from '../bot/access/preconditions.js';
import { directions } from '../bot/daily/daily.js';
import { isVote, voteAction, voteRow } from '../bot/daily/daily-message.js';
import type { Action } from '../bot/dispatch/command.js';
import { messageOf } from '../bot/dispatch/pressed-message.js';
import type { ComponentRow } from '../bot/reply/message-content.js';
import { UserError } from '../errors/user-error.js';
import { languageFor } from '../i18n/languages.js';
import type { BotServices } from './services.js';

/** The vote under the piece of the day. */
export function voteOfTheDay({ settings }: Pick<BotServices, 'settings'>): Action {
  return {
    name: voteAction,
    allowed: inServer,
    botPermissions: [],
    async execute(interaction, [day, choice]) {
      const direction = directions.find((each) => String(each) === choice);
      if (direction === undefined || !interaction.isButton()) throw new UserError('action.unknown');
      const { id } = interaction.user;
      const { daily, language } = await settings.update(serverOf(interaction), (before) => {
        const last = before.daily?.last;
        if (before.daily === undefined || last?.day !== day || last === undefined)
          throw new UserError('daily.over');
        const votes = { ...last.votes, [id]: direction };
        return { ...before, daily: { ...before.daily, last: { ...last, votes } } };
      });
      const shown = languageFor(language ?? interaction.guildLocale ?? interaction.locale);
      const rows = messageOf(interaction).components.map((each) => each.toJSON() as ComponentRow);
      await interaction.update({
        components: rows.map((each) => (daily?.last && isVote(each) ? voteRow(shown, daily.last) : each)),
      });
    },
  };
}
