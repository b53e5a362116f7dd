import type { Opening, Task } from '../../src/request/request.js';

/** To begin with music, of a file unless it was chosen otherwise. */
export function startFrom(
  opening: Opening,
  chosenBy: 'seed' | 'name' | 'file' = 'file',
): Extract<Task, { kind: 'start' }> {
  return { kind: 'start', opening, chosenBy };
}

export function goOnFrom(piece: Opening): Task {
  return { kind: 'continue', piece };
}

/** The music that a task is given, whatever is to be made of it. */
export function musicOf(task: Task): Opening {
  if (task.kind === 'song') throw new RangeError('A song is given no music for one keyboard.');
  return task.kind === 'start' ? task.opening : task.piece;
}
