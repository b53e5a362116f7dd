import { prepareOpening } from '../opening.js';

/** A network with one weight: the interval, in semitones, from each note to the next. */
export const read = (facts, { weights }) => ({
  ...facts,
  composer: (capacity) => Promise.resolve(new IntervalComposer(capacity, weights[0])),
  evaluation: () => Promise.reject(new Error('It is not evaluated.')),
});

class IntervalComposer {
  #interval;
  #streams = new Set();

  constructor(capacity, interval) {
    this.capacity = capacity;
    this.#interval = interval;
  }

  open(request) {
    const opening = prepareOpening(request);
    const notes = [];
    const stream = {
      opening,
      notes,
      wanted: request.notes,
      ended: false,
      get progress() {
        return notes.length;
      },
      read: () => notes.splice(0),
      last: opening.notes.at(-1).pitch,
    };
    this.#streams.add(stream);
    return stream;
  }

  step() {
    for (const stream of this.#streams) {
      for (let i = 0; i < stream.wanted; i++) {
        stream.last = 48 + ((stream.last - 48 + this.#interval) % 36);
        stream.notes.push({ pitch: stream.last, stepSeconds: 0.25, durationSeconds: 0.2 });
      }
      stream.ended = true;
      this.close(stream);
    }
  }

  close(stream) {
    this.#streams.delete(stream);
  }
}
