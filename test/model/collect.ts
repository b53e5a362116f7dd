import type { ComposedNotes, Composer, NoteStream } from '../../src/model/composer.js';
import type { GeneratedNote } from '../../src/model/generated.js';

/** Collects the notes of these streams until all have ended. */
export function collect(composer: Composer, streams: readonly NoteStream[]): ComposedNotes[] {
  const pieces = streams.map((stream) => ({ stream, generated: [] as GeneratedNote[] }));
  do {
    for (const { stream, generated } of pieces) generated.push(...stream.read());
    if (streams.every(({ ended }) => ended)) break;
    composer.step();
  } while (true);
  return pieces.map(({ stream, generated }) => ({ opening: stream.opening, generated }));
}
