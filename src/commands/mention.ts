import type { Message } from 'discord.js';
import { requesterOfMessage } from '../bot/reply/requester.js';
import type { MessageAnswerer } from '../bot/dispatch/command.js';
import { filesOf, midiFilesOf } from '../bot/compose/composition-handler.js';
import type { AttachedFile } from '../bot/compose/download.js';
import { withReadChords } from '../i18n/chords.js';
import type { Language } from '../i18n/language.js';
import { languageFor } from '../i18n/languages.js';
import { UserError } from '../errors/user-error.js';
import { overriding, type RawOptions } from '../request/options.js';
import { nearestTo } from '../request/words/nearest.js';
import { understand } from '../request/words/understand.js';
import { takesOf } from '../compose/remake.js';
import { askAgainId } from './ask-again.js';
import { checkBeginning } from './composition-options.js';
import { helpMessage } from './help.js';
import type { BotServices } from './services.js';
import { readMessage } from './written-request.js';

/**
 * Messages that mention the bot, and all direct messages: words about the music, options written as in the
 * command, and a MIDI file to start from, if one is attached. A message without a request gets help.
 */
export function mention({
  requests,
  compositions,
  settings,
}: Pick<BotServices, 'requests' | 'compositions' | 'settings'>): MessageAnswerer {
  const languageOf = async ({ guildId, guild }: Message): Promise<Language> =>
    languageFor((await settings.read(guildId)).language ?? guild?.preferredLocale);
  return {
    botPermissions: ['AttachFiles'],

    // A reply to the bot mentions it implicitly: that is conversation, not a request.
    isFor: (message) =>
      !message.author.bot &&
      !message.system &&
      message.webhookId === null &&
      (message.guildId === null || namesOf(message).some((name) => message.content.includes(name))),

    languageOf,

    async execute(message, context) {
      const file = midiOf(message);
      const text = namesOf(message).reduce((rest, name) => rest.replaceAll(name, ' '), message.content);
      const { options, delivery } = readMessage(text);
      if (file === undefined && isForHelp(text, options)) {
        const requester = requesterOfMessage(message, await languageOf(message));
        const reply = await requester.open(false);
        await reply.show(await helpMessage(requester.language));
        return;
      }
      if (file !== undefined) {
        checkBeginning(options);
        compositions.check(file);
      }
      const { defaults } = await settings.read(message.guildId);
      const requester = requesterOfMessage(message, await languageOf(message));
      const all = overriding(defaults, withReadChords(requester.language, options));
      if (file === undefined) {
        const takes = takesOf(delivery.takes, all, (given) =>
          requests.start(given, undefined, requester.server),
        );
        const again = askAgainId(all, delivery);
        await compositions.compose(requester, { delivery, requests: takes, again }, context);
        return;
      }
      await compositions.compose(
        requester,
        {
          delivery,
          requests: async (signal) =>
            takesOf(delivery.takes, all, await compositions.startingFrom(file, requester.server, signal)),
        },
        context,
      );
    },
  };
}

/** How a text mentions the bot; old clients use the second form. */
function namesOf({ client }: Message): readonly string[] {
  return [`<@${client.user.id}>`, `<@!${client.user.id}>`];
}

/** @throws UserError when the attachment is not a MIDI file, or there are several. */
function midiOf(message: Message): AttachedFile | undefined {
  if (filesOf(message).length === 0) return undefined;
  const [file, ...others] = midiFilesOf(message);
  if (file !== undefined && others.length === 0) return file;
  throw new UserError('message.one-midi');
}

/** A request for help or a greeting in any language, and nothing else. */
const helpWords =
  /^(?:(?:please |bitte )?(?:help|hilfe|aide|ayuda|помощь|помоги|справка|ヘルプ|助けて)(?: me| mir)?|hello|hi|hey|hallo|bonjour|salut|coucou|hola|привет|здравствуйте|こんにちは|やあ|what can you do|[?？]+)$/iu;

/** Whether a message is empty or asks for help. */
function isForHelp(text: string, options: RawOptions): boolean {
  const words = text.replace(/[\p{Punctuation}\s]+/gu, ' ').trim();
  if (words === '' || helpWords.test(words)) return true;
  const { text: said, ...others } = options;
  if (said === undefined || Object.keys(others).length > 0) return false;
  const { words: known, untaught = [], key, ignored } = understand(String(said));
  // Text without any musical meaning; "make music" has no words left.
  return (
    known.length === 0 &&
    untaught.length === 0 &&
    key === undefined &&
    ignored.length > 0 &&
    ignored.every((word) => nearestTo(word) === undefined)
  );
}
