import type { GeneratedNote } from '../model/generated.js';
import type { NoteStream } from '../model/composer.js';
import type { Control, Controls } from '../model/model.js';
import type { Note } from '../music/note.js';
import type { CompositionRequest } from '../request/request.js';
import type { ControlResult } from './adherence.js';
import { newNotes, requestFrom } from './continue-primers.js';
import { rankCorrelation } from './statistics.js';

/** Notes composed for each request; at least half of the training windows have this many. */
const notes = 128;

interface Asked {
  readonly control: Control;
  readonly request: CompositionRequest;
}

/**
 * Requests every value of every control, and measures the new notes. For graded controls, obeyed means
 * exactly that grade, and the correlation is Spearman's of grade and amount.
 * @param primers used in turn
 * @param requests for each value
 */
export function tagAdherence(
  { all, composer, open, measure }: Controls,
  primers: readonly (readonly Note[])[],
  requests: number,
): readonly ControlResult[] {
  const waiting = all
    .flatMap((control) => new Array<Control>(requests).fill(control))
    .map((control, at): Asked => {
      const request = requestFrom(primers[at % primers.length]!, notes, at + 1);
      return { control, request };
    });
  const running = new Map<NoteStream, Asked & { readonly generated: GeneratedNote[] }>();
  const got = new Map<string, { isGraded: boolean; wanted: number[]; amounts: number[]; obeyed: number }>();
  while (waiting.length > 0 || running.size > 0) {
    while (waiting.length > 0 && running.size < composer.capacity) {
      const next = waiting.shift()!;
      running.set(open(next.request, next.control), { ...next, generated: [] });
    }
    composer.step();
    for (const [stream, { control, request, generated }] of running) {
      generated.push(...stream.read());
      if (!stream.ended) continue;
      running.delete(stream);
      const { value, amount = 0 } = measure(newNotes(request, stream.opening, generated), control);
      const { name, isGraded } = control;
      const result = got.get(name) ?? { isGraded, wanted: [], amounts: [], obeyed: 0 };
      got.set(name, result);
      result.wanted.push(control.value);
      result.amounts.push(amount);
      if (value === control.value) result.obeyed += 1;
    }
  }
  return [...got].map(([name, { isGraded, wanted, amounts, obeyed }]) => {
    const correlation = isGraded ? rankCorrelation(wanted, amounts) : undefined;
    return {
      control: name,
      isTag: true,
      requests: wanted.length,
      obeyed,
      ...(correlation !== undefined && { correlation }),
    };
  });
}
