import { loadEvaluatedModel } from './load-evaluated-model.js';
import { notesAPiece, type CostTask, type CostTrial } from './cost.js';

/** A separate process, so that its memory is only the model's. */
process.once('message', (task: CostTask) => {
  void measure(task).then((trial) => process.send!(trial, () => process.disconnect()));
});

async function measure({ modelFolders, model: name, options, primer, pieces }: CostTask): Promise<CostTrial> {
  const bareBytes = process.memoryUsage().rss;
  const model = await loadEvaluatedModel(modelFolders, name, options);
  const compose = (seed: number): Promise<unknown> =>
    model.continueAll([primer], { count: notesAPiece, seed });
  await compose(0); // warm-up: code is compiled, as in a running bot
  const seconds: number[] = [];
  for (let seed = 1; seed <= pieces; seed++) {
    const start = performance.now();
    await compose(seed);
    seconds.push((performance.now() - start) / 1000);
  }
  return { seconds, bareBytes, peakBytes: process.resourceUsage().maxRSS * 1024 };
}
