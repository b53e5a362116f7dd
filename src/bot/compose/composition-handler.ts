import { randomInt } from 'node:crypto';
import { extname, parse } from 'node:path';
import type { Change } from '../../music/edit/change.js';
import { noteCount } from '../../music/piece.js';
import type { Attachment, Message } from 'discord.js';
import type { Language } from '../../i18n/language.js';
import { rollWordsFor } from '../../i18n/title.js';
import type { RecordedPiece } from '../../request/recorded-piece.js';
import { extentOf, type CompositionRequest } from '../../request/request.js';
import { UserError } from '../../errors/user-error.js';
import {
  outputOf,
  type Composition,
  type KeptFiles,
  type Progress,
  type ShownComposition,
} from '../../compose/composition.js';
import type { Brought } from '../../radio/selection.js';
import type { MusicServices, WrittenPiece } from '../../compose/music-services.js';
import type { MakeRequest } from '../../compose/remake.js';
import { replay } from '../../compose/steered.js';
import type { Requester, Viewer } from '../reply/requester.js';
import type { CommandContext } from '../dispatch/command.js';
import { commonProgress } from './common-progress.js';
import {
  compositionMessage,
  messageWithoutPreview,
  progressMessage,
  takesMessage,
  takesWithoutPreviews,
  type Ownership,
} from './composition-message.js';
import type { BotConfig } from '../ops/config.js';
import { checkDelivery, type Delivery } from './delivery.js';
import {
  checkAttachment,
  downloadAttachment,
  midiExtensions,
  ownName,
  type AttachedFile,
} from './download.js';
import { requirePermissions } from '../access/permissions.js';
import { FairShare, type FairShareLimits } from '../access/fair-share.js';
import { Pace } from './pace.js';
import type { Metrics } from '../ops/metrics.js';
import type { Logger } from '../ops/logging.js';
import { endsInTime } from '../reply/in-time.js';
import { LiveMessage, type MessageTarget } from '../reply/live-message.js';
import { RunningWork, type Work } from './running-work.js';
import type { ServerSettings, ServerSettingsStore } from '../access/server-settings.js';
import type { UnfinishedReplies } from '../reply/unfinished-replies.js';

/** What someone wants composed, and how to deliver it. */
export interface ComposeInput {
  readonly delivery: Delivery;
  /** One request for each take, or a function that reads them from files. */
  readonly requests:
    readonly CompositionRequest[] | ((signal: AbortSignal) => Promise<readonly CompositionRequest[]>);
  /** Custom ID of a button that repeats the request, if possible. */
  readonly again?: string | undefined;
}

/** The services this handler composes with. */
type MusicMaker = Pick<MusicServices, 'requests' | 'composing' | 'reader' | 'restore'>;

type HandlerConfig = Pick<BotConfig, 'cdnHosts' | 'maxFileBytes' | 'radios'> & FairShareLimits;

/** Discord accepts 25 MiB per message; the rest is left for MIDI files. */
const maxMessageBytes = 24 * 2 ** 20;

/** Answers requests for compositions in Discord, wherever they come from. */
export class CompositionHandler {
  readonly running = new RunningWork();
  readonly #music: MusicMaker;
  readonly #settings: ServerSettingsStore;
  readonly #unfinished: UnfinishedReplies;
  readonly #config: HandlerConfig;
  readonly #fairShare: FairShare;
  readonly #metrics: Metrics | undefined;

  constructor(
    music: MusicMaker,
    settings: ServerSettingsStore,
    unfinished: UnfinishedReplies,
    config: HandlerConfig,
    metrics?: Metrics,
  ) {
    this.#music = music;
    this.#settings = settings;
    this.#unfinished = unfinished;
    this.#config = config;
    this.#fairShare = new FairShare(config);
    this.#metrics = metrics;
  }

