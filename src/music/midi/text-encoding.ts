import iconv from 'iconv-lite';

/**
 * Decodes text in a MIDI file, which does not state its encoding: as UTF-16 if it starts with a byte order
 * mark, as UTF-8 if valid, otherwise in the legacy encoding of the language that it looks like. Uses a
 * library, because Node's own tables differ between versions.
 * @returns undefined when no encoding fits
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return iconv.decode(bytes, 'utf-16le');
  if (first === 0xfe && second === 0xff) return iconv.decode(bytes, 'utf-16be');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const encoding = guesses.find(({ fits }) => fits(bytes));
    return encoding && iconv.decode(bytes, encoding.name);
  }
}

/** The first match wins; more specific ones come first. */
const guesses: readonly { readonly name: string; readonly fits: (bytes: Uint8Array) => boolean }[] = [
  { name: 'shift_jis', fits: (bytes) => isPairs(bytes, 'shift_jis', isKana, 1 / 4) },
  { name: 'euc-jp', fits: (bytes) => isPairs(bytes, 'euc-jp', isEucKana, 2 / 5) },
  { name: 'euc-kr', fits: isKorean },
  { name: 'cp1251', fits: isCyrillic },
  { name: 'cp1252', fits: isWestern },
  { name: 'gbk', fits: (bytes) => isPairs(bytes, 'gbk', isCommonGb, 2 / 3) },
  { name: 'big5', fits: (bytes) => isPairs(bytes, 'big5', isCommonBig5, 2 / 3) },
  { name: 'shift_jis', fits: (bytes) => isPairs(bytes, 'shift_jis', isCommonKanji, 2 / 3) },
];

type PairTest = (lead: number, trail: number) => boolean;

/**
 * Whether the bytes are valid in a two-byte encoding with a high first byte, and a minimum share of the
 * characters are common ones.
 */
function isPairs(bytes: Uint8Array, encoding: string, isUsual: PairTest, share: number): boolean {
  if (/[\ufffd\p{Co}\p{Cc}]/u.test(iconv.decode(bytes, encoding).replace(/[\t\r\n\0]/g, ''))) return false;
  let pairs = 0;
  let usual = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    // Shift-JIS encodes half-width katakana in one byte.
    if (lead < 0x80 || (encoding === 'shift_jis' && lead >= 0xa1 && lead <= 0xdf)) continue;
    pairs++;
    if (isUsual(lead, bytes[++i] ?? 0)) usual++;
  }
  return pairs > 0 && usual >= share * pairs;
}

/** Hiragana and katakana, which almost every Japanese text contains. */
function isKana(lead: number, trail: number): boolean {
  return (
    (lead === 0x82 && trail >= 0x9f && trail <= 0xf1) || (lead === 0x83 && trail >= 0x40 && trail <= 0x96)
  );
}

/**
 * The same in EUC-JP. Some of the most frequent Chinese characters have the same codes, so the required share
 * is higher than for Shift-JIS.
 */
function isEucKana(lead: number, trail: number): boolean {
  return (
    (lead === 0xa4 && trail >= 0xa1 && trail <= 0xf3) || (lead === 0xa5 && trail >= 0xa1 && trail <= 0xf6)
  );
}

/** The most frequent syllables of Korean texts; Chinese text would decode to rarer ones. */
const commonHangul: ReadonlySet<number> = new Set(
  [
    ...iconv.encode(
      '이다는가에의을를한고하지도로은기사리나자어대시아해서라인만정부수일보전주연요그여스라오마유미우상장' +
        '거조세원비과구소제진선신성동문경안영화내무야으니면들러계들게너더모저트드려바적방와중생때말없있었' +
        '랑향봄날눈꽃별달밤길꿈빛사람당심임님곡래애국노속군간위엘란춘산강물처럼행복추억별단변월',
      'euc-kr',
    ),
  ].flatMap((byte, i, bytes) => (i % 2 === 0 ? [(byte << 8) | bytes[i + 1]!] : [])),
);

function isKorean(bytes: Uint8Array): boolean {
  const isHangul: PairTest = (lead) => lead >= 0xb0 && lead <= 0xc8;
  return isPairs(bytes, 'euc-kr', isHangul, 1) && isPairs(bytes, 'euc-kr', isCommonHangul, 1 / 2);
}

function isCommonHangul(lead: number, trail: number): boolean {
  return commonHangul.has((lead << 8) | trail);
}

/** A kanji of the first level of JIS X 0208. */
function isCommonKanji(lead: number): boolean {
  return lead >= 0x88 && lead <= 0x97;
}

/** A character of the first level of GB 2312. */
function isCommonGb(lead: number, trail: number): boolean {
  return lead >= 0xb0 && lead <= 0xd7 && trail >= 0xa1;
}

/** One of Big5's frequent characters. */
function isCommonBig5(lead: number): boolean {
  return lead >= 0xa4 && lead <= 0xc6;
}

/** Whether every high byte is a CP1251 letter, in words with normal capitalisation: not `вЕчер`. */
function isCyrillic(bytes: Uint8Array): boolean {
  const high = bytes.filter((byte) => byte >= 0x80);
  const punctuation = [0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0xa0, 0xab, 0xb9, 0xbb];
  const letters = high.filter((byte) => !punctuation.includes(byte));
  if (letters.some((byte) => byte < 0xc0 && byte !== 0xa8 && byte !== 0xb8)) return false;
  const words = iconv.decode(bytes, 'cp1251').match(/\p{L}+/gu) ?? [];
  return (
    words.some((word) => /^\p{Script=Cyrillic}{2,}$/u.test(word)) &&
    words.every((word) => /^(?:\p{Script=Cyrillic}+|[a-z]+)$/iu.test(word)) &&
    words.every((word) => /^\p{L}?\p{Ll}*$|^\p{Lu}+$/u.test(word))
  );
}

/** Whether the high bytes are occasional accented letters and signs among CP1252 letters. */
function isWestern(bytes: Uint8Array): boolean {
  const undefinedBytes = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
  if (bytes.some((byte) => undefinedBytes.includes(byte))) return false;
  const text = iconv.decode(bytes, 'cp1252');
  const plain = text.match(/[a-z]/gi)?.length ?? 0;
  const odd = text.match(/[^\x20-\x7e\s\p{L}’‘“”„–—…«»¿¡·]/gu)?.length ?? 0;
  return odd === 0 && plain > 0 && !/[^\x00-\x7f\u2010-\u203a\xa0-\xbf]{3}/u.test(text);
}
