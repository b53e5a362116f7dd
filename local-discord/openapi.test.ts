import { describe, expect, it } from 'vitest';
import { documentPath, hasDocument, OpenApi } from './openapi.js';
import type { LoggedRequest } from './rest/log.js';
import type { RouteName } from './rest/routes.js';

const edit = 'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original';
const callback = 'POST /interactions/{interaction_id}/{interaction_token}/callback';
const register = 'PUT /applications/{application_id}/commands';

function problems(route: RouteName, body: unknown): readonly string[] {
  const request: LoggedRequest = {
    at: 0,
    method: '',
    path: '',
    route,
    body,
    files: [],
    status: 200,
    tookMs: 0,
  };
  return new OpenApi().check([request]).map(({ message }) => message);
}

const button = (more: object): object => ({
  components: [{ type: 1, components: [{ type: 2, style: 1, ...more }] }],
});
const command = (more: object): unknown => [{ name: 'compose', description: 'x', ...more }];
const option = (more: object): unknown =>
  command({ options: [{ type: 4, name: 'notes', description: 'x', ...more }] });

const title = 'Discord’s OpenAPI document (needs discord/openapi.json)';
if (!hasDocument)
  console.warn(`Skipped: ${title}. There is no ${documentPath}; SHARED_DATA names another place.`);

describe.skipIf(!hasDocument)(title, () => {
  it.each<[string, RouteName, unknown]>([
    [
      'an edit',
      edit,
      {
        content: 'x',
        tts: false,
        enforce_nonce: false,
        embeds: [{ title: 'x' }],
        attachments: [{ id: '0', description: 'x' }],
      },
    ],
    ['an edit without components', edit, { components: null, embeds: null }],
    ['a button', edit, button({ label: 'x', custom_id: 'x' })],
    ['a defer', callback, { type: 5, data: { flags: 64 } }],
    ['a deferred update', callback, { type: 6 }],
    ['autocomplete', callback, { type: 8, data: { choices: [{ name: 'x', value: 1 }] } }],
    [
      'a follow-up',
      'POST /webhooks/{webhook_id}/{webhook_token}',
      { content: 'x', tts: false, enforce_nonce: false, flags: 64 },
    ],
    ['a command', register, option({ min_value: 1, max_value: 2000 })],
    ['permissions as a string', register, command({ default_member_permissions: '32' })],
    [
      'file types',
      register,
      command({ options: [{ type: 11, name: 'midi', description: 'x', file_types: ['.mid'] }] }),
    ],
  ])('allows %s', (_, route, body) => {
    expect(problems(route, body)).toEqual([]);
  });

  it.each<[string, RouteName, unknown]>([
    ['a misspelt field', edit, { contnet: 'x' }],
    ['a misspelt field of a button', edit, button({ label: 'x', custom_id: 'x', stile: 2 })],
    ['a text that is too long', edit, { content: 'x'.repeat(2001) }],
    ['a text that is no text', edit, { content: 1 }],
    ['an unknown component', edit, { components: [{ type: 99 }] }],
    ['a button of no style', edit, button({ style: 9, label: 'x', custom_id: 'x' })],
    ['a long label', edit, button({ label: 'x'.repeat(81), custom_id: 'x' })],
    ['a colour that is none', edit, { embeds: [{ color: -1 }] }],
    ['an attachment without an id', edit, { attachments: [{ filename: 'x' }] }],
    ['an answer of no type', callback, { type: 3, data: {} }],
    [
      'a modal without a title',
      callback,
      { type: 9, data: { custom_id: 'x', components: [{ type: 10, content: 'x' }] } },
    ],
    ['an option of no type', register, option({ type: 12 })],
    ['a misspelt limit', register, option({ minimum: 1 })],
    ['an unknown context', register, command({ contexts: [9] })],
    ['a name that is too long', register, command({ name: 'x'.repeat(33) })],
  ])('rejects %s, with a short message', (_, route, body) => {
    const found = problems(route, body);
    expect(found.length).toBeGreaterThan(0);
    expect(found.length).toBeLessThanOrEqual(3);
  });
});
