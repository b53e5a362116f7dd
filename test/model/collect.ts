import type { ComposedNotes, Composer, NoteStream } from '../../src/model/composer.js';
import type { GeneratedNote } from '../../src/model/generated.js';

/** Collects the notes of these streams until all have ended. */
export function collect(composer: Composer, streams: readonly NoteStream[]): ComposedNotes[] {
  const pieces = streams.map((stream) => ({ stream, generated: [] as GeneratedNote[] }));
  const read = (): void => {
    for (const { stream, generated } of pieces) generated.push(...stream.read());
  };
  read();
  while (streams.some(({ ended }) => !ended)) {
    composer.step();
    read();
  }
  return pieces.map(({ stream, generated }) => ({ opening: stream.opening, generated }));
}
