import { parentPort, workerData } from 'node:worker_threads';
import { modelCard, musicOfServer } from '../i18n/en/model-card.js';
import { trainerOf } from '../model/registry.js';
import { lowerPriority } from '../threads/priority.js';
import { drawTrainingCurve } from '../render/curve/training-curve.js';
import { pointsOf } from '../model/losses.js';
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
  const { kind, parentId, name, epochs, rate, seed, data } = job;
  const { music, parent } = await readMaterial(folder, job);
  const trainer = await trainerOf(kind);
  const reporter = new ProgressReporter(epochs, (progress) => send({ type: 'progress', progress }));
  const { ended, losses, parentLosses } = await trainer.fineTune({
    parent: { id: parentId, files: parent },
    name,
    epochs,
    rate,
    seed,
    music,
    data,
    dataDescription: musicOfServer,
    card: modelCard,
    folder,
    modelFolder,
    drawCurve: (curve) => drawTrainingCurve(pointsOf(kind, curve), words),
    signal: stop.signal,
    onProgress: (progress) => reporter.add(progress),
    onResume: (step, curve) => reporter.goOn(step, curve),
  });
  return { type: 'done', ended, losses, parentLosses: parentLosses! };
}

function send(message: FromTrainer): void {
  port.postMessage(message);
}
