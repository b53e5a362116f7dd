import { matching, type Suggestion } from '../bot/suggestions.js';
import type { ModelLibrary, ModelSummary } from '../studio/trainings.js';

/** What each kind of network is, beside its name. */
const kinds: Readonly<Record<ModelSummary['kind'], string>> = {
  transformer: 'many voices, its own dynamics; follows mood, composer, text',
  lstm: 'small and quick; can be taught with /train',
};

/** Discord shows so many characters of a suggestion. */
const maxShown = 100;

/** The models whose names hold what was typed, each with what it is. */
export async function modelSuggestions(
  library: ModelLibrary,
  server: string | null,
  typed: string,
): Promise<readonly Suggestion[]> {
  const models = new Map((await library.list(server ?? undefined)).map((model) => [model.name, model]));
  return matching([...models.keys()], typed).map((value) => {
    const { kind, current } = models.get(value)!;
    const name = `${value}: ${kinds[kind]}${current ? ' (in use)' : ''}`;
    return { name: name.slice(0, maxShown), value };
  });
}
