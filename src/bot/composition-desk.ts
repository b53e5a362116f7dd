import type { Attachment, Message } from 'discord.js';
import type { RecordedPiece } from '../music/record.js';
import type { CompositionRequest } from '../music/request.js';
import { UserError } from '../music/user-error.js';
import type { Composition } from '../studio/composition.js';
import type { Studio } from '../studio/studio.js';
import type { Asker } from './asker.js';
import type { CommandContext } from './command.js';
import { compositionMessage, messageWithoutPreview, progressText } from './composition-message.js';
import type { BotConfig } from './config.js';
import { checkAttachment, downloadAttachment, type AttachedFile } from './download.js';
import { LiveReply } from './reply.js';

/** What somebody wants composed, and how they want to get it. */
export interface Order {
  /** What to compose; runs once the person has been told to wait. */
  readonly request: (signal: AbortSignal) => CompositionRequest | Promise<CompositionRequest>;
  /** Only the person sees the result. */
  readonly isPrivate: boolean;
}

/** Takes orders for compositions, wherever they come from, and delivers them to Discord. */
export class CompositionDesk {
  readonly studio: Studio;
  readonly #config: Pick<BotConfig, 'cdnHosts' | 'maxFileBytes'>;

  constructor(studio: Studio, config: Pick<BotConfig, 'cdnHosts' | 'maxFileBytes'>) {
    this.studio = studio;
    this.#config = config;
  }

  /** Acknowledges, composes and answers. */
  async compose(asker: Asker, { isPrivate, request }: Order, context: CommandContext): Promise<void> {
    await this.#answer(asker, isPrivate, context, async (reply, signal) => {
      const composition = await this.studio.compose(await request(signal), {
        signal,
        owner: asker.user,
        maxFileBytes: this.#maxFileBytes(asker),
        onProgress: (progress) => reply.update({ content: progressText(progress), components: [] }),
      });
      context.log.info(figures(composition), 'composed');
      return composition;
    });
  }

  /** Shows a composition anew, from its MIDI file. */
  async restore(
    asker: Asker,
    isPrivate: boolean,
    file: AttachedFile,
    context: CommandContext,
  ): Promise<void> {
    await this.#answer(asker, isPrivate, context, async (_, signal) =>
      this.studio.restore(await this.download(file, signal), {
        signal,
        maxFileBytes: this.#maxFileBytes(asker),
      }),
    );
  }

  /** @throws UserError when the file is too large, or lies where it must not be fetched from. */
  check(file: AttachedFile): void {
    checkAttachment(file, this.#config.cdnHosts);
  }

  download(file: AttachedFile, signal: AbortSignal): Promise<Uint8Array> {
    return downloadAttachment(file, this.#config.cdnHosts, signal);
  }

  /** The composition that a message of this bot shows. @throws UserError when it is gone or too old. */
  async recorded(message: Message, signal: AbortSignal): Promise<RecordedPiece> {
    return this.studio.readRecord(await this.download(pieceOf(message), signal));
  }

  async #answer(
    asker: Asker,
    isPrivate: boolean,
    context: CommandContext,
    make: (reply: LiveReply, signal: AbortSignal) => Promise<Composition>,
  ): Promise<void> {
    const reply = new LiveReply(await asker.open(isPrivate), context.log);
    const signal = AbortSignal.any([context.signal, reply.signal]);
    try {
      const composition = await make(reply, signal);
      const ownership = { owner: asker.user, isPrivate };
      await reply.finish(
        compositionMessage(composition, ownership),
        messageWithoutPreview(composition, ownership),
      );
    } catch (error) {
      await reply.close();
      throw signal.aborted ? signal.reason : error;
    }
  }

  #maxFileBytes(asker: Asker): number {
    return Math.min(asker.maxFileBytes, this.#config.maxFileBytes);
  }
}

/** The MIDI files of a message, in their order. */
export function midiFilesOf(message: Message): readonly Attachment[] {
  return [...message.attachments.values()].filter(({ name }) => /\.midi?$/i.test(name));
}

/** @throws UserError when the message has no such MIDI file any more. */
export function pieceOf(message: Message, index = 0): Attachment {
  const file = midiFilesOf(message)[index];
  if (file !== undefined) return file;
  throw new UserError(
    'piece.gone',
    'The MIDI file of this piece is gone, and with it what I knew about it; please use /compose for a new one.',
  );
}

/** What the log keeps of a composition: whole milliseconds and a count. */
function figures({ piece, timingsMs }: Composition): Readonly<Record<string, unknown>> {
  const ms = Object.entries(timingsMs).map(([step, time]) => [step, Math.round(time)] as const);
  return { notes: piece.notes.length, ms: Object.fromEntries(ms) };
}
