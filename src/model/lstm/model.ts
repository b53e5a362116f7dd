import type { Composer } from '../composer.js';
import type { ModelManifest } from '../model-manifest.js';
import type {
  JudgedOptions,
  Model,
  ModelEvaluation,
  ModelFacts,
  ReadModel,
  SamplingSettings,
} from '../model.js';
import type { Parameters } from './architecture.js';
import { decodeLayersModel } from './layers-model.js';

/** An LSTM model. The code to compose and to evaluate is loaded on demand. */
export class LstmModel implements Model {
  readonly kind;
  readonly id: string;
  readonly manifest: ModelManifest | undefined;

  /** @param topology the network's definition, to save it with other weights */
  constructor(
    facts: ModelFacts,
    readonly parameters: Parameters,
    readonly topology: unknown,
  ) {
    ({ kind: this.kind, id: this.id, manifest: this.manifest } = facts);
  }

  async composer(capacity: number, settings?: SamplingSettings): Promise<Composer> {
    const { LstmComposer } = await import('./composer.js');
    const { defaultLstmSettings } = await import('./sampling.js');
    return new LstmComposer(this.parameters, capacity, { ...defaultLstmSettings, ...settings });
  }

  async evaluation(options: JudgedOptions): Promise<ModelEvaluation> {
    const { evaluationOf } = await import('./evaluation.js');
    return evaluationOf(this.parameters, options);
  }
}

export const read: ReadModel = (facts, { json, weights }) => {
  const { parameters, topology } = decodeLayersModel({ model: json, weights });
  return new LstmModel(facts, parameters, topology);
};
