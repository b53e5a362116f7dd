import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseMultipart } from './multipart.js';

it('parses what fetch sends, byte for byte', async () => {
  const file = fc.record({
    name: fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .filter((name) => !/[\r\n\\%]/.test(name)),
    bytes: fc.uint8Array({ maxLength: 200 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: 'grapheme' }),
      fc.array(file, { maxLength: 4 }),
      async (text, files) => {
        const form = new FormData();
        form.append('payload_json', JSON.stringify(text));
        for (const [n, { name, bytes }] of files.entries()) {
          form.append(`files[${n}]`, new Blob([bytes], { type: 'audio/midi' }), name);
        }
        const request = new Request('http://localhost', { method: 'POST', body: form });
        const body = Buffer.from(await request.arrayBuffer());
        const [payload, ...rest] = parseMultipart(body, request.headers.get('content-type') ?? '');
        expect(JSON.parse(String(payload?.bytes))).toBe(text);
        expect(rest.map(({ fileName, bytes }) => [fileName, new Uint8Array(bytes)])).toEqual(
          files.map(({ name, bytes }) => [name, bytes]),
        );
      },
    ),
    { numRuns: 50 },
  );
});

it('rejects anything that is not a multipart body', () => {
  expect(parseMultipart(Buffer.from('hello'), 'multipart/form-data; boundary=x')).toEqual([]);
  expect(parseMultipart(Buffer.from('--x\r\n\r\nhello'), 'multipart/form-data; boundary=x')).toEqual([]);
  expect(parseMultipart(Buffer.from('hello'), 'multipart/form-data')).toEqual([]);
});
