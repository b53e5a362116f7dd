import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { requesterOf } from '../bot/reply/requester.js';
import type { SlashCommand, SlashCommandData } from '../bot/dispatch/command.js';
import { localized } from '../bot/reply/localized.js';
import { midiExtensions } from '../bot/compose/download.js';
import { everybody } from '../bot/access/preconditions.js';
import { matching } from '../bot/dispatch/suggestions.js';
import { withReadChords } from '../i18n/chords.js';
import { languageFor } from '../i18n/languages.js';
import { overriding } from '../request/options.js';
import { takesOf } from '../compose/remake.js';
import { askAgainId } from './ask-again.js';
import { checkBeginning, compositionOptions, more, rawOptions } from './composition-options.js';
import { deliveryOf, deliveryOptions } from './delivery-options.js';
import { suggestionsFor } from './option-suggestions.js';
import { presetNamed, presetNames } from './preset.js';
import type { BotServices } from './services.js';

/** `/compose`: a piece as MIDI, audio and a picture. */
export function composeCommand({ requests, library, compositions, settings }: BotServices): SlashCommand {
  return {
    data,
    allowed: everybody,
    botPermissions: ['AttachFiles'],
    async suggest(option, typed, { guildId, locale }) {
      if (option === presetOption)
        return matching(presetNames((await settings.read(guildId)).presets), typed);
      return suggestionsFor({ requests, library }, 'command', option, typed, guildId, languageFor(locale));
    },
    async execute(interaction, context) {
      const { defaults, presets } = await settings.read(interaction.guildId);
      const preset = interaction.options.getString(presetOption);
      const named = preset === null ? defaults : overriding(defaults, presetNamed(preset, presets));
      const requester = requesterOf(interaction);
      const given = withReadChords(requester.language, rawOptions(interaction.options, 'command'));
      const raw = overriding(named, given);
      const delivery = deliveryOf(interaction.options);
      const file = interaction.options.getAttachment(midiOption);
      const takes = takesOf(delivery.takes, raw, (options) =>
        requests.start(options, undefined, requester.server),
      );
      if (file === null) {
        const again = askAgainId(raw, delivery);
        await compositions.compose(requester, { delivery, requests: takes, again }, context);
        return;
      }
      checkBeginning(given);
      compositions.check(file);
      await compositions.compose(
        requester,
        {
          delivery,
          requests: async (signal) =>
            takesOf(delivery.takes, raw, await compositions.startingFrom(file, requester.server, signal)),
        },
        context,
      );
    },
  };
}

const midiOption = 'midi';
const presetOption = 'preset';

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  ...localized(({ commands }) => commands.compose),
  options: [
    ...compositionOptions('command'),
    {
      type: ApplicationCommandOptionType.String,
      ...localized(({ commands }) => commands.compose.options.preset),
      autocomplete: true,
    },
    {
      type: ApplicationCommandOptionType.Attachment,
      ...localized(({ commands }) => commands.compose.options.midi),
      fileTypes: midiExtensions,
    },
    ...deliveryOptions,
    more,
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
};
