import type { Piece } from '../music/piece.js';
import { soundOf } from '../render/describe.js';
import type { Language } from './language.js';

/** A piece in the words of a language, for people who cannot hear or see it. */
export function soundIn({ altText }: Language, piece: Piece): string {
  return altText.sound(soundOf(piece));
}
