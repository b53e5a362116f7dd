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
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import type { MediaFile, MessageContent } from '../bot/reply/message-content.js';

const topics = ['start', 'options', 'character', 'songs', 'files', 'server'] as const;

const sampleFolder = new URL('../../assets/sample/', import.meta.url);

/** `/help`: examples to copy, what the options do, and a sample piece. */
export function helpCommand(): SlashCommand {
  return {
    data,
    allowed: everybody,
    botPermissions: [],
    async execute(interaction) {
      const topic = topics.find((name) => name === interaction.options.getString('topic')) ?? 'start';
      const language = languageFor(interaction.locale);
      const reply = await deferredReply(interaction, true);
      await reply.show(await helpMessage(language, topic));
    },
  };
}

/** The help message of a topic. */
export async function helpMessage(
  language: Language,
  topic: (typeof topics)[number] = 'start',
): Promise<MessageContent> {
  const files = topic === 'start' ? await Promise.all(sample.map((file) => readSample(file, language))) : [];
  return { content: language.help[topic], components: [], files };
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

const data: SlashCommandData = {
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
};
