import { describe, expect, it } from 'vitest';
import { remember, rememberedNotes } from '../../../src/model/rules/past.js';
import type { PastNote } from '../../../src/model/rules/rule.js';

describe('the past', () => {
  it('has as many recent notes as any rule uses, and does not grow forever', () => {
    const past: PastNote[] = [];
    for (let i = 0; i < 5000; i++) {
      remember(past, { pitch: 60, onsetSeconds: i, durationSeconds: 0.5 });
      expect(past.at(-1)!.onsetSeconds).toBe(i);
      expect(past.length).toBeGreaterThanOrEqual(Math.min(i + 1, rememberedNotes));
      expect(past.at(-Math.min(i + 1, rememberedNotes))!.onsetSeconds).toBe(
        Math.max(i + 1 - rememberedNotes, 0),
      );
    }
    expect(past.length).toBeLessThan(2 * rememberedNotes);
  });
});
