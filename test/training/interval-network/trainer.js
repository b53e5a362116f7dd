import { UserError } from '../../errors/user-error.js';
import { writeFolder } from '../../storage/durable.js';
import { encodeManifest } from '../model-manifest.js';

/** Learns the interval by one semitone a step, from that of its parent on. */
export const trainer = {
  split(pieces) {
    if (pieces.length < 2) {
      throw new UserError('training.too-little-music', { windows: pieces.length, needed: 2, windowNotes: 0 });
    }
    return { training: pieces.slice(1), validation: pieces.slice(0, 1) };
  },

  windows: (notes) => notes - 1,

  async fineTune({ name, music, parent, epochs, rate, data, modelFolder, drawCurve, onProgress }) {
    const lossOf = (interval, pieces) => {
      const off = pieces.flatMap(({ sequence }) =>
        [...sequence.pitch.slice(1)].map((pitch, i) => Math.abs(pitch - sequence.pitch[i] - interval)),
      );
      return off.reduce((sum, each) => sum + each, 0) / off.length;
    };
    const curve = [];
    let [interval] = parent.files.weights;
    for (let step = 0; step <= epochs; step++) {
      if (step > 0 && lossOf(interval + 1, music.training) < lossOf(interval, music.training)) interval += 1;
      const loss = lossOf(interval, music.training);
      const point = {
        step,
        epoch: step,
        trainingLoss: loss,
        validation: { pitch: lossOf(interval, music.validation) },
      };
      curve.push(point);
      onProgress({ step, totalSteps: epochs, epoch: step, loss, point });
    }
    const windows = (pieces) => pieces.reduce((sum, { sequence }) => sum + sequence.pitch.length - 1, 0);
    const trained = {
      ended: 'finished',
      step: epochs,
      losses: curve.at(-1).validation,
      parentLosses: curve[0].validation,
      baselines: [],
      trainingWindows: windows(music.training),
      validationWindows: windows(music.validation),
    };
    const files = {
      'model.json': Buffer.from(JSON.stringify({ format: 'interval-network', version: 1 })),
      'weights.bin': Uint8Array.of(interval),
      'curve.png': drawCurve(curve),
    };
    const facts = { ...trained, name, parent: parent.id, trainedAt: new Date().toISOString(), data, curve };
    const manifest = encodeManifest(
      { ...facts, options: { epochs, rate }, engine: 'loop', steps: epochs },
      files,
    );
    await writeFolder(modelFolder, { ...files, 'manifest.json': manifest });
    return trained;
  },
};
