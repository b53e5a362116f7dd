import { readFile } from 'node:fs/promises';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
} from 'discord.js';
import { everybody } from '../bot/access/preconditions.js';
import type { SlashCommand, SlashCommandData } from '../bot/dispatch/command.js';
import { deferredReply } from '../bot/reply/deferred-reply.js';
import { localized, localizedName } from '../bot/reply/localized.js';
import { formatOptions } from '../request/option-text.js';
import { optionNames, specOf, type OptionName } from '../request/options.js';
import { composesSongs, keyboardKinds } from '../request/networks.js';
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import type { Named } from '../i18n/options.js';
import { valuesOf } from './option-suggestions.js';
import type { BotServices } from './services.js';
import type { MediaFile, MessageContent } from '../bot/reply/message-content.js';

type Topic = keyof Language['help'];

/** The topics of `/help`, in order. */
export const helpTopics = [
  'start',
  'options',
  'character',
  'songs',
  'files',
  'radio',
  'server',
] as const satisfies readonly Topic[];

const sampleFolder = new URL('../../assets/sample/', import.meta.url);

/** `/help`: examples to copy, what the options do, and a sample piece. */
export function helpCommand({ radios }: Pick<BotServices, 'radios'>): SlashCommand {
  return {
    data: dataWith(helpTopics.filter((topic) => topic !== 'radio' || radios !== undefined)),
    allowed: everybody,
    botPermissions: [],
    async execute(interaction) {
      const topic = helpTopics.find((name) => name === interaction.options.getString('topic')) ?? 'start';
      const language = languageFor(interaction.locale);
      const reply = await deferredReply(interaction, true);
      await reply.show(await helpMessage(language, topic));
    },
  };
}

/** The help message of a topic. */
export async function helpMessage(language: Language, topic: Topic = 'start'): Promise<MessageContent> {
  const files = topic === 'start' ? await Promise.all(sample.map((file) => readSample(file, language))) : [];
  const options = optionNames.filter((name) => topicOf(name) === topic);
  const lines = options.map((name) => optionLine(name, language));
  return { content: [language.help[topic], ...lines].join('\n'), components: [], files };
}

/** The topic that lists an option: one of its own for those that only some networks follow. */
function topicOf(name: OptionName): Topic {
  const { networks } = specOf(name);
  if (networks === undefined) return 'options';
  if (networks.every(composesSongs)) return 'songs';
  return keyboardKinds.every((kind) => networks.includes(kind)) ? 'options' : 'character';
}

/** An option with an example and what it does. */
function optionLine(name: OptionName, language: Language): string {
  const words: Named = language.options[name];
  const values = valuesOf(name, '', language);
  // The first is often the default.
  const example = values[1] ?? values[0];
  return `\`${example === undefined ? words.name : formatOptions({ [words.name]: example })}\` ${words.description}`;
}

const sample = [
  { name: 'piano-roll.png', contentType: 'image/png', alt: 'helpPianoRoll' },
  { name: 'preview.ogg', contentType: 'audio/ogg', alt: 'helpPreview' },
] as const;

async function readSample(
  { name, contentType, alt }: (typeof sample)[number],
  { altText }: Language,
): Promise<MediaFile> {
  return { name, contentType, description: altText[alt], bytes: await readFile(new URL(name, sampleFolder)) };
}

/** @param topics to choose from */
const dataWith = (topics: readonly Topic[]): SlashCommandData => ({
  type: ApplicationCommandType.ChatInput,
  ...localized(({ commands }) => commands.help),
  options: [
    {
      type: ApplicationCommandOptionType.String,
      ...localized(({ commands }) => commands.help.topic),
      choices: topics.map((topic) => ({
        ...localizedName(({ commands }) => commands.help.topics[topic]),
        value: topic,
      })),
    },
  ],
  integrationTypes: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  contexts: [
    InteractionContextType.Guild,
    InteractionContextType.BotDM,
    InteractionContextType.PrivateChannel,
  ],
});
