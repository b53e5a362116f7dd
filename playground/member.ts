import { Locale, PermissionFlagsBits } from 'discord-api-types/v10';
import type { LocalDiscord } from '../local-discord/local-discord.js';
import type { Channel } from '../local-discord/places.js';
import type { LocalUser } from '../local-discord/user.js';

/** Permissions of server managers, in addition to everyone's. */
const ofManagers = PermissionFlagsBits.ManageGuild | PermissionFlagsBits.ManageMessages;

/** Someone who can use the page; their rights and language can be changed. */
export class Member {
  readonly name: string;
  readonly #user: LocalUser;
  #managesServer: boolean;
  #locale: Locale = Locale.EnglishUS;

  constructor(discord: LocalDiscord, name: string, managesServer: boolean) {
    this.name = name;
    this.#user = discord.user({ name });
    this.#managesServer = managesServer;
  }

  get id(): string {
    return this.#user.id;
  }

  get managesServer(): boolean {
    return this.#managesServer;
  }

  get locale(): Locale {
    return this.#locale;
  }

  /** Their direct messages with the bot. */
  get directChannel(): Channel {
    return this.#user.dm().channel;
  }

  /** The person in a channel, as the local Discord knows them. */
  in(channel: Channel): LocalUser {
    const permissions = this.#managesServer ? ofManagers : 0n;
    return this.#user.as({ permissions, locale: this.#locale }).in(channel);
  }

  become({ managesServer, locale }: { readonly managesServer: boolean; readonly locale: Locale }): void {
    this.#managesServer = managesServer;
    this.#locale = locale;
  }
}
