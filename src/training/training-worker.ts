import { parentPort, workerData } from 'node:worker_threads';
import { modelCard, musicOfServer } from '../i18n/en/model-card.js';
import { fineTuningOptions } from '../model/lstm/fine-tuning.js';
import { KernelTrainer } from '../model/lstm/kernel/trainer.js';
import { lowerPriority } from '../threads/priority.js';
import { trainModel } from '../model/lstm/training/train-model.js';
import { Windows } from '../model/lstm/training/windows.js';
import { drawTrainingCurve } from '../render/curve/training-curve.js';
import { pointsOf } from './curve-points.js';
import { ProgressReporter } from './progress-reporter.js';
import { readJob, readMaterial } from './training-job.js';
import type { FromTrainer, TrainerData } from './training-messages.js';

/**
 * The thread that runs one training job, from its folder into a model folder. It reads its messages after
 * each batch, some 30 ms.
 */
const { folder, modelFolder, words } = workerData as TrainerData;
const port = parentPort!;
const stop = new AbortController();
port.on('message', () => stop.abort()); // the only message is to stop: ToTrainer

send({ type: 'loaded' });
lowerPriority('training');
try {
  send(await run());
} catch (error) {
  const { message, code } = error as NodeJS.ErrnoException;
  send({ type: 'failed', message, ...(code !== undefined && { code }) });
}
port.close();

async function run(): Promise<FromTrainer> {
  const job = await readJob(folder);
  if (job === undefined) throw new Error(`There is no job in ${folder}.`);
  const { corpus, parent } = await readMaterial(folder, job);
  const windows = new Windows(corpus.training.map(({ sequence }) => sequence));
  const reporter = new ProgressReporter(job.epochs, (progress) => send({ type: 'progress', progress }));
  const { ended, losses, parentLosses } = await trainModel({
    name: job.name,
    corpus: { ...corpus, refused: [] },
    dataDescription: musicOfServer,
    card: modelCard,
    data: job.data,
    engine: new KernelTrainer(parent.parameters),
    topology: parent.topology,
    options: fineTuningOptions(job, windows.count),
    parent: { id: job.parentId, parameters: parent.parameters },
    folder,
    modelFolder,
    drawCurve: (curve) => drawTrainingCurve(pointsOf(curve), words),
    signal: stop.signal,
    onProgress: (progress) => reporter.add(progress),
    onResume: (step, curve) => reporter.goOn(step, curve),
  });
  return { type: 'done', ended, losses, parentLosses: parentLosses! };
}

function send(message: FromTrainer): void {
  port.postMessage(message);
}
