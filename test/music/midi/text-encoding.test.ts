import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../src/music/midi/text-encoding.js';

/** Titles from files in these encodings. */
const titles: readonly (readonly [encoding: string, ...titles: string[]])[] = [
  ['utf-8', 'Für Elise', 'さくら', 'Вечерний звон', '月光', '🎵'],
  ['utf-16le', 'Tune', 'Für Elise', 'さくら'],
  ['utf-16be', 'Tune', 'Für Elise', 'さくら'],
  [
    'shift_jis',
    'さくら',
    '千本桜のうた',
    'アイのテーマ',
    'ソナタ ハ長調',
    'Kimi ga 好き だから',
    '交響曲第九番',
  ],
  [
    'cp1251',
    'Вечерний звон',
    'КАЛИНКА',
    'Песня без слов',
    'Ой, мороз, мороз!',
    'Подмосковные вечера – вальс',
  ],
  ['cp1252', 'Don’t Stop – Œuvre', 'Für Elise', 'Prélude à l’après-midi', 'Träumerei', 'Ñandú', '“Aria”'],
  ['gbk', '月亮代表我的心', '茉莉花', '梁山伯与祝英台', '春江花月夜 (古筝)'],
  ['euc-jp', 'さくら', '千本桜のうた', 'アイのテーマ', 'エリーゼのために', 'ソナタ ハ長調', '君をのせて'],
  [
    'euc-kr',
    ...['아리랑', '고향의 봄', '애국가', '봄날은 간다', '엘리제를 위하여', '사랑의 인사', '나비야'],
    ...['월광 소나타', '캐논 변주곡', '이별의 노래 (MR)', '첫눈처럼 너에게 가겠다', '반달'],
  ],
  ['big5', '月亮代表我的心', '望春風', '小城故事', '夜來香 (國語)'],
];

function encoded(title: string, encoding: string): Uint8Array {
  return iconv.encode(title, encoding, { addBOM: encoding.startsWith('utf-16') });
}

describe('a text of a MIDI file', () => {
  it.each(titles.flatMap(([encoding, ...names]) => names.map((title) => [encoding, title] as const)))(
    'is read in %s: %s',
    (encoding, title) => {
      const text = decodeText(encoded(title, encoding));
      expect(text?.replace('\ufeff', '')).toBe(title);
    },
  );

  it.each([
    ['bytes at random', [0x81, 0x20, 0xff, 0x80, 0x41, 0xfe]],
    ['control characters of a synthesizer', [0xf0, 0x7e, 0x80, 0x01, 0xf7]],
    ['signs without letters', [0xb0, 0xa4, 0x20, 0xb1, 0x20]],
  ])('is empty if no encoding fits: %s', (_, bytes) => {
    expect(decodeText(Uint8Array.from(bytes))).toBeUndefined();
  });
});
