import { UserError } from '../../errors/user-error.js';
import { bookBytes } from '../../patterns/book.js';
import type { ReadModel } from '../model.js';
import { sha256 } from '../model-manifest.js';

/** The book of patterns has no weights: it is identified by its contents. */
export const read: ReadModel = (facts) => {
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
};
