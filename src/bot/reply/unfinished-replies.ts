import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ComponentType, MessageFlags, Routes, type APIMessage, type REST } from 'discord.js';
import { z } from 'zod';
import { languageFor } from '../../i18n/languages.js';
import { UserError } from '../../errors/user-error.js';
import { button, row } from './buttons.js';
import { parseCustomId } from '../dispatch/custom-id.js';
import { isGone } from '../dispatch/failure.js';
import type { Logger } from '../ops/logging.js';
import { messageBody, type MessageContent } from './message-content.js';

const id = z.string().regex(/^\d{1,20}$/);

/** Identifies a reply, for another process. */
const memo = z.union([
  z.object({ application: id, /** Of the interaction. */ token: z.string() }),
  z.object({ channel: id, /** Id of a message. */ replyTo: id, nonce: z.string() }),
]);

const schema = z.object({
  memo,
  /** Of the person. */
  locale: z.string(),
  /** Milliseconds since 1970. */
  since: z.number(),
  /** Custom ID of a button that repeats the request, if possible. */
  again: z.string().optional(),
});

export type ReplyMemo = Readonly<z.infer<typeof memo>>;
export type UnfinishedReply = Readonly<Omit<z.infer<typeof schema>, 'since'>>;

/** For how long an interaction's reply can be edited. */
const lifetimeMs = 15 * 60_000;

/**
 * Replies whose result is pending, each saved until it is finished, in a folder that only the bot can read:
 * if the bot is killed, it tells the requesters at its next start.
 */
export class UnfinishedReplies {
  readonly #folder: string;
  readonly #changes = new Set<Promise<void>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * Saves a reply. A failed write does not fail the request.
   * @returns deletes it again.
   */
  keep(reply: UnfinishedReply, log: Logger): () => void {
    // The process ID in the name lets other processes skip it.
    const path = join(this.#folder, `${process.pid}-${randomBytes(8).toString('hex')}.json`);
    try {
      mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
      // Synchronous: the acknowledgement is sent next, and the process may be killed right after it.
      writeFileSync(path, JSON.stringify({ ...reply, since: Date.now() }), { mode: 0o600 });
    } catch (err) {
      log.warn({ err }, 'unfinished reply not kept');
    }
    return () => {
      const removed = rm(path, { force: true }).catch((err: unknown) =>
        log.warn({ err }, 'finished reply not removed'),
      );
      this.#changes.add(removed);
      void removed.finally(() => this.#changes.delete(removed));
    };
  }

  /** Resolves once all pending deletions are done. */
  async settled(): Promise<void> {
    await Promise.all(this.#changes);
  }

  /** Tells the requesters of all replies that an earlier process left unfinished. Never rejects. */
  async tellAll(rest: REST, log: Logger): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    const left = names.filter((name) => !isAlive(parseInt(name, 10)));
    await Promise.all(
      left.map(async (name) => {
        const path = join(this.#folder, name);
        try {
          const { since, ...reply } = schema.parse(JSON.parse(await readFile(path, 'utf8')));
          if (Date.now() - since < lifetimeMs) await tell(rest, reply);
          log.info('unfinished reply told');
        } catch (err) {
          // The reply contains a token, so none of it is logged.
          if (err instanceof z.ZodError || err instanceof SyntaxError)
            log.warn('unfinished reply unreadable');
          else if (isGone(err)) log.info({ err }, 'nobody waits for the answer');
          else log.warn({ err }, 'unfinished reply not told');
        }
        await rm(path, { force: true }).catch((err: unknown) => log.warn({ err }, 'told reply not removed'));
      }),
    );
  }
}

/** Whether another process on this machine has this ID. */
function isAlive(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function tell(rest: REST, { memo, locale, again }: UnfinishedReply): Promise<void> {
  const language = languageFor(locale);
  const restarted = new UserError('bot.restarted');
  const body = messageBody({
    content: language.refusal(restarted),
    components: again === undefined ? [] : [row(button(again, language.buttons.again, '🔁'))],
  } satisfies MessageContent);
  if ('token' in memo) {
    const route = Routes.webhookMessage(memo.application, memo.token);
    const shown = (await rest.get(route, { auth: false })) as APIMessage;
    if (isUnfinished(shown)) await rest.patch(route, { body, auth: false });
    return;
  }
  const { channel, replyTo, nonce } = memo;
  // If the reply was already posted, Discord recognises the nonce and returns that message.
  const shown = (await rest.post(Routes.channelMessages(channel), {
    body: {
      ...body,
      nonce,
      enforce_nonce: true,
      message_reference: { message_id: replyTo, fail_if_not_exists: false },
    },
  })) as APIMessage;
  if (isUnfinished(shown)) await rest.patch(Routes.channelMessage(channel, shown.id), { body });
}

/** The result may have been posted just before the process ended. */
function isUnfinished({ flags, components = [] }: APIMessage): boolean {
  if (((flags ?? 0) & MessageFlags.Loading) !== 0) return true;
  return components.some(
    (line) =>
      line.type === ComponentType.ActionRow &&
      line.components.some(
        (each) => 'custom_id' in each && parseCustomId(each.custom_id)?.action === cancelAction,
      ),
  );
}

/** Only unfinished replies have this button. */
const cancelAction = 'cancel';
