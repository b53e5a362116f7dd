import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ZodError } from 'zod';
import { rollWordsIn } from '../../../src/i18n/picture.js';
import { english } from '../../../src/i18n/en/english.js';
import { russian } from '../../../src/i18n/ru/russian.js';
import type { Composition } from '../../../src/compose/composition.js';
import { ComposerLost } from '../../../src/compose/service/model-service.js';
import { UserError } from '../../../src/errors/user-error.js';
import {
  decodeResult,
  encodeComposition,
  encodeError,
  parseJob,
  parseMessage,
  version,
  type Job,
  type ResultFields,
} from '../../../src/compose/remote/wire.js';
import { fakeComposition } from '../../bot/fake-composition.js';
import { openingOf, request } from '../../model/lstm/fixtures.js';
import { pieces } from '../pieces.js';
import { anyRequest } from '../requests.js';
import { goOnFrom, startFrom } from '../tasks.js';

/** As returned by Redis. */
function fetched(fields: ResultFields): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, Buffer.from(value)]));
}

function travelled(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data)) as unknown;
}

describe('a job', () => {
  it('arrives as it was sent', () => {
    fc.assert(
      fc.property(anyRequest, (asked) => {
        const whole = { ...asked, server: '17', fallbacks: ['lstm'] };
        const model = { name: 'ours', fingerprint: '1a2b' };
        const words = rollWordsIn(russian);
        const job: Job = { version, request: whole, model, maxFileBytes: 1000, words, requestId: 'a1b2' };
        expect(parseJob(travelled(job))).toEqual(job);
      }),
    );
    const continued: Job = { version, request: request({ task: goOnFrom(openingOf(3)) }) };
    expect(parseJob(travelled(continued))).toEqual(continued);
    const stretches = [{ options: { text: 'calm', seed: 5 }, notes: 3 }];
    const task = { kind: 'continue', piece: openingOf(3), stretches } as const;
    const steered: Job = { version, request: request({ task }) };
    expect(parseJob(travelled(steered))).toEqual(steered);
  });

  it('of another version is refused with an error message, whatever it looks like', () => {
    const parse = (): Job => parseJob({ version: version + 1, anything: 'else' });
    expect(parse).toThrow(UserError);
    expect(parse).toThrow('compose.version');
  });

  it.each([
    ['nothing', undefined],
    ['no version', { request: request() }],
    ['too many notes', { version, request: request({ notes: 2001 }) }],
    ['an option of tomorrow', { version, request: { ...request(), something: 1 } }],
    ['a server that is a path', { version, request: request({ server: '../1' }) }],
    [
      'an opening without notes',
      { version, request: request({ task: startFrom({ ...openingOf(1), notes: [] }) }) },
    ],
  ])('that is invalid is refused: %s', (_, data) => {
    expect(() => parseJob(data)).toThrow(ZodError);
  });
});

/** Converts byte arrays to plain ones, so that their type does not matter. */
function withPlainBytes(composition: Composition): unknown {
  const outputs = composition.outputs.map(({ bytes, preview, ...output }) => ({
    ...output,
    bytes: [...bytes],
    preview: preview && { ...preview, waveform: preview.waveform && [...preview.waveform] },
  }));
  return { ...composition, outputs };
}

describe('a result', () => {
  it('is the composition', () => {
    const made = fakeComposition({ audioCutAtSeconds: 12 });
    const decoded = decodeResult(fetched(encodeComposition(made)), made.request);
    expect(withPlainBytes(decoded)).toEqual(withPlainBytes(made));
    const replaced = {
      ...made,
      insteadOf: { model: 'ours', refusal: { code: 'model.damaged', details: { name: 'ours' } } } as const,
    };
    const { insteadOf } = decodeResult(fetched(encodeComposition(replaced)), made.request);
    expect(insteadOf).toEqual(replaced.insteadOf);
  });

  it('has the whole piece, whatever it contains', () => {
    fc.assert(
      fc.property(pieces, (piece) => {
        const made = { ...fakeComposition(), piece };
        expect(decodeResult(fetched(encodeComposition(made)), made.request).piece).toEqual(piece);
      }),
      { numRuns: 30 },
    );
  });

  function ended(error: unknown): unknown {
    try {
      return decodeResult(fetched(encodeError(error, english.refusal)), request());
    } catch (failure) {
      return failure;
    }
  }

  it('or an error message, with its cause for the log', () => {
    const unknown = new UserError('model.unknown', { name: 'x', names: ['lstm'] });
    expect(ended(unknown)).toEqual(unknown);
    expect(ended(unknown)).toMatchObject({ code: unknown.code, details: unknown.details });
    const lost = new ComposerLost(new Error('code 3'));
    expect(ended(lost)).toMatchObject({ code: 'compose.lost', details: {} });
    expect((ended(lost) as UserError).cause).toEqual(new Error('code 3'));
  });

  it('of another version keeps its error message', () => {
    const head = { refusal: { code: 'compose.from-tomorrow', message: 'Something new.', details: {} } };
    const decode = (): unknown => decodeResult({ head: Buffer.from(JSON.stringify(head)) }, request());
    expect(decode).toThrow(
      expect.objectContaining({ code: 'version.other', details: { sentence: 'Something new.' } }),
    );
  });

  it('of version 2 is read', () => {
    const details = { name: 'x', names: ['lstm'] };
    const head = { refusal: { code: 'model.unknown', message: 'There is no model “x”.', details } };
    const decode = (): unknown => decodeResult({ head: Buffer.from(JSON.stringify(head)) }, request());
    expect(decode).toThrow(expect.objectContaining({ code: 'model.unknown', details }));
    const { head: written } = fetched(encodeError(new UserError('model.unknown', details), english.refusal));
    // Bots of that version require it.
    expect(JSON.parse(String(written))).toMatchObject({ refusal: { message: expect.any(String) as string } });
  });

  it('or a fault, which is not an error message', () => {
    const fault = ended(new TypeError('x is not a function'));
    expect(fault).not.toBeInstanceOf(UserError);
    expect(fault).toEqual(new Error('x is not a function'));
    // Composing cannot end with this error, so its details are not known to be valid.
    expect(ended(new UserError('disk.full'))).toEqual(new Error('disk.full'));
  });

  const { head, ...files } = fetched(encodeComposition(fakeComposition()));
  it.each([
    ['no head', files],
    ['no picture', { ...files, head: head!, image: undefined }],
    ['no JSON', { ...files, head: Buffer.from('secret music') }],
    ['no composition', { ...files, head: Buffer.from('{"composition":{"secret":"music"}}') }],
  ])('that is damaged is reported without its content: %s', (_, fields) => {
    const decode = (): unknown => decodeResult(fields as Record<string, Buffer>, request());
    expect(decode).toThrow(Error);
    expect(decode).not.toThrow('secret');
  });
});

describe('a message of a worker', () => {
  it('arrives as it was sent', () => {
    const jobs = {
      a: { stage: 'composing', notes: 3, total: 20 },
      b: { stage: 'queued', position: 1 },
      c: { stage: 'rendering' },
    };
    const beat = { type: 'beat', worker: 'w', slots: 4, jobs };
    expect(parseMessage(JSON.stringify(beat))).toEqual(beat);
    expect(parseMessage('{"type":"done","job":"a"}')).toEqual({ type: 'done', job: 'a' });
  });

  it.each(['', '{', '1', '{"type":"beat"}', '{"type":"beat","worker":"w","slots":-1,"jobs":{}}'])(
    'that is invalid is ignored: %s',
    (text) => {
      expect(parseMessage(text)).toBeUndefined();
    },
  );
});
