/** What people may set of a training, and what its figures mean, for those who ask and show. */
export { weightedLoss, type Losses } from '../model/architecture.js';
export { fineTuning } from '../model/fine-tuning.js';
