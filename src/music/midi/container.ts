import { UserError, type FileKind } from '../../errors/user-error.js';

/**
 * Finds the Standard MIDI File in the bytes of a file: the file itself, the contents of an RMID file (MIDI in
 * a RIFF wrapper, from Windows), or what follows a few bytes added by a transfer or an old Macintosh
 * (MacBinary).
 *
 * @throws UserError `midi.empty` or `midi.not-midi`, which says what the file looks like.
 */
export function findMidi(bytes: Uint8Array): Uint8Array {
  const midi = startsWith(bytes, 'RIFF') && startsWith(bytes, 'RMID', 8) ? riffData(bytes) : bytes;
  if (startsWith(midi, 'MThd')) return midi;
  if (bytes.length === 0) {
    throw new UserError('midi.empty');
  }
  const kind = kinds.find(({ matches }) => matches(bytes));
  const start = kind === undefined ? headerAt(bytes) : -1;
  if (start >= 0) return bytes.subarray(start);
  throw new UserError('midi.not-midi', kind === undefined ? {} : { looksLike: kind.looksLike });
}

/** MacBinary's header has 128. */
const mostBytesBefore = 256;

/** Offset of a header chunk with the usual length, near the start; −1 if there is none. */
function headerAt(bytes: Uint8Array): number {
  const near = String.fromCharCode(...bytes.subarray(0, mostBytesBefore + 8));
  return near.indexOf('MThd\0\0\0\x06');
}

/** File types by signature; the first match wins. */
const kinds: readonly { readonly looksLike: FileKind; readonly matches: (bytes: Uint8Array) => boolean }[] = [
  { looksLike: { type: 'picture', format: 'PNG' }, matches: (b) => startsWith(b, '\x89PNG') },
  { looksLike: { type: 'picture', format: 'JPEG' }, matches: (b) => startsWith(b, '\xff\xd8\xff') },
  { looksLike: { type: 'picture', format: 'GIF' }, matches: (b) => startsWith(b, 'GIF8') },
  { looksLike: { type: 'recording', format: 'WAV' }, matches: (b) => isRiff(b, 'WAVE') },
  { looksLike: { type: 'picture', format: 'WebP' }, matches: (b) => isRiff(b, 'WEBP') },
  { looksLike: { type: 'recording', format: 'Ogg' }, matches: (b) => startsWith(b, 'OggS') },
  { looksLike: { type: 'recording', format: 'FLAC' }, matches: (b) => startsWith(b, 'fLaC') },
  { looksLike: { type: 'recording', format: 'MP4/M4A' }, matches: (b) => startsWith(b, 'ftyp', 4) },
  { looksLike: { type: 'recording', format: 'MP3' }, matches: isMp3 },
  {
    looksLike: { type: 'foreign-music', format: 'MIDI 2.0 clip' },
    matches: (b) => startsWith(b, 'SMF2CLIP'),
  },
  {
    looksLike: { type: 'foreign-music', format: 'XMI' },
    matches: (b) => startsWith(b, 'FORM') && (startsWith(b, 'XDIR', 8) || startsWith(b, 'XMID', 8)),
  },
  {
    looksLike: { type: 'foreign-music', format: 'Guitar Pro' },
    matches: (b) => startsWith(b, 'FICHIER GUITAR PRO', 1) || startsWith(b, 'BCFZ') || startsWith(b, 'BCFS'),
  },
  { looksLike: { type: 'foreign-music', format: 'FL Studio' }, matches: (b) => startsWith(b, 'FLhd') },
  { looksLike: { type: 'foreign-music', format: 'Finale' }, matches: (b) => startsWith(b, 'ENIGMA BINARY') },
  { looksLike: { type: 'foreign-music', format: 'Doom MUS' }, matches: (b) => startsWith(b, 'MUS\x1a') },
  { looksLike: { type: 'pdf' }, matches: (b) => startsWith(b, '%PDF') },
  { looksLike: { type: 'zip' }, matches: (b) => startsWith(b, 'PK\x03\x04') },
  {
    looksLike: { type: 'web-page' },
    matches: (b) => /^\s*<(!doctype html|html|head|body)\b/i.test(opening(b)),
  },
  {
    looksLike: { type: 'music-xml' },
    matches: (b) => /<!doctype score-|<score-(partwise|timewise)/i.test(opening(b)),
  },
  { looksLike: { type: 'xml' }, matches: (b) => /^\s*<\?xml\b/.test(opening(b)) },
];

function isRiff(bytes: Uint8Array, form: string): boolean {
  return startsWith(bytes, 'RIFF') && startsWith(bytes, form, 8);
}

/** An ID3 tag, or the frame header of MPEG audio, layer III: 11 bits of sync, version, layer. */
function isMp3(bytes: Uint8Array): boolean {
  if (startsWith(bytes, 'ID3')) return true;
  const [first = 0, second = 0] = bytes;
  const reservedVersion = (second & 0x18) === 0x08;
  return first === 0xff && (second & 0xe6) === 0xe2 && !reservedVersion;
}

function opening(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 1024));
}

/** Whether `bytes` has these characters, one byte each, from `offset` on. */
function startsWith(bytes: Uint8Array, characters: string, offset = 0): boolean {
  const window = bytes.subarray(offset, offset + characters.length);
  return String.fromCharCode(...window) === characters;
}

/** The body of the `data` chunk of a RIFF file; empty if there is none. */
function riffData(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 12;
  while (at + 8 <= bytes.length) {
    const length = view.getUint32(at + 4, true);
    if (startsWith(bytes, 'data', at)) return bytes.subarray(at + 8, at + 8 + length);
    // RIFF chunks start on even offsets.
    at += 8 + length + (length % 2);
  }
  return new Uint8Array();
}
