import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import type { SlashCommand, SlashCommandData } from '../bot/dispatch/command.js';
import { serverOf } from '../bot/access/manager.js';
import { bySubcommand, inServer, managers } from '../bot/access/preconditions.js';
import { localized } from '../bot/reply/localized.js';
import { matching } from '../bot/dispatch/suggestions.js';
import { UserError } from '../errors/user-error.js';
import { withReadChords } from '../i18n/chords.js';
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import { writeCommand, writeOptions } from '../i18n/written.js';
import { builtInPresets, type Preset } from '../request/presets.js';
import { compositionOptions, more, rawOptions } from './composition-options.js';
import { suggestionsFor } from './option-suggestions.js';
import type { BotServices } from './services.js';

const mostPresets = 50;

/** `/preset`: saved sets of options. Everyone can list and use them; managers can change them. */
export function presetCommand({ requests, library, settings }: BotServices): SlashCommand {
  return {
    data,
    allowed: bySubcommand({ list: inServer, save: managers, delete: managers }),
    botPermissions: [],
    async suggest(option, typed, { guildId, locale }) {
      if (option === 'name') return matching(Object.keys((await settings.read(guildId)).presets), typed);
      return suggestionsFor({ requests, library }, 'preset', option, typed, guildId, languageFor(locale));
    },
    async execute(interaction) {
      const { options, locale } = interaction;
      const language = languageFor(locale);
      switch (options.getSubcommand()) {
        case 'list': {
          const { presets } = await settings.read(serverOf(interaction));
          await interaction.reply({ content: listed(presets, language), flags: MessageFlags.Ephemeral });
          return;
        }
        case 'save': {
          const server = serverOf(interaction);
          const name = presetName(options.getString('name', true));
          const preset = withReadChords(language, rawOptions(options, 'preset'));
          if (Object.keys(preset).length === 0) {
            throw new UserError('preset.empty');
          }
          requests.start(preset, undefined, server);
          await settings.update(server, (before) => {
            const presets = { ...before.presets, [name]: preset };
            if (Object.keys(presets).length > mostPresets) throw tooMany();
            return { ...before, presets };
          });
          await interaction.reply(language.presets.saved(name, writeCommand(preset, language)));
          return;
        }
        case 'delete': {
          const server = serverOf(interaction);
          const name = options.getString('name', true).trim().toLowerCase();
          await settings.update(server, (before) => {
            if (!Object.hasOwn(before.presets, name)) throw unknownPreset(name, Object.keys(before.presets));
            const presets = Object.fromEntries(
              Object.entries(before.presets).filter(([other]) => other !== name),
            );
            return { ...before, presets };
          });
          await interaction.reply(language.presets.deleted(name));
          return;
        }
      }
    },
  };
}

/**
 * The options of a preset, of this server or built in.
 * @throws UserError when there is no preset of this name
 */
export function presetNamed(name: string, presets: Readonly<Record<string, Preset>>): Preset {
  // A map: a record also has inherited properties, such as `constructor`.
  const all = new Map(Object.entries({ ...builtInPresets, ...presets }));
  const preset = all.get(name.trim().toLowerCase());
  if (preset === undefined) throw unknownPreset(name, [...all.keys()]);
  return preset;
}

/** Autocompletion for the option `preset` of /compose. */
export function presetNames(presets: Readonly<Record<string, Preset>>): readonly string[] {
  return [...Object.keys(presets).sort(), ...Object.keys(builtInPresets)];
}

/** @throws UserError */
function presetName(given: string): string {
  const name = given.trim().toLowerCase();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,31}$/u.test(name)) {
    throw new UserError('preset.name');
  }
  if (Object.hasOwn(builtInPresets, name)) {
    throw new UserError('preset.built-in', {
      name,
    });
  }
  return name;
}

function listed(presets: Readonly<Record<string, Preset>>, language: Language): string {
  const { presets: words } = language;
  const lines = (all: Readonly<Record<string, Preset>>): string[] =>
    Object.entries(all).map(([name, preset]) => `**${name}** \`${writeOptions(preset, language)}\``);
  const own = lines(presets).sort();
  return [
    ...(own.length === 0 ? [] : [words.own, ...own, '']),
    words.builtIn,
    ...lines(builtInPresets),
    words.hint,
  ]
    .join('\n')
    .slice(0, 2000);
}

function tooMany(): UserError {
  return new UserError('preset.too-many', { most: mostPresets });
}

function unknownPreset(name: string, names: readonly string[]): UserError {
  return new UserError('preset.unknown', { name: name.slice(0, 40), names });
}

const nameOption = {
  type: ApplicationCommandOptionType.String,
  ...localized(({ commands }) => commands.preset.presetName),
  required: true,
  maxLength: 32,
} as const;

const data: SlashCommandData = {
  type: ApplicationCommandType.ChatInput,
  ...localized(({ commands }) => commands.preset),
  options: [
    {
      type: ApplicationCommandOptionType.Subcommand,
      ...localized(({ commands }) => commands.preset.list),
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      ...localized(({ commands }) => commands.preset.save),
      options: [nameOption, ...compositionOptions('preset'), more],
    },
    {
      type: ApplicationCommandOptionType.Subcommand,
      ...localized(({ commands }) => commands.preset.delete),
      options: [{ ...nameOption, autocomplete: true }],
    },
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall],
  contexts: [InteractionContextType.Guild],
};
