/** What the figures of a training mean, for those who show them. */
export { weightedLoss, type Losses } from '../model/architecture.js';
