import { networks, type ModelKind } from '../request/networks.js';
import type { Language } from './language.js';

/** A sentence for some kinds of network: those that come with the program. */
type Sentences = { readonly [kind in ModelKind]?: string };

interface Words {
  readonly models: {
    readonly kinds: Sentences;
    readonly made: Sentences;
    readonly composes: Language['models']['composes'];
  };
}

/** What a kind of network is: its own sentence, or else what it composes. */
export function networkIn({ models }: Words, kind: ModelKind): string {
  return models.kinds[kind] ?? models.composes[networks[kind].composes];
}

/** How the built-in model of a kind was made, if there is one. */
export function makingIn({ models }: Words, kind: ModelKind): readonly string[] {
  const sentence = models.made[kind];
  return sentence === undefined ? [] : [sentence];
}
