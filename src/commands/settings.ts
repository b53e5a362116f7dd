import type { RawOptions } from '../request/options.js';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ChannelType,
  InteractionContextType,
  MessageFlags,
  type ApplicationCommandSubCommandData,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { dayOf, timeOf } from '../bot/daily/daily.js';
import { chooseDaily } from '../bot/daily/set-daily.js';
import type { SlashCommand, SlashCommandData } from '../bot/dispatch/command.js';
import type { HourlyLimits } from '../bot/access/fair-share.js';
import { localized } from '../bot/reply/localized.js';
import { serverOf } from '../bot/access/manager.js';
import { managers } from '../bot/access/preconditions.js';
import type { ServerSettings } from '../bot/access/server-settings.js';
import { withReadChords } from '../i18n/chords.js';
import type { Language } from '../i18n/language.js';
import { languageCodes, languageFor, ownNames } from '../i18n/languages.js';
import { writeOptions } from '../i18n/written.js';
import { UserError } from '../errors/user-error.js';
import { compositionOptions, more, rawOptions } from './composition-options.js';
import { suggestionsFor } from './option-suggestions.js';
import type { BotServices } from './services.js';

const mostTrainers = 50;

/** `/settings`: settings of a server, for its managers; its limits cannot exceed the operator's. */
export function settingsCommand({
  requests,
  library,
  settings: store,
  config: limits,
}: BotServices): SlashCommand {
  return {
    data: definition(limits),
    allowed: managers,
    botPermissions: [],
    suggest: (option, typed, { guildId, locale }) =>
      suggestionsFor({ requests, library }, 'settings', option, typed, guildId, languageFor(locale)),
    async execute(interaction) {
      const server = serverOf(interaction);
      const { options } = interaction;
      const language = languageFor(interaction.locale);
      const change = changes[options.getSubcommand()];
      if (change === setDefaults) requests.start(defaultsIn(options, language), undefined, server);
      const settings = await (change === undefined
        ? store.read(server)
        : store.update(server, (before) => change(before, interaction, language)));
      await interaction.reply({
        content: shown(settings, limits, language, interaction.createdTimestamp),
        flags: MessageFlags.Ephemeral,
        allowedMentions: { parse: [] },
      });
    },
  };
}

type Options = ChatInputCommandInteraction['options'];
type Change = (
  before: ServerSettings,
  interaction: ChatInputCommandInteraction,
  language: Language,
) => ServerSettings;

function defaultsIn(options: Options, language: Language): RawOptions {
  return withReadChords(language, rawOptions(options, 'settings'));
}

const setDefaults: Change = (before, { options }, language) => ({
  ...before,
  defaults: defaultsIn(options, language),
});

const changes: Readonly<Record<string, Change>> = {
  defaults: setDefaults,

  'share-channel'(before, { options }) {
    const channel = options.getChannel('channel');
    return { ...before, shareChannel: channel?.id };
  },

  daily(before, { options, createdTimestamp, guild }) {
    const channel = options.getChannel('channel')?.id;
    const hour = options.getInteger('hour') ?? undefined;
    return { ...before, daily: chooseDaily(before.daily, { channel, hour, atMs: createdTimestamp }, guild) };
  },

  limits(before, { options }) {
    const person = options.getInteger('person');
    const server = options.getInteger('server');
    return {
      ...before,
      limits: {
        ...(person !== null && { piecesPerHour: person }),
        ...(server !== null && { serverPiecesPerHour: server }),
      },
    };
  },

  trainers(before, { options }) {
    const allow = options.get('allow');
    const forbid = options.get('forbid');
    const changed = (ids: readonly string[], kind: 'role' | 'user'): string[] => {
      const added = allow?.[kind]?.id;
      const all = new Set([...ids, ...(added === undefined ? [] : [added])]);
      all.delete(forbid?.[kind]?.id ?? '');
      return [...all];
    };
    const roles = changed(before.trainers.roles, 'role');
    const users = changed(before.trainers.users, 'user');
    if (roles.length + users.length > mostTrainers) {
      throw new UserError('settings.too-many-trainers', { most: mostTrainers });
    }
    return { ...before, trainers: { roles, users } };
  },

  language(before, { options }) {
    return { ...before, language: languageCodes.find((code) => code === options.getString('language')) };
  },
};

