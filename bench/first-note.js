/** Measures from the start of a process to the network's first output. */
import { loadModel, shippedModels } from '../dist/model/model-store.js';
import { SlidingNetwork } from '../dist/model/lstm/sliding-network.js';

const { parameters } = await loadModel([shippedModels], 'lstm');
const network = new SlidingNetwork(parameters, 1);
const stream = network.open();
const note = { pitch: 60, stepSeconds: 0.1, durationSeconds: 0.2 };
for (let i = 0; i < 25; i++) network.advance(() => note);
if (!Number.isFinite(stream.logits[0])) throw new Error('The network did not answer.');
