import { describe, expect, it } from 'vitest';
import { withSection } from '../../src/cli/model-card-file.js';

const card =
  '# Model card: x\n\nAn LSTM.\n\n## Data\n\nMusic.\n\n### Whose\n\nTheirs.\n\n## Limits\n\nMany.\n';

describe('a section of a model card', () => {
  it('comes before the limits', () => {
    const longer = withSection(card, 'Worth', 'Good.\n\n### In figures\n\n1');
    expect(longer).toBe(card.replace('## Limits', '## Worth\n\nGood.\n\n### In figures\n\n1\n\n## Limits'));
  });

  it('replaces the one with its title, including subsections', () => {
    expect(withSection(card, 'Data', 'Other music.')).toBe(
      '# Model card: x\n\nAn LSTM.\n\n## Data\n\nOther music.\n\n## Limits\n\nMany.\n',
    );
    const once = withSection(card, 'Worth', '1\n');
    expect(withSection(once, 'Worth', '\n1')).toBe(once);
  });

  it('comes last where there are no limits', () => {
    expect(withSection('# x\n', 'Worth', '1')).toBe('# x\n\n## Worth\n\n1\n');
  });
});
