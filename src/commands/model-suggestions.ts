import { matching, type Suggestion } from '../bot/dispatch/suggestions.js';
import type { Language } from '../i18n/language.js';
import { networkIn } from '../i18n/network.js';
import type { ModelLibrary } from '../model/model-library.js';

/** Discord's limit on the length of a suggestion. */
const maxShown = 100;

/** The models whose names contain what was typed, each with a description. */
export async function modelSuggestions(
  library: ModelLibrary,
  server: string | null,
  typed: string,
  language: Language,
): Promise<readonly Suggestion[]> {
  const models = new Map((await library.list(server ?? undefined)).map((model) => [model.name, model]));
  return matching([...models.keys()], typed).map((value) => {
    const { kind, current } = models.get(value)!;
    const what = kind === undefined ? '' : `: ${networkIn(language, kind)}`;
    const name = `${value}${what}${current ? ` (${language.models.current})` : ''}`;
    return { name: name.slice(0, maxShown), value };
  });
}
