import { join } from 'node:path';
import { midiFiles } from '../model/midi-files.js';
import type { CurveWords } from '../render/picture-words.js';
import type { MusicConfig, MusicServices } from '../compose/music-services.js';
import { FineTunings } from './fine-tunings.js';
import { TrainingMusicReader } from './training-music-reader.js';
import type { Trainings } from './trainings.js';

export interface TrainingConfig {
  readonly dataFolder: string;
  /** Distinguishes processes that share the data folder: each has its own training. */
  readonly part?: string | undefined;
  /** Folder with MIDI files that servers can train on. */
  readonly trainingFolder?: string | undefined;
  /** Text in the curve that is stored with a model. */
  readonly curveWords: (model: string) => CurveWords;
  /** Called with the reason whenever the thread that reads files crashed or timed out and was replaced. */
  readonly onThreadLost?: MusicConfig['onThreadLost'];
}

/** The trainings of a process. */
export interface OpenTrainings extends Trainings {
  /** Terminates the threads; a training continues at the next start of the process. */
  close(): Promise<void>;
}

/**
 * Opens the trainings; the given services compose their samples and draw their curves.
 * @throws UserError when the configured folder of music cannot be used.
 */
export async function openTrainings(
  { dataFolder, part, trainingFolder, curveWords, onThreadLost }: TrainingConfig,
  { library, requests, composing, renderer }: MusicServices,
): Promise<OpenTrainings> {
  const music = trainingFolder && { folder: trainingFolder, names: await midiFiles(trainingFolder) };
  return new FineTunings({
    folder: join(dataFolder, part === undefined ? 'fine-tuning' : `fine-tuning-${part}`),
    library,
    reader: new TrainingMusicReader({ onLost: (cause) => onThreadLost?.('reading', cause) }),
    ...(music && { music }),
    drawCurve: (task) => renderer.run('drawCurve', task),
    curveWords,
    sample: (server, model) =>
      composing.compose(requests.start({ notes: 100, seed: 1, model }, undefined, server), {
        owner: server,
      }),
  });
}
