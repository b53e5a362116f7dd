import { UserError } from '../../errors/user-error.js';
import { bookBytes } from '../../patterns/book.js';
import type { Model, ModelFacts } from '../model.js';
import { sha256 } from '../model-manifest.js';

/** The book of patterns has no weights: it is identified by its contents. */
export function readBook(facts: ModelFacts): Model {
  const [name = ''] = facts.id.split('@');
  return {
    ...facts,
    id: `${name}@${sha256(bookBytes()).slice(0, 8)}`,
    async composer(capacity) {
      const { BookComposer } = await import('./composer.js');
      return new BookComposer(capacity);
    },
    evaluation: () => Promise.reject(new UserError('evaluation.book', { name })),
  };
}
