import { UserError } from '../../errors/user-error.js';

/** How to deliver a result. */
export interface Delivery {
  /** How many pieces, composed together. */
  readonly takes: number;
  /** Only the person sees the result. */
  readonly isPrivate: boolean;
  /** The preview is also sent as a voice message. */
  readonly withVoice: boolean;
}

/** Discord accepts ten files per message; a take has two. */
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
