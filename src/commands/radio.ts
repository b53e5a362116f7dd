import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
  type ApplicationCommandSubCommandData,
  type BaseInteraction,
  type ChatInputCommandInteraction,
  type ButtonInteraction,
  type RepliableInteraction,
} from 'discord.js';
import { guildOf, managesServer, serverOf } from '../bot/access/manager.js';
import { bySubcommand, inServer, managers } from '../bot/access/preconditions.js';
import type { Action, CommandContext, SlashCommand, SlashCommandData } from '../bot/dispatch/command.js';
import { playerActs, type PlayerAct } from '../bot/radio/player-view.js';
import { matching } from '../bot/dispatch/suggestions.js';
import type { Radios } from '../bot/radio/radios.js';
import { timeZones } from '../bot/radio/time.js';
import { leastVolume, mostVolume } from '../bot/radio/volume.js';
import { localized } from '../bot/reply/localized.js';
import { requesterOf } from '../bot/reply/requester.js';
import { UserError } from '../errors/user-error.js';
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import { compositionOptions, rawOptions } from './composition-options.js';
import { suggestionsFor } from './option-suggestions.js';
import type { BotServices } from './services.js';

const percentOption = 'percent';
/** Options of a radio; all others vary from piece to piece. */
const wishOptions = ['text', 'style'] as const;

/** Permissions that a radio's message needs. */
export const startPermissions = ['ViewChannel', 'SendMessages', 'AttachFiles'] as const;

/** `/radio`: endless music in a voice channel; only registered with `VOICE=on`. */
export function radioCommand({ radios, requests, library }: BotServices): readonly SlashCommand[] {
  if (radios === undefined) return [];
  const command: SlashCommand = {
    data,
    allowed: bySubcommand({
      ...{ start: inServer, stop: inServer, skip: inServer, volume: inServer, now: inServer },
      settings: managers,
    }),
    botPermissions: ({ options }) => (options.getSubcommand() === 'start' ? startPermissions : []),
    suggest: (option, typed, { guildId, locale }) =>
      option === 'time-zone'
        ? matching(timeZones, typed)
        : suggestionsFor({ requests, library }, 'command', option, typed, guildId, languageFor(locale)),
    async execute(interaction) {
      const language = languageFor(interaction.locale);
      const use = uses[interaction.options.getSubcommand()];
      if (use === undefined) throw new UserError('command.unknown');
      await use(interaction, radios, language);
    },
  };
  return [command];
}

type Use = (interaction: ChatInputCommandInteraction, radios: Radios, language: Language) => Promise<void>;

const uses: Readonly<Record<string, Use>> = {
  async start(interaction, radios, language) {
    const guild = guildOf(interaction);
    const said = wishOptions.flatMap((name) => interaction.options.getString(name) ?? []);
    const wishes = rawOptions(interaction.options, 'command');
    const until = interaction.options.getString('until');
    // Joining may take longer than the three seconds that Discord waits.
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const broadcast = await radios.start({
      ...{ guild, user: interaction.user.id, textChannel: interaction.channelId, language, wishes },
      wish: said.length === 0 ? undefined : said.join(', '),
      stays: interaction.options.getBoolean('stay') ?? false,
      isManager: managesServer(interaction),
      isByHour: interaction.options.getBoolean('by-hour') ?? false,
      until: until === null ? undefined : { said: until, atMs: interaction.createdTimestamp },
    });
    await interaction.editReply(language.radio.started(`<#${broadcast.channel}>`));
  },

  async stop(interaction, radios, language) {
    await stop(interaction, radios);
    await say(interaction, language.radio.stopped);
  },

  async skip(interaction, radios, language) {
    await say(interaction, (await skip(interaction, radios, language)) ?? language.radio.skipping);
  },

  async volume(interaction, radios, language) {
    const percent = interaction.options.getInteger(percentOption, true);
    const isFree = await radios.isFree(interaction);
    await radios.setVolume(serverOf(interaction), interaction.user.id, isFree, percent);
    await say(interaction, language.radio.volumeSet(percent));
  },

  async settings(interaction, radios, language) {
    const dj = interaction.options.getRole('dj')?.id;
    const timeZone = interaction.options.getString('time-zone') ?? undefined;
    await radios.choose(serverOf(interaction), { dj, timeZone });
    await say(interaction, language.radio.chosen(dj === undefined ? undefined : `<@&${dj}>`, timeZone));
  },

  async now(interaction, radios, language) {
    await say(interaction, radios.of(serverOf(interaction)).describe(language));
  },
};