  /**
   * Acknowledges, composes and answers.
   * @throws UserError before the acknowledgement when a limit is reached, the bot may not send the result,
   *   the queue is full, or a file is quickly found to be unusable.
   */
  async compose(
    requester: Requester,
    { delivery, requests, again }: ComposeInput,
    context: CommandContext,
  ): Promise<void> {
    checkDelivery(delivery);
    if (delivery.withVoice) requirePermissions(requester.botPermissions, ['SendVoiceMessages']);
    if (this.#music.composing.isFull) throw new UserError('compose.busy');
    const settings = await this.#settings.read(requester.server ?? null);
    const reservation = this.#fairShare.reserve(
      requester.user,
      requester.server,
      delivery.takes,
      settings.limits,
    );
    const work = this.running.start(requester.user);
    let delivered = false;
    const cancelled = AbortSignal.any([context.signal, work.signal]);
    try {
      await this.#answer(
        requester,
        delivery.isPrivate,
        typeof requests === 'function' ? requests(cancelled) : requests,
        again,
        { ...context, signal: cancelled },
        async (made, target, reply, signal) => {
          const takes = await this.#takes(requester, made, work, reply, signal, context);
          for (const take of takes) {
            const { insteadOf } = take;
            if (insteadOf !== undefined) context.log.warn({ insteadOf }, 'the model in use cannot be loaded');
            context.log.info(figures(take), 'composed');
          }
          const [piece] = takes;
          await deliver(
            reply,
            takes,
            this.#ownershipOf(requester, delivery.isPrivate, settings),
            requester.language,
          );
          if (delivery.withVoice && piece !== undefined) {
            await target
              .speak(piece)
              .catch((err: unknown) => context.log.warn({ err }, 'voice message not sent'));
          }
        },
      );
      delivered = true;
    } finally {
      this.running.end(work);
      reservation.end(delivered);
    }
  }

  /**
   * Shows a composition of a message again, with its files; missing sound and pictures are generated from the
   * MIDI file.
   * @param take which of several, from 0
   */
  async restore(
    requester: Viewer,
    isPrivate: boolean,
    message: Message,
    take: number,
    context: CommandContext,
  ): Promise<void> {
    const file = pieceOf(message, take);
    this.check(file);
    await this.#show(
      requester,
      isPrivate,
      context,
      (signal) => this.download(file, signal),
      (signal) => this.#kept(filesBeside(message, file), this.#maxFileBytes(requester), signal, context.log),
    );
  }

  /**
   * Shows the composition of a message again with one change; its other notes stay as they are.
   * @throws UserError when there is no such part, or the change would mute every part
   */
  async change(
    requester: Viewer,
    isPrivate: boolean,
    message: Message,
    change: Change,
    context: CommandContext,
  ): Promise<void> {
    const file = pieceOf(message);
    this.check(file);
    await this.#show(requester, isPrivate, context, async (signal) =>
      this.#music.reader.changed(await this.download(file, signal), change),
    );
  }

  /**
   * Shows a composition whose MIDI file is at hand, as a message of its own.
   * @param midi written by this program
   */
  async show(requester: Viewer, midi: Uint8Array, context: CommandContext): Promise<void> {
    await this.#show(requester, false, context, () => Promise.resolve(midi));
  }

  /**
   * Answers with the outputs of a MIDI file.
   * @param midi written by this program
   * @param kept existing outputs; the others are made
   */
  async #show(
    requester: Viewer,
    isPrivate: boolean,
    context: CommandContext,
    midi: (signal: AbortSignal) => Promise<Uint8Array>,
    kept?: (signal: AbortSignal) => Promise<KeptFiles>,
  ): Promise<void> {
    const settings = await this.#settings.read(requester.server ?? null);
    await this.#answer(
      requester,
      isPrivate,
      this.#written(midi(context.signal)),
      undefined,
      context,
      async (written, _, reply, signal) => {
        const composition = await this.#music.restore(written, {
          ...{ signal, maxFileBytes: this.#maxFileBytes(requester), owner: requester.user },
          ...(kept && { kept: await kept(signal) }),
          words: rollWordsFor(requester.language, written.recorded.request),
        });
        const ownership = this.#ownershipOf(requester, isPrivate, settings);
        await deliver(reply, [composition], ownership, requester.language);
      },
    );
  }

  /** ID of the server's channel for shared pieces, unless the person is in that channel. */
  async shareChannel(viewer: Viewer): Promise<string | undefined> {
    return shareChannelFor(viewer, await this.#settings.read(viewer.server ?? null));
  }

  /** @throws UserError when the file is too large, or hosted where it must not be downloaded from. */
  check(file: AttachedFile): void {
    checkAttachment(file, this.#config.cdnHosts);
  }

  download(file: AttachedFile, signal: AbortSignal): Promise<Uint8Array> {
    return downloadAttachment(file, this.#config.cdnHosts, signal);
  }

  /**
   * The composition that a message of this bot shows.
   * @throws UserError when it was deleted or is too old.
   */
  async recorded(message: Message, signal: AbortSignal): Promise<RecordedPiece> {
    return this.#music.reader.recorded(await this.download(pieceOf(message), signal));
  }

  /** Makes requests that start from a MIDI file. @throws UserError when it is not one. */
  async startingFrom(
    file: AttachedFile,
    server: string | undefined,
    signal: AbortSignal,
  ): Promise<MakeRequest> {
    const opening = await this.#music.reader.opening(await this.download(file, signal), ownName(file));
    return (options) => this.#music.requests.start(options, opening, server);
  }

  /** Makes requests that continue from the end of a MIDI file. @throws UserError when it is not one. */
  async goingOnFrom(
    file: AttachedFile,
    server: string | undefined,
    signal: AbortSignal,
  ): Promise<MakeRequest> {
    const piece = await this.#music.reader.piece(await this.download(file, signal), ownName(file));
    return (options) => this.#music.requests.continue(options, piece, server);
  }

  /**
   * The request for a piece that is steered as another one was, by other seeds; what precedes its last stretch is
   * composed at once.
   * @returns undefined if the other one was not steered
   */
  async steeredAgain(
    request: CompositionRequest,
    { user, server }: Pick<Requester, 'user' | 'server'>,
    signal: AbortSignal,
  ): Promise<CompositionRequest | undefined> {
    const { requests, composing } = this.#music;
    return replay(request, {
      ...{ requests, server, seedsAhead: randomInt(1, 2 ** 31) },
      compose: (stretch) => composing.compose(stretch, { signal, owner: user, roles: ['midi'] }),
    });
  }

  /**
   * A MIDI file as it can be played; one of this program has its picture.
   * @throws UserError when it is not one
   */
  async playable(
    file: AttachedFile,
    { user, language }: Pick<Requester, 'user' | 'language'>,
    signal: AbortSignal,
  ): Promise<Brought> {
    const bytes = await this.download(file, signal);
    const { piece, midi, recorded } = await this.#music.reader.whole(bytes, ownName(file));
    if (recorded === undefined) return { piece, midi };
    const { request } = recorded;
    const words = rollWordsFor(language, request);
    const roles = ['image'] as const;
    const shown = await this.#music.restore({ midi, recorded }, { signal, owner: user, words, roles });
    return { piece, midi, request, picture: outputOf(shown, 'image') };
  }

  async #written(reading: Promise<Uint8Array>): Promise<WrittenPiece> {
    const midi = await reading;
    return { midi, recorded: await this.#music.reader.recorded(midi) };
  }

  /**
   * Acknowledges and answers. Errors that reading finds quickly are reported before the acknowledgement.
   * @param input of `make`; a promise while it is being read
   * @param again custom ID of a button that repeats the request, if possible
   */
  async #answer<Target extends MessageTarget, Input>(
    requester: Viewer<Target>,
    isPrivate: boolean,
    input: Input | Promise<Input>,
    again: string | undefined,
    context: CommandContext,
    make: (input: Input, target: Target, reply: LiveMessage, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    if (input instanceof Promise) await endsInTime(input);
    const opened = requester.open(isPrivate);
    const { memo, language } = requester;
    // Saved while the acknowledgement is being sent: from then on someone is waiting.
    const forget = this.#unfinished.keep({ memo, locale: language.locale, again }, context.log);
    try {
      const target = await opened;
      const reply = new LiveMessage(target, context.log);
      const signal = AbortSignal.any([context.signal, reply.signal]);
      try {
        await make(await input, target, reply, signal);
      } catch (error) {
        await reply.close();
        await target.withdraw().catch((err: unknown) => context.log.warn({ err }, 'progress not taken away'));
        throw signal.aborted ? signal.reason : error;
      }
    } finally {
      forget();
    }
  }

  /** Composes all takes in parallel; if one fails, all fail. */
  async #takes(
    requester: Requester,
    requests: readonly CompositionRequest[],
    work: Work,
    reply: LiveMessage,
    signal: AbortSignal,
    { id: requestId, log }: CommandContext,
  ): Promise<Composition[]> {
    const failure = new AbortController();
    const each = Array<Progress>(requests.length).fill({ stage: 'queued', position: 1 });
    const pace = new Pace();
    const show = (): void => {
      const progress = each.length === 1 ? each[0]! : commonProgress(each, extentOf(requests[0]!));
      const secondsLeft =
        progress.stage === 'composing'
          ? pace.secondsLeft(progress.notes, progress.total)
          : progress.stage === 'composing-time'
            ? pace.secondsLeft(progress.seconds, progress.total)
            : undefined;
      reply.update(progressMessage(requester.language, progress, work.id, secondsLeft));
    };
    const options = {
      signal: AbortSignal.any([signal, failure.signal]),
      owner: requester.user,
      requestId,
      maxFileBytes: Math.min(this.#maxFileBytes(requester), Math.floor(maxMessageBytes / requests.length)),
    };
    return Promise.all(
      requests.map(async (request, i) => {
        const times = this.#metrics?.piece();
        try {
          const piece = await this.#music.composing.compose(request, {
            ...options,
            words: rollWordsFor(requester.language, request),
            onProgress(progress) {
              if (progress.stage !== each[i]!.stage)
                log.debug({ take: i + 1, stage: progress.stage }, 'stage');
              times?.enter(progress.stage);
              each[i] = progress;
              show();
            },
          });
          times?.end(true);
          return piece;
        } catch (error) {
          times?.end(false);
          failure.abort(error);
          throw error;
        }
      }),
    );
  }

  /**
   * Optional files, by extension; skips files that were deleted or exceed the size limit of the destination.
   */
  async #kept(
    files: readonly Attachment[],
    maxFileBytes: number,
    signal: AbortSignal,
    log: Logger,
  ): Promise<KeptFiles> {
    const checkSize = (bytes: number): void => {
      if (bytes > maxFileBytes) throw new RangeError(`${bytes} bytes are more than ${maxFileBytes}`);
    };
    const kept = await Promise.all(
      files.map(async (file) => {
        try {
          const bytes = await downloadAttachment(file, this.#config.cdnHosts, signal, checkSize);
          return [[extname(file.name), bytes] as const];
        } catch (err) {
          signal.throwIfAborted();
          log.debug({ err }, 'file made anew');
          return [];
        }
      }),
    );
    return Object.fromEntries(kept.flat());
  }

  #ownershipOf(viewer: Viewer, isPrivate: boolean, settings: ServerSettings): Ownership {
    const isShareable = isPrivate || shareChannelFor(viewer, settings) !== undefined;
    const isPlayable = viewer.isMember && this.#config.radios !== undefined;
    return { owner: viewer.user, isPrivate, isShareable, isPlayable };
  }

  #maxFileBytes(requester: Viewer): number {
    return Math.min(requester.maxFileBytes, this.#config.maxFileBytes);
  }
}

