import type { GeneratedNote } from '../model/generated.js';
import { TransformerComposer, type TransformerStream } from '../model/transformer/composer.js';
import { defaultTransformerSettings } from '../model/transformer/sampling.js';
import { measures, tagsOfNotes, type Tags } from '../model/transformer/tags.js';
import { toTicks } from '../model/transformer/tokens.js';
import type { TransformerModel } from '../model/transformer/weights.js';
import { tonics } from '../music/theory/key.js';
import type { Note } from '../music/note.js';
import type { CompositionRequest } from '../request/request.js';
import type { ControlResult } from './adherence.js';
import { newNotes, requestFrom } from './continue-primers.js';
import { rankCorrelation } from './statistics.js';

/** Notes composed for each request: as many as the training's windows at least half have. */
const notes = 128;

/** Rows of one product. */
const together = 32;

interface Asked {
  readonly control: string;
  readonly value: number;
  readonly tags: Tags;
  readonly request: CompositionRequest;
}

/**
 * Asks for every value of every graded tag and for every major and minor key, as the product does, and
 * measures the new notes as the training measured its music. Of graded tags, obeyed means the very
 * grade, and the correlation is Spearman's of grade and measure.
 * @param primers what the pieces begin with, in turn
 * @param requests for each value
 */
export function tagAdherence(
  model: TransformerModel,
  primers: readonly (readonly Note[])[],
  requests: number,
): readonly ControlResult[] {
  const { vocabulary } = model;
  const waiting = asked(model, primers, requests);
  const composer = new TransformerComposer(model, together, { ...defaultTransformerSettings, candidates: 1 });
  const running = new Map<TransformerStream, Asked & { readonly generated: GeneratedNote[] }>();
  const got = new Map<string, { wanted: number[]; measured: number[]; obeyed: number }>();
  while (waiting.length > 0 || running.size > 0) {
    while (waiting.length > 0 && running.size < together) {
      const next = waiting.shift()!;
      running.set(composer.open(next.request, next.tags), { ...next, generated: [] });
    }
    composer.step();
    for (const [stream, { control, value, request, generated }] of running) {
      generated.push(...stream.read());
      if (!stream.ended) continue;
      running.delete(stream);
      const ticks = toTicks(newNotes(request, stream.opening, generated), vocabulary);
      const result = got.get(control) ?? { wanted: [], measured: [], obeyed: 0 };
      got.set(control, result);
      const name = control.replace('tag ', '');
      result.wanted.push(value);
      result.measured.push(measures(ticks, vocabulary)[name] ?? 0);
      if (tagsOfNotes(ticks, vocabulary)[name] === value) result.obeyed += 1;
    }
  }
  return [...got].map(([control, { wanted, measured, obeyed }]) => {
    const correlation = control === 'tag key' ? undefined : rankCorrelation(wanted, measured);
    return {
      control,
      requests: wanted.length,
      obeyed,
      ...(correlation !== undefined && { correlation }),
    };
  });
}

function asked(
  { vocabulary: { gradedTags, tags } }: TransformerModel,
  primers: readonly (readonly Note[])[],
  requests: number,
): Asked[] {
  let at = 0;
  const start = (): CompositionRequest => requestFrom(primers[at % primers.length]!, notes, ++at);
  const graded = Object.entries(gradedTags).flatMap(([name, limits]) =>
    Array.from({ length: (limits.length + 1) * requests }, (_, i): Asked => {
      const value = Math.floor(i / requests);
      return { control: `tag ${name}`, value, tags: { [name]: value }, request: start() };
    }),
  );
  const keys = Array.from({ length: tags['key']!.length * requests }, (_, i): Asked => {
    const value = Math.floor(i / requests);
    const [tonic, mode] = tags['key']![value]!.split(' ');
    const key = {
      tonic: tonics.find((name) => name === tonic)!,
      scale: mode === 'major' ? ('major' as const) : ('natural-minor' as const),
    };
    return { control: 'tag key', value, tags: {}, request: { ...start(), key } };
  });
  return [...graded, ...keys];
}
