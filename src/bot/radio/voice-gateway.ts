import type {
  GatewayVoiceServerUpdateDispatchData,
  GatewayVoiceStateUpdateDispatchData,
  Guild,
} from 'discord.js';
import type { OpenGateway } from '../../voice/voices.js';

/**
 * Discord's gateway for the voice of a server.
 * @param onLeave called when the bot itself leaves: Discord's answer may arrive before the line has said why
 */
export function voiceGatewayOf(guild: Guild, onLeave: () => void): OpenGateway {
  return (hear) => {
    const methods = {
      onVoiceServerUpdate: (data: GatewayVoiceServerUpdateDispatchData) => hear({ type: 'server', data }),
      onVoiceStateUpdate: (data: GatewayVoiceStateUpdateDispatchData) => hear({ type: 'state', data }),
      destroy: () => undefined,
    };
    const adapter = guild.voiceAdapterCreator(methods);
    return {
      send(payload) {
        if (isLeave(payload)) onLeave();
        return adapter.sendPayload(payload);
      },
      close() {
        // A newer line may have replaced it.
        if (guild.client.voice.adapters.get(guild.id) === methods) adapter.destroy();
      },
    };
  };
}

/** Whether a payload for the gateway takes the bot out of its voice channel. */
function isLeave(payload: unknown): boolean {
  const { d } = payload as { readonly d?: { readonly channel_id?: string | null } };
  return d?.channel_id === null;
}
