import type { Opening, Task } from '../../src/request/request.js';

/** A task to begin with music, from a file by default. */
export function startFrom(
  opening: Opening,
  chosenBy: 'seed' | 'name' | 'file' = 'file',
): Extract<Task, { kind: 'start' }> {
  return { kind: 'start', opening, chosenBy };
}

export function goOnFrom(piece: Opening): Task {
  return { kind: 'continue', piece };
}

/** The given music of a task of any kind. */
export function musicOf(task: Task): Opening {
  if (task.kind === 'song') throw new RangeError('A song is given no music for one keyboard.');
  return task.kind === 'start' ? task.opening : task.piece;
}
