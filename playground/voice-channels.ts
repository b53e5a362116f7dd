import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { LocalDiscord } from '../local-discord/local-discord.js';
import type { VoiceChannel } from '../local-discord/places.js';
import { ClientRefusal } from '../local-discord/refusal.js';
import type { Member } from './member.js';
import type { VoicePlace } from './page/protocol.js';

/** A person's page while they listen. */
export interface Loudspeaker {
  /** @param pcm 20 ms at 48 kHz, left and right interleaved */
  hear(pcm: Int16Array): void;
  /** The person now listens elsewhere. */
  end(): void;
}

/** The voice channels of the server, and which person listens where. */
export class VoiceChannels {
  readonly channels: readonly VoiceChannel[];
  /** Ends a person's listening. */
  readonly #leave = new Map<Member, () => void>();
  /** Serialises joins. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly discord: LocalDiscord) {
    this.channels = [
      discord.addVoiceChannel(discord.guild, 'concert'),
      discord.addVoiceChannel(discord.guild, 'stage', { isStage: true }),
    ];
    // Permissions beyond everyone's that the README's install link requests.
    for (const channel of this.channels) {
      channel.appPermissions |= PermissionFlagsBits.SetVoiceChannelStatus;
    }
  }

  /** Their current state, the same for everyone. */
  describe(): readonly VoicePlace[] {
    return this.channels.map((channel) => ({
      id: channel.id,
      name: channel.name,
      people: this.discord.voice.states.in(channel).map(({ user }) => ({
        id: user.id,
        name: user.global_name ?? user.username,
        isBot: user.bot ?? false,
      })),
      ...(channel.voice.status === null ? {} : { status: channel.voice.status }),
    }));
  }

  /**
   * A person joins a channel, and leaves the previous one.
   * @returns a function that makes them leave
   * @throws ClientRefusal when they cannot join
   */
  join(who: Member, id: string, loudspeaker: Loudspeaker): Promise<() => void> {
    const turn = this.#turn.then(() => this.#join(who, id, loudspeaker));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #join(who: Member, id: string, loudspeaker: Loudspeaker): Promise<() => void> {
    const channel = this.channels.find((candidate) => candidate.id === id);
    if (channel === undefined) throw new ClientRefusal('There is no such voice channel');
    this.#leave.get(who)?.();
    const listener = await who.in(channel).joinVoice(channel);
    listener.watch((_, pcm) => {
      listener.forget();
      if (pcm) loudspeaker.hear(pcm);
    });
    const leave = (): void => {
      if (this.#leave.get(who) !== leave) return;
      this.#leave.delete(who);
      listener.leave();
      loudspeaker.end();
    };
    this.#leave.set(who, leave);
    return leave;
  }
}
