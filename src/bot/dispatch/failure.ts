import { randomBytes } from 'node:crypto';
import {
  DiscordAPIError,
  MessageFlags,
  RESTJSONErrorCodes,
  type APIButtonComponentWithCustomId,
  type Message,
  type RepliableInteraction,
} from 'discord.js';
import { english } from '../../i18n/en/english.js';
import type { Language } from '../../i18n/language.js';
import { languageFor } from '../../i18n/languages.js';
import { UserError } from '../../errors/user-error.js';
import type { Logger } from '../ops/logging.js';
import type { Outcome } from '../ops/metrics.js';
import { deleteButton, row } from '../reply/buttons.js';
import { retryOnce } from '../gateway/retry.js';

/**
 * Discord's errors that mean that nobody is waiting for this interaction any more, or that another process
 * has it.
 */
const goneCodes = new Set<string | number>([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged,
  RESTJSONErrorCodes.UnknownMessage,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.InvalidWebhookToken,
]);

export function isGone(error: unknown): error is DiscordAPIError {
  return error instanceof DiscordAPIError && goneCodes.has(error.code);
}

/** A failure whose error message has a button that offers a way out. */
export class FailureWithButton extends Error {
  override readonly name = 'FailureWithButton';

  constructor(
    readonly failure: unknown,
    readonly button: APIButtonComponentWithCustomId,
  ) {
    super('A failure that can be mended.', { cause: failure });
  }
}

/** The outcome of a request that failed with this error. */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof FailureWithButton) return outcomeOf(error.failure);
  if (isGone(error)) return 'gone';
  return error instanceof UserError && error.cause === undefined ? 'refused' : 'failed';
}

/** Short enough to be read out to an operator. */
export function newRequestId(): string {
  return randomBytes(4).toString('hex');
}

/** Tells only the person why a request failed. Never rejects. */
export function answerFailure(
  interaction: RepliableInteraction,
  error: unknown,
  requestId: string,
  log: Logger,
): Promise<void> {
  const language = Promise.resolve(languageFor(interaction.locale));
  const [failure, buttons] =
    error instanceof FailureWithButton ? [error.failure, [error.button]] : [error, []];
  return tellFailure(failure, language, requestId, log, (sentence) =>
    sayPrivately(interaction, sentence, buttons),
  );
}

/** Replies to a message with the reason why it failed. Never rejects. */
export function answerMessageFailure(
  message: Message,
  language: Promise<Language>,
  error: unknown,
  requestId: string,
  log: Logger,
): Promise<void> {
  return tellFailure(error, language, requestId, log, async (sentence) => {
    const content = sentence.slice(0, 2000);
    await message.reply({ content, allowedMentions: { parse: [] }, failIfNotExists: false });
  });
}

async function tellFailure(
  error: unknown,
  language: Promise<Language>,
  requestId: string,
  log: Logger,
  tell: (sentence: string) => Promise<void>,
): Promise<void> {
  if (isGone(error)) {
    log.info({ err: error }, 'nobody waits for the answer');
    return;
  }
  try {
    const sentence = failureSentence(error, requestId, log, await language.catch(() => english));
    await tell(sentence);
  } catch (failure) {
    log.warn({ err: failure }, 'could not say why it failed');
  }
}

/**
 * Logs a failure and returns its error message: that of a {@link UserError}, or an apology with the ID under
 * which the log has the reason.
 */
export function failureSentence(error: unknown, requestId: string, log: Logger, language: Language): string {
  if (error instanceof UserError && error.cause === undefined) log.info({ code: error.code }, 'refused');
  else if (error instanceof UserError) log.error({ code: error.code, err: error.cause }, 'failed');
  else log.error({ err: error }, 'failed');
  return error instanceof UserError ? language.refusal(error) : language.apology(requestId);
}

/**
 * Sends a message to the requester: privately if nothing was acknowledged publicly. A public "thinking …" can
 * never become private, and if it were deleted, the error message would refer to a deleted message: so the
 * error message replaces it, and can be deleted. The message that a button belongs to stays.
 */
async function sayPrivately(
  interaction: RepliableInteraction,
  sentence: string,
  buttons: readonly APIButtonComponentWithCustomId[],
): Promise<void> {
  const message = {
    content: sentence.slice(0, 2000),
    flags: MessageFlags.Ephemeral,
    allowedMentions: { parse: [] },
    components: buttons.length === 0 ? [] : [row(...buttons)],
  } as const;
  if (!interaction.deferred && !interaction.replied) {
    await interaction.reply(message);
    return;
  }
  if (interaction.ephemeral === null) {
    await interaction.followUp(message);
    return;
  }
  const language = languageFor(interaction.locale);
  const edited = retryOnce(() =>
    interaction.editReply({
      content: message.content,
      allowedMentions: message.allowedMentions,
      attachments: [],
      components:
        interaction.ephemeral === true
          ? message.components
          : [row(...buttons, deleteButton(language, interaction.user.id))],
    }),
  );
  // Where the reply cannot be edited, or was deleted, a follow-up tells the person.
  await edited.catch(() => interaction.followUp(message));
}
