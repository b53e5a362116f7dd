import { randomBytes } from 'node:crypto';
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  GatewayDispatchEvents,
  InteractionResponseType as ResponseType,
  InteractionType,
  MessageFlags,
  MessageType,
  PermissionFlagsBits,
  RESTJSONErrorCodes,
  type APIApplicationCommandOptionChoice,
  type APIGuildMember,
  type APIInteraction,
  type APIMessage,
  type APIMessageInteractionMetadata,
  type APIModalInteractionResponseCallbackData,
  type APIUser,
} from 'discord-api-types/v10';
import {
  alreadyAcknowledged,
  ApiError,
  tokenExpired,
  unknownInteraction,
  unknownMessage,
  unknownWebhook,
} from './api-error.js';
import { bits } from './bits.js';
import { contextOf, isBotIn } from './commands.js';
import type { Feed, InteractionEvent } from './feed.js';
import type { Gateway } from './gateway.js';
import { referenceTo, type MessageStore } from './messages.js';
import { describeChannel, describePartialGuild, type Channel, type Guild } from './places.js';
import type { Profile } from './profile.js';
import type { Body } from './rest/body.js';
import { checkChoice } from './rules/command-rules.js';
import { Form } from './rules/form.js';
import { checkMessage, hasFlag, type MessageBody } from './rules/message-rules.js';
import { checkModal } from './rules/modal-rules.js';
import type { Settings } from './settings.js';
import type { ShownMessage } from './shown-message.js';
import { snowflake } from './snowflake.js';

/** A user's action, before it is wrapped in an interaction. */
export interface Act {
  readonly profile: Profile;
  readonly channel: Channel;
  readonly type: InteractionType;
  readonly data: unknown;
  /** The message whose component was used. */
  readonly message?: APIMessage;
  /** For autocomplete: the type of the option that is being typed. */
  readonly focusedType?: ApplicationCommandOptionType;
  /** For a modal: the interaction that it answered. */
  readonly opener?: Interaction;
}

/**
 * - `waiting`: sent, not acknowledged
 * - `deferred`: acknowledged, the answer is still to come
 * - `answered`: a message was posted, or the component's message updated
 * - `modal`, `choices`: acknowledged with a modal, with autocomplete choices
 * - `unanswered`: not acknowledged in time; the user read “The application did not respond”
 */
export type InteractionState = 'waiting' | 'deferred' | 'answered' | 'modal' | 'choices' | 'unanswered';

/** An interaction and its state. */
export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly act: Act;
  readonly payload: APIInteraction;
  /** Monotonic clock, milliseconds. */
  readonly sentAt: number;
  state: InteractionState;
  acknowledgedAfterMs?: number;
  /** The message `@original`: the reply, or the message whose component was used. */
  originalId?: string;
  readonly followUpIds: string[];
  modal?: APIModalInteractionResponseCallbackData;
  choices?: readonly APIApplicationCommandOptionChoice[];
}

/** The response to a callback with `with_response=true`. */
export interface CallbackResponse {
  readonly interaction: Readonly<Record<string, unknown>>;
  readonly resource?: { readonly type: ResponseType; readonly message?: APIMessage };
}

