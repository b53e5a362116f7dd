import { UserError } from '../../errors/user-error.js';

/** How somebody wants to get what they ask for. */
export interface Delivery {
  /** How many pieces, composed together. */
  readonly takes: number;
  /** Only the person sees the result. */
  readonly isPrivate: boolean;
  /** The preview comes once more, as a voice message. */
  readonly withVoice: boolean;
}

/** Discord takes ten files a message; a take has two. */
export const maxTakes = 4;

/** @throws UserError when there are too many takes, or a voice message for several. */
export function checkDelivery({ takes, withVoice }: Delivery): void {
  if (!Number.isInteger(takes) || takes < 1 || takes > maxTakes) {
    throw new UserError('options.takes', {
      problem: 'range',
      option: 'takes',
      whole: true,
      min: 1,
      max: maxTakes,
      given: takes,
    });
  }
  if (withVoice && takes > 1) {
    throw new UserError('options.voice', {
      problem: 'voice-of-several',
    });
  }
}