function shareChannelFor({ channel }: Viewer, { shareChannel }: ServerSettings): string | undefined {
  return shareChannel === channel ? undefined : shareChannel;
}

async function deliver(
  reply: LiveMessage,
  takes: readonly ShownComposition[],
  ownership: Ownership,
  language: Language,
): Promise<void> {
  const [piece] = takes;
  if (piece === undefined || takes.length > 1) {
    await reply.finish(takesMessage(language, takes, ownership), () =>
      takesWithoutPreviews(language, takes, ownership),
    );
  } else {
    await reply.finish(compositionMessage(language, piece, ownership), () =>
      messageWithoutPreview(language, piece, ownership),
    );
  }
}

/** The files of a message and of what it forwards, in their order. */
export function filesOf({ attachments, messageSnapshots }: Message): readonly Attachment[] {
  return [attachments, ...messageSnapshots.map((forwarded) => forwarded.attachments)].flatMap((files) => [
    ...files.values(),
  ]);
}

/** The MIDI files among them. */
export function midiFilesOf(message: Message): readonly Attachment[] {
  return filesOf(message).filter(({ name }) =>
    midiExtensions.some((extension) => name.toLowerCase().endsWith(extension)),
  );
}

/** @throws UserError when there is none, or several */
export function onlyMidi(message: Message): Attachment {
  const [file, ...others] = midiFilesOf(message);
  if (file === undefined) throw new UserError('message.no-midi');
  if (others.length > 0) throw new UserError('message.many-midi');
  return file;
}

/** The files that a message shows with a MIDI file: same name, other extension. */
function filesBeside(message: Message, { name }: AttachedFile): readonly Attachment[] {
  const base = parse(name).name;
  return [...message.attachments.values()].filter(
    (other) => other.name !== name && parse(other.name).name === base,
  );
}

/** @throws UserError when that MIDI file is no longer in the message */
export function pieceOf(message: Message, index = 0): Attachment {
  const file = midiFilesOf(message)[index];
  if (file !== undefined) return file;
  throw new UserError('piece.gone');
}

/** What the log records of a composition: whole milliseconds and a count. */
function figures({ piece, timingsMs }: Composition): Readonly<Record<string, unknown>> {
  const ms: Record<string, number> = {};
  for (const [step, time] of Object.entries(timingsMs)) ms[step] = Math.round(time);
  return { notes: noteCount(piece), ms };
}