const answersByType: Readonly<Record<InteractionType, readonly ResponseType[]>> = {
  [InteractionType.Ping]: [],
  [InteractionType.ApplicationCommand]: [
    ResponseType.ChannelMessageWithSource,
    ResponseType.DeferredChannelMessageWithSource,
    ResponseType.Modal,
  ],
  [InteractionType.MessageComponent]: [
    ResponseType.ChannelMessageWithSource,
    ResponseType.DeferredChannelMessageWithSource,
    ResponseType.DeferredMessageUpdate,
    ResponseType.UpdateMessage,
    ResponseType.Modal,
  ],
  [InteractionType.ModalSubmit]: [
    ResponseType.ChannelMessageWithSource,
    ResponseType.DeferredChannelMessageWithSource,
    ResponseType.DeferredMessageUpdate,
    ResponseType.UpdateMessage,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [ResponseType.ApplicationCommandAutocompleteResult],
};

/** Where interactions go, and where their answers appear. */
interface InteractionWorld {
  readonly application: { readonly id: string; readonly name: string };
  readonly bot: APIUser;
  readonly settings: Settings;
  readonly feed: Feed;
  readonly gateway: Gateway;
  readonly messages: MessageStore;
  describeMembership(user: APIUser, guild: Guild): Omit<APIGuildMember, 'user'>;
}

/**
 * Sends interactions to the bot and handles its answers: deadline, single acknowledgement, token lifetime.
 */
export class InteractionDesk {
  readonly #byToken = new Map<string, Interaction>();
  readonly #deadlines = new Set<NodeJS.Timeout>();
  readonly #world: InteractionWorld;

  constructor(world: InteractionWorld) {
    this.#world = world;
  }

  /** Sends a user's action to the bot; its deadline starts now. */
  send(act: Act): Interaction {
    const { gateway, settings } = this.#world;
    const id = snowflake();
    const token = Buffer.from(`interaction:${id}:${randomBytes(24).toString('hex')}`).toString('base64url');
    const interaction: Interaction = {
      id,
      token,
      act,
      payload: this.#envelope(id, token, act),
      sentAt: performance.now(),
      state: 'waiting',
      followUpIds: [],
    };
    this.#byToken.set(token, interaction);
    this.#publish(interaction, 'sent');
    gateway.dispatch(
      GatewayDispatchEvents.InteractionCreate,
      { guildId: act.channel.guild?.id, intents: 0 },
      () => interaction.payload,
    );
    const deadline = setTimeout(() => {
      this.#deadlines.delete(deadline);
      this.#giveUp(interaction);
    }, settings.acknowledgeWithinMs);
    this.#deadlines.add(deadline);
    return interaction;
  }

  /**
   * The bot's first answer.
   * @throws ApiError 10062, 40060, and errors in the body
   */
  acknowledge(id: string, token: string, body: Body): CallbackResponse {
    const interaction = this.#byToken.get(token);
    if (interaction?.id !== id) throw unknownInteraction();
    const afterMs = performance.now() - interaction.sentAt;
    const isLate = afterMs > this.#world.settings.acknowledgeWithinMs;
    if (interaction.state === 'waiting' && isLate) this.#giveUp(interaction);
    if (interaction.state === 'unanswered') throw unknownInteraction();
    if (interaction.state !== 'waiting') throw alreadyAcknowledged();

    const response = this.#respond(interaction, body);
    interaction.acknowledgedAfterMs = afterMs;
    this.#publish(interaction, 'acknowledged');
    return response;
  }

  /** An edit of the original or of a follow-up. @throws ApiError 10015, 50027, 10008 … */
  edit(token: string, messageId: string, body: Body): APIMessage {
    const interaction = this.#open(token);
    const id = this.#resolve(interaction, messageId);
    this.#edit(id, body);
    if (id === interaction.originalId && interaction.state === 'deferred') {
      interaction.state = 'answered';
      this.#publish(interaction, 'answered');
    }
    return this.#world.messages.describe(id);
  }

  /** @throws ApiError 10015, 50027, 10008 */
  get(token: string, messageId: string): APIMessage {
    return this.#world.messages.describe(this.#resolve(this.#open(token), messageId));
  }

  /** @throws ApiError 10015, 50027, 10008 */
  delete(token: string, messageId: string): void {
    this.#world.messages.delete(this.#resolve(this.#open(token), messageId));
  }

  /**
   * A follow-up; straight after a defer it becomes the answer itself.
   * @throws ApiError 10015, 50027, 40094 …
   */
  followUp(token: string, body: Body): APIMessage {
    const { messages, settings } = this.#world;
    const interaction = this.#open(token);
    const { act, originalId } = interaction;
    if (originalId !== undefined && messages.find(originalId)?.loading) {
      return this.edit(token, '@original', { ...body, json: asEditOfLoading(body.json) });
    }
    if (!isBotIn(act.channel) && interaction.followUpIds.length >= settings.userInstallFollowUps) {
      throw new ApiError(
        400,
        RESTJSONErrorCodes.ThisInteractionHasHitTheMaximumNumberOfFollowUpMessages,
        'This interaction has hit the maximum number of follow up messages',
      );
    }
    const shown = this.#post(interaction, body, { isFollowUp: true });
    interaction.followUpIds.push(shown.id);
    this.#publish(interaction, 'answered');
    return messages.describe(shown.id);
  }

  stop(): void {
    for (const deadline of this.#deadlines) clearTimeout(deadline);
    this.#deadlines.clear();
  }

  /** Drops all interactions, to free memory in a soak test. */
  clear(): void {
    this.#byToken.clear();
  }

  #giveUp(interaction: Interaction): void {
    if (interaction.state !== 'waiting') return;
    interaction.state = 'unanswered';
    this.#publish(interaction, 'unanswered');
  }

  #respond(interaction: Interaction, body: Body): CallbackResponse {
    const { act, id } = interaction;
    const form = new Form(body.json);
    const allowed = answersByType[act.type].filter(
      (type) =>
        act.message || (type !== ResponseType.DeferredMessageUpdate && type !== ResponseType.UpdateMessage),
    );
    const type = form.choice('type', allowed, { required: true });
    form.throwProblems();
    const data = form.raw('data');
    const about = { id, type: act.type };

    switch (type) {
      case ResponseType.ChannelMessageWithSource: {
        form.object('data', { required: true });
        form.throwProblems();
        const shown = this.#post(interaction, { ...body, json: data }, { isFollowUp: false });
        interaction.originalId = shown.id;
        interaction.state = 'answered';
        return this.#describeResponse(interaction, type);
      }
      case ResponseType.DeferredChannelMessageWithSource: {
        const flags = form.object('data')?.integer('flags') ?? 0;
        if ((flags & ~MessageFlags.Ephemeral) !== 0) {
          form.problem(
            'Only EPHEMERAL can be set when deferring',
            'data.flags',
            'INTERACTION_DEFER_FLAGS_INVALID',
          );
        }
        form.throwProblems();
        const shown = this.#publishReply(interaction, { flags: bits(MessageFlags, flags) }, [], {
          isFollowUp: false,
          isLoading: true,
        });
        interaction.originalId = shown.id;
        interaction.state = 'deferred';
        return this.#describeResponse(interaction, ResponseType.ChannelMessageWithSource);
      }
      case ResponseType.DeferredMessageUpdate:
        interaction.originalId = act.message!.id;
        interaction.state = 'deferred';
        return { interaction: { ...about, response_message_id: act.message!.id } };
      case ResponseType.UpdateMessage:
        this.#edit(act.message!.id, { ...body, json: data ?? {} });
        interaction.originalId = act.message!.id;
        interaction.state = 'answered';
        return this.#describeResponse(interaction, type);
      case ResponseType.ApplicationCommandAutocompleteResult:
        interaction.choices = checkAutocomplete(form, act.focusedType!);
        interaction.state = 'choices';
        return { interaction: about };
      default:
        interaction.modal = checkModal(new Form(data, 'data'));
        interaction.state = 'modal';
        return { interaction: about };
    }
  }

  /** The interaction of a token that is still valid. */
  #open(token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (interaction?.acknowledgedAfterMs === undefined) throw unknownWebhook();
    const age = performance.now() - interaction.sentAt;
    if (age > this.#world.settings.tokenLifetimeMs) throw tokenExpired();
    return interaction;
  }

  #resolve({ originalId, followUpIds }: Interaction, messageId: string): string {
    const id = messageId === '@original' ? originalId : messageId;
    if (id === undefined || (id !== originalId && !followUpIds.includes(id))) throw unknownMessage();
    return id;
  }

  #edit(id: string, { json, files }: Body): ShownMessage {
    const { messages, settings } = this.#world;
    const current = messages.describe(id);
    const rules = { files, maxFileBytes: settings.attachmentSizeLimit, current };
    return messages.edit(id, checkMessage(json ?? {}, rules), files);
  }

  #post(interaction: Interaction, { json, files }: Body, options: { isFollowUp: boolean }): ShownMessage {
    const body = checkMessage(json, { files, maxFileBytes: this.#world.settings.attachmentSizeLimit });
    return this.#publishReply(interaction, body, files, options);
  }

  #publishReply(
    interaction: Interaction,
    body: MessageBody,
    files: Body['files'],
    { isFollowUp, isLoading = false }: { isFollowUp: boolean; isLoading?: boolean },
  ): ShownMessage {
    const { application, bot, messages } = this.#world;
    const { act, originalId } = interaction;
    const isEphemeral = hasFlag(body.flags ?? 0, MessageFlags.Ephemeral) || mustBeEphemeral(act);
    const referenced = isFollowUp ? originalId : act.message?.id;
    return messages.post({
      channel: act.channel,
      author: bot,
      body,
      files,
      type: isFollowUp || act.message ? MessageType.Reply : typeOfReply(act),
      ...(isLoading ? { flags: MessageFlags.Loading } : {}),
      ...(isEphemeral ? { onlyFor: act.profile.user.id } : {}),
      extras: {
        application_id: application.id,
        webhook_id: application.id,
        interaction_metadata: this.#metadata(interaction),
        ...(referenced === undefined
          ? {}
          : {
              message_reference: referenceTo(act.channel, referenced),
            }),
      },
    });
  }

  #describeResponse({ id, act, originalId }: Interaction, type: ResponseType): CallbackResponse {
    const message = this.#world.messages.describe(originalId!);
    return {
      interaction: {
        id,
        type: act.type,
        response_message_id: message.id,
        response_message_loading: hasFlag(message.flags, MessageFlags.Loading),
        response_message_ephemeral: hasFlag(message.flags, MessageFlags.Ephemeral),
        channel_id: act.channel.id,
        ...(act.channel.guild ? { guild_id: act.channel.guild.id } : {}),
      },
      resource: { type, message },
    };
  }

  #metadata({ id, act, payload }: Interaction): APIMessageInteractionMetadata {
    const common = {
      id,
      user: act.profile.user,
      authorizing_integration_owners: payload.authorizing_integration_owners,
    };
    if (act.opener) {
      const triggering = this.#metadata(act.opener);
      if (triggering.type !== InteractionType.ModalSubmit) {
        return { ...common, type: InteractionType.ModalSubmit, triggering_interaction_metadata: triggering };
      }
    }
    if (act.message) {
      return { ...common, type: InteractionType.MessageComponent, interacted_message_id: act.message.id };
    }
    return { ...common, type: InteractionType.ApplicationCommand };
  }

  #envelope(id: string, token: string, { profile, channel, type, data, message }: Act): APIInteraction {
    const { application, settings } = this.#world;
    const { guild } = channel;
    const common = {
      id,
      application_id: application.id,
      type,
      token,
      version: 1,
      data,
      channel_id: channel.id,
      channel: { ...describeChannel(channel), permissions: String(profile.permissions) },
      app_permissions: String(channel.appPermissions),
      locale: profile.locale,
      entitlements: [],
      context: contextOf(channel),
      attachment_size_limit: settings.attachmentSizeLimit,
      authorizing_integration_owners: {
        ...(isBotIn(channel) ? { [ApplicationIntegrationType.GuildInstall]: guild?.id ?? '0' } : {}),
        ...(profile.hasInstalledApp ? { [ApplicationIntegrationType.UserInstall]: profile.user.id } : {}),
      },
      ...(message ? { message } : {}),
      ...(guild
        ? {
            guild_id: guild.id,
            guild: describePartialGuild(guild),
            guild_locale: guild.locale,
            member: {
              user: profile.user,
              ...this.#world.describeMembership(profile.user, guild),
              permissions: String(profile.permissions),
            },
          }
        : { user: profile.user }),
    };
    return common as APIInteraction;
  }

  #publish({ id, act }: Interaction, event: InteractionEvent): void {
    const { type, data, profile, channel } = act;
    this.#world.feed.publish({
      kind: 'interaction',
      event,
      id,
      type,
      data,
      userId: profile.user.id,
      channelId: channel.id,
    });
  }
}

