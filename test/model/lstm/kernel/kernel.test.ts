import { describe, expect, it } from 'vitest';
import { pitches, windowLength } from '../../../../src/model/lstm/architecture.js';
import { blockSize, writeBlock } from '../../../../src/model/lstm/kernel/block.js';
import { KernelWeights, WindowForward } from '../../../../src/model/lstm/kernel/forward.js';
import { Kernel } from '../../../../src/model/lstm/kernel/kernel.js';
import { Random } from '../../../../src/model/random.js';
import { kerasLike } from '../fixtures.js';

describe('the two builds of the kernel', () => {
  it('differ by rounding only', () => {
    const random = new Random(5);
    const inputs = Float32Array.from({ length: windowLength * 4 }, (_, i) =>
      i % 4 === 3 ? 1 : random.uniform(),
    );
    const outputs = (instructions: 'base' | 'relaxed'): readonly number[] => {
      const kernel = new Kernel(instructions);
      const weights = new KernelWeights(kernel);
      writeBlock(kerasLike(3), kernel.floats(weights.block, blockSize));
      weights.pack();
      const forward = new WindowForward(kernel, weights, 1);
      kernel.floats(forward.inputs, inputs.length).set(inputs);
      forward.run(1);
      return [...kernel.floats(forward.outputs, pitches + 2)];
    };
    const base = outputs('base');
    const relaxed = outputs('relaxed');
    const largestDifference = Math.max(...base.map((value, i) => Math.abs(value - relaxed[i]!)));
    expect(largestDifference).toBeLessThan(1e-5);
  });
});