/** The buttons under a radio's message. */
export function radioAction({ radios, compositions }: BotServices): readonly Action[] {
  if (radios === undefined) return [];
  const action: Action = {
    name: 'radio',
    allowed: inServer,
    botPermissions: ({ customId }) => (customId.endsWith('keep') ? ['AttachFiles'] : []),
    async execute(interaction, [name], context) {
      const act = playerActs.find((each) => each === name);
      if (act === undefined || !interaction.isButton()) throw new UserError('action.unknown');
      await press(act, interaction, radios, compositions, context);
    },
  };
  return [action];
}

async function press(
  act: PlayerAct,
  interaction: ButtonInteraction,
  radios: Radios,
  compositions: BotServices['compositions'],
  context: CommandContext,
): Promise<void> {
  const broadcast = radios.of(serverOf(interaction));
  const { user } = interaction;
  switch (act) {
    case 'skip': {
      const language = languageFor(interaction.locale);
      const votes = await skip(interaction, radios, language);
      if (votes !== undefined) await say(interaction, votes);
      break;
    }
    case 'calmer':
      broadcast.steer(user.id, -1);
      break;
    case 'livelier':
      broadcast.steer(user.id, 1);
      break;
    case 'like':
      broadcast.like(user.id);
      break;
    case 'keep':
      await compositions.show(requesterOf(interaction), broadcast.keep(user.id), context);
      break;
    case 'stop':
      await stop(interaction, radios);
  }
  if (!interaction.replied && !interaction.deferred) await interaction.deferUpdate();
}

/** @returns what to reply if more votes are needed */
async function skip(
  interaction: BaseInteraction,
  radios: Radios,
  language: Language,
): Promise<string | undefined> {
  const isFree = await radios.isFree(interaction);
  const count = radios.of(serverOf(interaction)).skip(interaction.user.id, isFree);
  return count && language.radio.votes(count.votes, count.needed);
}

async function stop(interaction: BaseInteraction, radios: Radios): Promise<void> {
  const isFree = await radios.isFree(interaction);
  await radios.of(serverOf(interaction)).stop(interaction.user.id, isFree);
}

async function say(interaction: RepliableInteraction, content: string): Promise<void> {
  await interaction.reply({ content, flags: MessageFlags.Ephemeral, allowedMentions: { parse: [] } });
}

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  ...localized(({ commands }) => commands.radio),
  options: [
    subcommand('start', [
      ...compositionOptions('command').filter(({ name }) => wishOptions.some((wish) => wish === name)),
      {
        type: ApplicationCommandOptionType.String,
        ...localized(({ commands }) => commands.radio.until),
        maxLength: 40,
      },
      { type: ApplicationCommandOptionType.Boolean, ...localized(({ commands }) => commands.radio.byHour) },
      { type: ApplicationCommandOptionType.Boolean, ...localized(({ commands }) => commands.radio.stay) },
    ]),
    subcommand('stop'),
    subcommand('skip'),
    subcommand('volume', [
      {
        type: ApplicationCommandOptionType.Integer,
        ...localized(({ commands }) => commands.radio.percent),
        minValue: leastVolume,
        maxValue: mostVolume,
        required: true,
      },
    ]),
    subcommand('now'),
    subcommand('settings', [
      { type: ApplicationCommandOptionType.Role, ...localized(({ commands }) => commands.radio.dj) },
      {
        type: ApplicationCommandOptionType.String,
        ...localized(({ commands }) => commands.radio.timeZone),
        autocomplete: true,
      },
    ]),
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};

function subcommand(
  name: 'start' | 'stop' | 'skip' | 'volume' | 'now' | 'settings',
  options?: NonNullable<ApplicationCommandSubCommandData['options']>,
): ApplicationCommandSubCommandData {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    ...localized(({ commands }) => commands.radio[name]),
    ...(options !== undefined && { options }),
  };
}
