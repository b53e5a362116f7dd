import { Locale } from 'discord.js';
import { describe, expect, it } from 'vitest';
import type { ShownMessage } from '../../local-discord/shown-message.js';
import { Stage } from './bot-process.js';

const noMidi = { name: 'tune.mid', bytes: Buffer.from('not music') };

const stage = new Stage();

function labels({ buttons }: ShownMessage): readonly unknown[] {
  return buttons.map((button) => 'label' in button && button.label);
}

const more = 'scale:natural-minor opening:bach-prelude';
const sameOptions = { notes: 20, seed: 3, key: 'Eb', more };

/** Expected texts for each client language. */
const expected = [
  {
    locale: Locale.German,
    title:
      /^\*\*Traurig · nach J\. S\. Bach, Präludium C-Dur\*\* · es-Moll · \d:\d\d · \d+ Noten · `transformer` · Startzahl `3`$/m,
    text: 'ein trauriges Zebra, c-Moll',
    unread: /^Nicht erkannt: Zebra\.$/m,
    understood: /^-# Verstanden: traurig, c-Moll\.$/m,
    buttons: ['Noch eins', 'Variieren', 'Fortsetzen', 'Remix', 'Info', 'Löschen'],
    alt: /^Klavierrolle: \d+ Noten/,
    error: 'Das ist keine MIDI-Datei',
    kind: 'Nur Modelle der Art transformer unterstützen `stimmung`',
  },
  {
    locale: Locale.Japanese,
    title:
      /^\*\*悲しい · 「J\. S\. バッハ：前奏曲 ハ長調」による\*\* · 変ホ短調 · \d:\d\d · \d+音 · `transformer` · シード `3`$/m,
    text: '悲しいシマウマ、ハ短調で',
    unread: /^認識できなかった言葉：シマウマ。$/m,
    understood: /^-# 理解した言葉：悲しい, ハ短調。$/m,
    buttons: ['もう一曲', '変奏', '続ける', 'リミックス', '情報', '削除'],
    alt: /^ピアノロール：\d+音/,
    error: 'MIDIファイルではありません',
    kind: '`雰囲気`に対応しているのはtransformerモデルだけです',
  },
] as const;

describe.each(expected)('a person whose client speaks $locale', ({ locale, ...words }) => {
  it('gets pieces in that language', async () => {
    const options = { ...sameOptions, text: words.text };
    const message = await (await stage.discord.user({ locale }).slash('compose', options)).withFiles();
    expect(message.content).toMatch(words.title);
    expect(message.content.split('\n')[0]).toMatch(words.unread);
    expect(message.content).toMatch(words.understood);
    expect(labels(message)).toEqual(words.buttons);
    expect(message.attachments.map(({ description }) => description)).toContainEqual(
      expect.stringMatching(words.alt),
    );

    const inEnglish = await (await stage.discord.user().slash('compose', options)).withFiles();
    const [own, others] = [message, inEnglish].map((shown) => (name: string) => shown.file(name).bytes());
    expect(own!('.mid')).toEqual(others!('.mid'));
    expect(own!('.png')).not.toEqual(others!('.png'));

    const again = await stage.discord.user({ locale }).press(message, words.buttons[0]);
    expect(labels(await again.withFiles())).toEqual(words.buttons);
    const other = await (await stage.discord.user().press(message, words.buttons[0])).withFiles();
    expect(labels(other)).toContain('Again');
    const longer = await (await stage.discord.user().press(message, words.buttons[2])).withFiles();
    expect(longer.content).toContain('**Sad · after J. S. Bach, Prelude in C major**');
    const ownLonger = await (await stage.discord.user({ locale }).press(longer, 'Continue')).withFiles();
    expect(ownLonger.content.split('**')[1]).toBe(message.content.split('**')[1]);
  });

  it('is refused in that language', async () => {
    const user = stage.discord.user({ locale });
    const unread = await (await user.slash('compose', { midi: noMidi })).answered();
    expect(unread.ephemeral).toBe(true);
    expect(unread.content).toContain(words.error);
    const unfit = await (await user.slash('compose', { style: 'sad', model: 'lstm' })).answered();
    expect(unfit.content).toContain(words.kind);
  });
});

it('a person whose client speaks another language reads English', async () => {
  const user = stage.discord.user({ locale: Locale.PortugueseBR });
  const reply = await user.slash('compose', { notes: 20, seed: 3 });
  expect((await reply.withFiles()).content).toMatch(/ \d+ notes · .* · seed `3`/);
});