function shown(
  { defaults, shareChannel, daily, presets, limits, trainers, language: code }: ServerSettings,
  operator: HourlyLimits,
  language: Language,
  nowMs: number,
): string {
  const { settings: words, figures } = language;
  const named = [
    ...trainers.roles.map((role) => `<@&${role}>`),
    ...trainers.users.map((user) => `<@${user}>`),
  ];
  return [
    words.title,
    words.defaults(Object.keys(defaults).length === 0 ? undefined : writeOptions(defaults, language)),
    words.shareChannel(shareChannel === undefined ? undefined : `<#${shareChannel}>`),
    // Each reader sees the hour in their own time zone.
    daily?.channel === undefined
      ? words.daily()
      : words.daily(`<#${daily.channel}>`, `<t:${timeOf(daily.hour, dayOf(nowMs)) / 1000}:t>`),
    words.limits(
      Math.min(limits.piecesPerHour ?? Infinity, operator.piecesPerHour),
      Math.min(limits.serverPiecesPerHour ?? Infinity, operator.serverPiecesPerHour),
    ),
    words.trainers(figures.list(named)),
    words.language(code === undefined ? undefined : ownNames[code]),
    words.presets(Object.keys(presets).length),
  ].join('\n');
}

function definition({ piecesPerHour, serverPiecesPerHour }: HourlyLimits): SlashCommandData {
  const { Integer, Mentionable } = ApplicationCommandOptionType;
  return {
    type: ApplicationCommandType.ChatInput,
    ...localized(({ commands }) => commands.settings),
    defaultMemberPermissions: 'ManageGuild',
    options: [
      subcommand((settings) => settings.show),
      subcommand((settings) => settings.defaults, [...compositionOptions('settings'), more]),
      subcommand(
        (settings) => settings.shareChannel,
        [
          {
            type: ApplicationCommandOptionType.Channel,
            ...localized(({ commands }) => commands.settings.shareChannel.channel),
            channelTypes: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
          },
        ],
      ),
      subcommand(
        (settings) => settings.daily,
        [
          {
            type: ApplicationCommandOptionType.Channel,
            ...localized(({ commands }) => commands.settings.daily.channel),
            channelTypes: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
          },
          {
            type: Integer,
            ...localized(({ commands }) => commands.settings.daily.hour),
            minValue: 0,
            maxValue: 23,
          },
        ],
      ),
      subcommand(
        (settings) => settings.limits,
        [
          {
            type: Integer,
            ...localized(({ commands }) => commands.settings.limits.person),
            minValue: 1,
            maxValue: piecesPerHour,
          },
          {
            type: Integer,
            ...localized(({ commands }) => commands.settings.limits.server),
            minValue: 1,
            maxValue: serverPiecesPerHour,
          },
        ],
      ),
      subcommand(
        (settings) => settings.trainers,
        [
          { type: Mentionable, ...localized(({ commands }) => commands.settings.trainers.allow) },
          { type: Mentionable, ...localized(({ commands }) => commands.settings.trainers.forbid) },
        ],
      ),
      subcommand(
        (settings) => settings.language,
        [
          {
            type: ApplicationCommandOptionType.String,
            ...localized(({ commands }) => commands.settings.language.language),
            choices: languageCodes.map((code) => ({ name: ownNames[code], value: code })),
          },
        ],
      ),
    ],
    integrationTypes: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  };
}

function subcommand(
  wordsOf: (settings: Language['commands']['settings']) => { name: string; description: string },
  options?: NonNullable<ApplicationCommandSubCommandData['options']>,
): ApplicationCommandSubCommandData {
  return {
    type: ApplicationCommandOptionType.Subcommand,
    ...localized(({ commands }) => wordsOf(commands.settings)),
    // Discord omits an empty list, which would otherwise look like a change.
    ...(options !== undefined && { options }),
  };
}
