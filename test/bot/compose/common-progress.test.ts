import { describe, expect, it } from 'vitest';
import { commonProgress } from '../../../src/bot/compose/common-progress.js';

describe('the progress of several pieces', () => {
  it.each([
    [
      [
        { stage: 'queued', position: 4 },
        { stage: 'queued', position: 2 },
      ],
      { stage: 'queued', position: 2 },
    ],
    [
      [
        { stage: 'queued', position: 1 },
        { stage: 'composing', notes: 30, total: 100 },
        { stage: 'rendering' },
      ],
      { stage: 'composing', notes: 130, total: 300 },
    ],
    [[{ stage: 'rendering' }, { stage: 'rendering' }], { stage: 'rendering' }],
  ] as const)('%j', (each, together) => {
    expect(commonProgress(each, { unit: 'notes', amount: 100 })).toEqual(together);
  });

  it('is shown in seconds when a length was requested', () => {
    expect(
      commonProgress([{ stage: 'composing-time', seconds: 20, total: 60 }, { stage: 'rendering' }], {
        unit: 'seconds',
        amount: 60,
      }),
    ).toEqual({ stage: 'composing-time', seconds: 80, total: 120 });
  });
});
