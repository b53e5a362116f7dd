import { Locale } from 'discord-api-types/v10';
import type { FieldValue, FieldValues } from '../local-discord/modal-fields.js';
import type { Channel } from '../local-discord/places.js';
import { ClientRefusal } from '../local-discord/refusal.js';
import type { Reply } from '../local-discord/reply.js';
import type { OptionValue, OptionValues, Upload } from '../local-discord/slash-options.js';
import type { LocalUser } from '../local-discord/user.js';
import type { Act, Choice, Outcome, Value, Values } from './page/protocol.js';
import type { Playground } from './playground.js';
import type { Member } from './member.js';
import { showModal } from './show-modal.js';

/** The files uploaded with an action, by the names of their parts. */
export type Uploads = ReadonlyMap<string, Upload>;

/** Performs actions from the page in the local Discord. */
export class Acts {
  /** The reply that opened each unsubmitted modal, by the interaction's ID. */
  readonly #opened = new Map<string, Reply>();

  constructor(private readonly playground: Playground) {}

  /** @returns the immediate outcome; refusals are outcomes, too */
  async perform(who: Member, act: Act, uploads: Uploads): Promise<Outcome> {
    try {
      return await this.#perform(who, act, uploads);
    } catch (error) {
      if (error instanceof ClientRefusal) return { refusal: sentence(error.message) };
      throw error;
    }
  }

  async #perform(who: Member, act: Act, uploads: Uploads): Promise<Outcome> {
    switch (act.kind) {
      case 'use': {
        const user = who.in(this.#channel(who, act.place));
        return this.#outcome(await user.slash(act.path, optionValues(act.options, uploads)));
      }
      case 'complete': {
        const user = who.in(this.#channel(who, act.place));
        return { choices: await complete(user, act.path, optionValues(act.options, uploads), act.focused) };
      }
      case 'apply': {
        const reply = await this.#whereIs(who, act.message).contextMenu(act.command, { id: act.message });
        return this.#outcome(reply);
      }
      case 'press':
        return this.#outcome(await this.#whereIs(who, act.message).press({ id: act.message }, act.customId));
      case 'choose':
        return this.#outcome(
          await this.#whereIs(who, act.message).select({ id: act.message }, act.customId, act.values),
        );
      case 'submit': {
        const opened = this.#opened.get(act.modal);
        if (opened === undefined) throw new ClientRefusal('This form is no longer open');
        const { channel } = opened.interaction.act;
        const reply = await who.in(channel).submitModal(opened, fieldValues(act.values, uploads));
        this.#opened.delete(act.modal);
        return this.#outcome(reply);
      }
      case 'say': {
        const files = act.files.map((part) => uploadOf(part, uploads));
        const replyTo = act.replyTo === undefined ? {} : { replyTo: { id: act.replyTo } };
        who.in(this.#channel(who, act.place)).say(act.text, { files, ...replyTo });
        return {};
      }
      case 'delete':
        this.#whereIs(who, act.message).delete({ id: act.message });
        return {};
      case 'become':
        who.become({ managesServer: act.managesServer, locale: locales.get(act.locale) ?? Locale.EnglishUS });
        this.playground.refresh(who);
        return {};
    }
  }

  #channel(who: Member, id: string): Channel {
    const channel = this.playground.channelsOf(who).find((candidate) => candidate.id === id);
    if (channel === undefined) throw new ClientRefusal('There is no such channel');
    return channel;
  }

  /** The person in the channel of a message. */
  #whereIs(who: Member, messageId: string): LocalUser {
    const channels = this.playground.channelsOf(who);
    const user = channels
      .map((channel) => who.in(channel))
      .find((candidate) => candidate.messages().some(({ id }) => id === messageId));
    if (user === undefined) throw new ClientRefusal('This message is no longer there');
    return user;
  }

  #outcome(reply: Reply): Outcome {
    switch (reply.state) {
      case 'unanswered':
        return { refusal: 'The application did not respond.' };
      case 'modal':
        this.#opened.set(reply.id, reply);
        return { modal: showModal(reply.id, reply.modal.raw) };
      default:
        return {};
    }
  }
}

const locales = new Map<string, Locale>(Object.values(Locale).map((locale) => [locale, locale]));

async function complete(
  user: LocalUser,
  path: string,
  options: OptionValues,
  focused: string,
): Promise<readonly Choice[]> {
  const choices = await user.autocomplete(path, options, focused);
  return choices.map(({ name, value }) => ({ name, value }));
}

function optionValues(values: Values, uploads: Uploads): OptionValues {
  const entries = Object.entries(values).map(([name, value]): [string, OptionValue] => {
    if (isList(value)) throw new ClientRefusal(`${name} takes one value`);
    if (typeof value !== 'object' || 'id' in value) return [name, value];
    return [name, uploadOf(value.files[0] ?? '', uploads)];
  });
  return Object.fromEntries(entries);
}

function fieldValues(values: Values, uploads: Uploads): FieldValues {
  const entries = Object.entries(values).map(([name, value]): [string, FieldValue] => {
    if (typeof value === 'object' && 'files' in value) {
      return [name, value.files.map((part) => uploadOf(part, uploads))];
    }
    if (typeof value === 'object' && !isList(value)) return [name, value.id];
    return [name, typeof value === 'number' ? String(value) : value];
  });
  return Object.fromEntries(entries);
}

function uploadOf(part: string, uploads: Uploads): Upload {
  const upload = uploads.get(part);
  if (upload === undefined) throw new ClientRefusal('The file did not arrive');
  return upload;
}

function isList(value: Value): value is readonly string[] {
  return Array.isArray(value);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1) + (/[.!?…]$/.test(text) ? '' : '.');
}