/** In a server without the bot, a user needs “use external apps”; otherwise only they see the answers. */
function mustBeEphemeral({ channel, profile }: Act): boolean {
  return (
    channel.guild !== undefined &&
    !channel.guild.hasBot &&
    (profile.permissions & PermissionFlagsBits.UseExternalApps) === 0n
  );
}

function typeOfReply({ type, data }: Act): MessageType {
  if (type !== InteractionType.ApplicationCommand) return MessageType.Default;
  return (data as { type: ApplicationCommandType }).type === ApplicationCommandType.ChatInput
    ? MessageType.ChatInputCommand
    : MessageType.ContextMenuCommand;
}

/** A loading message keeps its visibility; of a follow-up's flags, only the layout applies. */
function asEditOfLoading(json: unknown): unknown {
  if (typeof json !== 'object' || json === null) return json;
  const flags = 'flags' in json ? Number(json.flags) : 0;
  return { ...json, flags: flags & MessageFlags.IsComponentsV2 };
}

function checkAutocomplete(
  form: Form,
  type: ApplicationCommandOptionType,
): readonly APIApplicationCommandOptionChoice[] {
  const choices = form.object('data', { required: true })?.list('choices', { max: 25 }) ?? [];
  for (const choice of choices) checkChoice(choice, type);
  form.throwProblems();
  return choices.map((choice) => choice.value as APIApplicationCommandOptionChoice);
}
