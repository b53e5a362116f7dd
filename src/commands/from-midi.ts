import { ApplicationCommandType, ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import { requesterOf } from '../bot/reply/requester.js';
import type { MessageCommand } from '../bot/dispatch/command.js';
import { onlyMidi } from '../bot/compose/composition-handler.js';
import type { AttachedFile } from '../bot/compose/download.js';
import { localizedName } from '../bot/reply/localized.js';
import { everybody } from '../bot/access/preconditions.js';
import type { CompositionRequest } from '../request/request.js';
import { fixedByPiece, without, type RawOptions } from '../request/options.js';
import type { BotServices } from './services.js';

/** Menu commands for a MIDI file on any message: start from it, or continue it. */
export function midiCommands(bot: BotServices): readonly MessageCommand[] {
  const { compositions } = bot;
  return [
    midiCommand('composeFromMidi', bot, async (options, file, server, signal) =>
      (await compositions.startingFrom(file, server, signal))(options),
    ),
    midiCommand('continueMidi', bot, async (options, file, server, signal) =>
      (await compositions.goingOnFrom(file, server, signal))(without(options, fixedByPiece)),
    ),
  ];
}

type Start = (
  options: RawOptions,
  file: AttachedFile,
  server: string | undefined,
  signal: AbortSignal,
) => Promise<CompositionRequest>;

function midiCommand(
  name: 'composeFromMidi' | 'continueMidi',
  { compositions, settings }: BotServices,
  start: Start,
): MessageCommand {
  return {
    data: {
      type: ApplicationCommandType.Message,
      ...localizedName(({ commands }) => commands[name].name),
      integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
      contexts: [
        InteractionContextType.Guild,
        InteractionContextType.BotDM,
        InteractionContextType.PrivateChannel,
      ],
    },
    allowed: everybody,
    botPermissions: ['AttachFiles'],
    async execute(interaction, context) {
      const file = onlyMidi(interaction.targetMessage);
      compositions.check(file);
      const { defaults } = await settings.read(interaction.guildId);
      const requester = requesterOf(interaction);
      await compositions.compose(
        requester,
        {
          delivery: { takes: 1, isPrivate: false, withVoice: false },
          requests: async (signal) => [await start(defaults, file, requester.server, signal)],
        },
        context,
      );
    },
  };
}
