/** Random requests for property tests, converted to the checker's terms. */
import fc from 'fast-check';
import type { GeneratedNote } from '../../src/model/generated.js';
import { scaleNames, tonics, type Key } from '../../src/music/theory/key.js';
import type { Note } from '../../src/music/note.js';
import { prepareOpening } from '../../src/model/opening.js';
import { grids } from '../../src/music/edit/quantise.js';
import type { CompositionRequest, Opening } from '../../src/request/request.js';
import { scalePitchClasses } from '../../src/music/theory/scale.js';
import { densities, eras, moodNames, polyphonies } from '../../src/request/words/wishes.js';
import { composers } from '../../src/request/words/composer-names.js';
import { understand } from '../../src/request/words/understand.js';
import type { Asked } from './checker.js';
import { musicOf, startFrom } from './tasks.js';

export const anyVelocity = fc.integer({ min: 1, max: 127 });

/** Mostly pitches of a piano. */
export const anyPitch = fc.oneof(fc.integer({ min: 21, max: 108 }), fc.integer({ min: 0, max: 127 }));

/** Seconds: zero, a microsecond, within a chord, a note, a minute. */
export const anySeconds = fc.oneof(
  fc.constantFrom(0, 1e-6, 0.01, 0.03),
  real(0, 0.05),
  real(0, 2),
  real(0, 60),
);

export const anyKey: fc.Arbitrary<Key> = fc.record({
  tonic: fc.constantFrom(...tonics),
  scale: fc.constantFrom(...scaleNames),
});

const anyTempoBpm = fc.oneof(fc.constantFrom(20, 60, 120, 300), real(20, 300));

/** Notes in onset order from 0 s, which may overlap and collide. */
export const anyNotes: fc.Arbitrary<Note[]> = anyTempoBpm.chain(notesAt);

export const anyOpening: fc.Arbitrary<Opening> = anyTempoBpm.chain((tempoBpm) =>
  fc.record(
    {
      title: fc.constant('a test'),
      notes: notesAt(tempoBpm),
      tempoBpm: fc.constant(tempoBpm),
      timeSignature: fc.constantFrom(
        { numerator: 4, denominator: 4 },
        { numerator: 3, denominator: 4 },
        { numerator: 6, denominator: 8 },
      ),
      key: anyKey,
    },
    { requiredKeys: ['title', 'notes', 'tempoBpm', 'timeSignature'] },
  ),
);

/** Everything that a request can ask of a finished piece, with few notes to keep tests fast. */
export const anyRequest: fc.Arbitrary<CompositionRequest> = fc.record(
  {
    notes: fc.integer({ min: 1, max: 60 }),
    temperature: real(0.1, 5),
    tempo: fc.oneof(fc.constantFrom(0.1, 1, 2), real(0.1, 2)),
    pitch: fc.integer({ min: 0, max: 127 }),
    velocity: anyVelocity,
    key: anyKey,
    quantise: fc.constantFrom(...grids),
    voices: fc.constantFrom('poly', 'mono'),
    sampling: fc.constantFrom('spread', 'source'),
    mood: fc.uniqueArray(fc.constantFrom(...moodNames), { minLength: 1, maxLength: 3 }),
    density: fc.constantFrom(...densities),
    polyphony: fc.constantFrom(...polyphonies),
    composer: fc.constantFrom(...composers),
    era: fc.constantFrom(...eras),
    text: fc
      .constantFrom('loud and sad', 'slow waltz in d minor')
      .map((said) => ({ said, ...understand(said) })),
    seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    model: fc.constant('lstm'),
    task: fc
      .tuple(anyOpening, fc.constantFrom('seed', 'name', 'file'))
      .map(([opening, chosenBy]) => startFrom(opening, chosenBy)),
  },
  {
    requiredKeys: ['notes', 'temperature', 'tempo', 'quantise', 'voices', 'seed', 'model', 'task'],
  },
);

/** A request, its prepared opening, and arbitrary output of a sampler with the scale's mask. */
export const anyJob: fc.Arbitrary<{
  readonly request: CompositionRequest;
  readonly prepared: Opening;
  readonly generated: readonly GeneratedNote[];
}> = anyRequest.chain((request) => {
  const { notes = 300, key } = request;
  const inScale = key && scalePitchClasses(key);
  const note = fc.record({
    pitch: anyPitch.filter((pitch) => inScale?.[pitch % 12] ?? true),
    stepSeconds: anySeconds,
    durationSeconds: anySeconds,
  });
  return fc.record({
    request: fc.constant(request),
    prepared: fc.constant(prepareOpening(request)),
    generated: fc.array(note, { minLength: notes, maxLength: notes }),
  });
});

/** @param prepared the opening as the network's input */
export function askedOf(request: CompositionRequest, prepared: Opening): Asked {
  const { tempoBpm, timeSignature } = musicOf(request.task);
  const { notes = 300, length: _, ...others } = request;
  return { ...others, notes, givenNotes: prepared.notes.length, tempoBpm, timeSignature };
}

export function real(min: number, max: number): fc.Arbitrary<number> {
  return fc.double({ min, max, noNaN: true });
}

/** As performed, or as written by a program with 960 ticks per beat. */
function notesAt(tempoBpm: number): fc.Arbitrary<Note[]> {
  const ticks = fc.integer({ min: 0, max: 2000 }).map((count) => (count / 960) * (60 / tempoBpm));
  const note = fc.record({
    pitch: anyPitch,
    stepSeconds: fc.oneof(anySeconds, ticks),
    durationSeconds: fc.oneof(anySeconds, ticks).map((seconds) => Math.max(seconds, 0.001)),
    velocity: anyVelocity,
  });
  return fc.array(note, { minLength: 1, maxLength: 40 }).map((drawn) => {
    let onsetSeconds = 0;
    return drawn.map(({ stepSeconds, ...note }, i) => {
      if (i > 0) onsetSeconds += stepSeconds;
      return { ...note, onsetSeconds };
    });
  });
}
