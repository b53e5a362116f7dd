import { describe, expect, it } from 'vitest';
import {
  compositionMessage,
  messageWithoutPreview,
  progressMessage,
  takesMessage,
  takesWithoutPreviews,
} from '../../../src/bot/compose/composition-message.js';
import type { MessageContent } from '../../../src/bot/reply/message-content.js';
import type { Composition, Progress } from '../../../src/compose/composition.js';
import { english } from '../../../src/i18n/en/english.js';
import { languageCodes, languages } from '../../../src/i18n/languages.js';
import { fakeComposition } from '../fake-composition.js';
import { understand } from '../../../src/request/words/understand.js';

const ownership = { owner: '123456789012345678', isPrivate: false, isShareable: false, isPlayable: false };
const shown = (composition: Composition): MessageContent =>
  compositionMessage(english, composition, ownership);

function labels({ components }: MessageContent): string[][] {
  return components.map((row) =>
    row.components.map((button) => ('label' in button ? (button.label ?? '') : '')),
  );
}

describe('compositionMessage', () => {
  it('describes the piece in one line', () => {
    expect(shown(fakeComposition()).content).toBe(
      '**After Bach: Prelude in C** · C major · 1:04 · 2 notes · `lstm` · seed `42`',
    );
  });

  it('shows a tempo only when the music keeps to one', () => {
    expect(shown(fakeComposition({ hasBars: true })).content).toContain('· C major · ♩=120 · 1:04 ·');
    expect(shown(fakeComposition()).content).not.toContain('♩');
  });

  it('is in the reader’s language; file names stay the same', () => {
    const composition = fakeComposition({ named: { title: 'R. Schumann, Träumerei', namedAfter: true } });
    const said = languageCodes.map((code) => {
      const { content, files } = compositionMessage(languages[code], composition, ownership);
      expect(files?.[0]?.name).toBe('after-r-schumann-traumerei-42.mid');
      return content.split(' · ')[0];
    });
    expect(said).toEqual([
      '**After R. Schumann, Träumerei**',
      '**Nach R. Schumann, Träumerei**',
      '**D’après R. Schumann, Rêverie**',
      '**A partir de R. Schumann, Ensueño**',
      '**「シューマン：トロイメライ」による**',
      '**По мотивам: Р. Шуман, Грёзы**',
    ]);
  });

  it('says what it understood of a text and what it did not, escaped', () => {
    const { request } = fakeComposition();
    const of = (text: string): readonly string[] =>
      shown(
        fakeComposition({ request: { ...request, text: { said: text, ...understand(text) } } }),
      ).content.split('\n');
    const title = expect.stringContaining('fter Bach: Prelude in C**') as string;
    expect(of('not sad, very slow, in d minor')).toEqual([
      title,
      '-# Understood: not sad, very slow, D minor.',
    ]);
    expect(of('saddd zyzzyva, **loud**')).toEqual([
      'Not recognised: saddd (did you mean sad?), zyzzyva.',
      title,
      '-# Understood: loud.',
    ]);
    expect(of('gospel')).toEqual([
      "I haven't learned gospel yet. The closest I can play is majestic, rich.",
      title,
    ]);
    expect(of('bagpipes, happy')).toEqual([
      "I haven't learned bagpipes yet. This is solo piano.",
      title,
      '-# Understood: happy.',
    ]);
    expect(of('zyzzyva')).toEqual([english.result.nothingUnderstood, title]);
    expect(shown(fakeComposition()).content).not.toContain('nderstood');
  });

  it('names the files after the piece and its seed', () => {
    expect(shown(fakeComposition()).files?.map(({ name }) => name)).toEqual([
      'after-bach-prelude-in-c-42.mid',
      'after-bach-prelude-in-c-42.ogg',
      'after-bach-prelude-in-c-42.png',
    ]);
  });

  it.each([
    ['Für Elise', 'fur-elise-42.mid'],
    ['夜想曲', 'composition-42.mid'],
    ['../../etc/passwd\u0000', 'etc-passwd-42.mid'],
    ['x'.repeat(300), `${'x'.repeat(60)}-42.mid`],
  ])('makes a safe file name of %j', (title, name) => {
    expect(shown(fakeComposition({ named: { title } })).files?.[0]?.name).toBe(name);
  });

  it.each([
    '@everyone',
    '<@123456789012345678>',
    '[free](https://example.org)',
    '**bold** `code` ||spoiler||',
    'https://example.org',
    'one\ntwo\r\n# three\u202e',
  ])('shows the title %j as plain text in one line', (given) => {
    const { content } = shown(fakeComposition({ named: { title: given } }));
    expect(content.split('\n')).toHaveLength(1);
    expect(content).not.toMatch(/(?<!\\)([<@#]|\]\()|:\/\/|\u202e/);
    const title = content.slice(2, content.indexOf('** · C major'));
    expect(title).not.toMatch(/(?<!\\)(\*|`|\|\|)/);
  });

  it('says that the preview was cut', () => {
    const { content } = shown(fakeComposition({ audioCutAtSeconds: 150 }));
    expect(content).toContain(english.result.previewCut('2:30'));
  });

  it.each([
    [undefined, '20:00'],
    [1000, '16:40'],
  ])('says which part of a long piece the preview plays, until %s', (cutAtSeconds, to) => {
    const whole = fakeComposition();
    const outputs = whole.outputs.map((output) => ({
      ...output,
      ...(output.role === 'audio' && {
        preview: { seconds: 600, fromSeconds: 600, ...(cutAtSeconds !== undefined && { cutAtSeconds }) },
      }),
    }));
    expect(shown({ ...whole, outputs }).content).toContain(english.result.previewPart('10:00', to));
  });

  it('shows no key when none is known', () => {
    expect(shown(fakeComposition({ key: undefined })).content).toContain('in C** · 1:04');
  });

  it('says when there is no preview', () => {
    const { content, files } = messageWithoutPreview(english, fakeComposition(), ownership);
    expect(files?.map(({ contentType }) => contentType)).toEqual(['audio/midi', 'image/png']);
    expect(content).toContain('too large for Discord');
  });
});

describe('the buttons', () => {
  it('are in two rows and have text labels', () => {
    expect(labels(shown(fakeComposition()))).toEqual([
      ['Again', 'Vary', 'Continue', 'Remix'],
      ['Info', 'Delete'],
    ]);
  });

  it('include Share instead of Delete on a private message', () => {
    const message = compositionMessage(english, fakeComposition(), {
      ...ownership,
      isPrivate: true,
      isShareable: true,
    });
    expect(labels(message)[1]).toEqual(['Info', 'Share']);
  });
});

describe('a public piece', () => {
  it('has Share when there is a channel for it', () => {
    const message = compositionMessage(english, fakeComposition(), { ...ownership, isShareable: true });
    expect(labels(message)[1]).toEqual(['Info', 'Share', 'Delete']);
  });
});

describe('progressMessage', () => {
  const text = (...args: [Progress, number?]): string =>
    progressMessage(english, args[0], 'id', args[1]).content;

  it('shows progress and the time left', () => {
    expect(text({ stage: 'queued', position: 1 })).toBe('In the queue: you are next.');
    expect(text({ stage: 'queued', position: 3 })).toBe('In the queue: number 3.');
    expect(text({ stage: 'composing', notes: 120, total: 300 })).toBe('Composing: 120 of 300 notes.');
    expect(text({ stage: 'composing', notes: 120, total: 300 }, 3.6)).toBe(
      'Composing: 120 of 300 notes, about 4 s left.',
    );
    expect(text({ stage: 'rendering' })).toBe('Rendering audio and picture.');
  });

  it('can be cancelled', () => {
    expect(labels(progressMessage(english, { stage: 'rendering' }, 'id'))).toEqual([['Cancel']]);
  });
});

describe('takesMessage', () => {
  const takes = [1, 2, 3, 4].map((seed) =>
    fakeComposition({ request: { ...fakeComposition().request, seed } }),
  );

  it('has a line, a MIDI file, a preview and a button for each', () => {
    const message = takesMessage(english, takes, ownership);
    expect(message.content.split('\n')).toHaveLength(5);
    expect(message.content).toContain('3. **After Bach: Prelude in C**');
    expect(message.files?.map(({ name }) => name).slice(2, 4)).toEqual([
      '2-after-bach-prelude-in-c-2.mid',
      '2-after-bach-prelude-in-c-2.ogg',
    ]);
    expect(message.files).toHaveLength(8);
    expect(labels(message)).toEqual([
      ['Take 1', 'Take 2', 'Take 3', 'Take 4'],
      ['Again', 'Delete'],
    ]);
  });

  it('says when there are no previews', () => {
    const { content, files } = takesWithoutPreviews(english, takes, ownership);
    expect(files?.every(({ contentType }) => contentType === 'audio/midi')).toBe(true);
    expect(content).toContain('too large for Discord');
  });

  it('fits into a message, whatever the titles', () => {
    const long = takes.map(({ request }) => fakeComposition({ request, named: { title: '*'.repeat(300) } }));
    expect(takesMessage(english, long, ownership).content.length).toBeLessThan(1900);
  });
});
