import { ApplicationCommandType, type APIAttachment } from 'discord-api-types/v10';
import type { FilledOption } from '../local-discord/slash-options.js';

interface CommandData {
  readonly name: string;
  readonly type: ApplicationCommandType;
  readonly options?: readonly FilledOption[];
  readonly resolved?: {
    readonly attachments?: Readonly<Record<string, APIAttachment>>;
  };
}

/** A command as its user would type it: `/compose notes:50 midi:seed.mid`. */
export function commandText(data: unknown): string {
  const { name, type, options = [], resolved } = data as CommandData;
  if (type !== ApplicationCommandType.ChatInput) return name;
  const words = (option: FilledOption): readonly string[] => {
    if (option.options) return [option.name, ...option.options.flatMap(words)];
    const value = String(option.value);
    return [`${option.name}:${resolved?.attachments?.[value]?.filename ?? value}`];
  };
  return ['/' + name, ...options.flatMap(words)].join(' ');
}
