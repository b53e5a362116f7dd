import { UserError, type FileKind } from '../../errors/user-error.js';

/**
 * Finds the Standard MIDI File in the bytes of a file: the file itself, or what an RMID file
 * (MIDI in a RIFF wrapper, a Windows habit) holds.
 *
 * @throws UserError `midi.empty` or `midi.not-midi`, which says what the file looks like.
 */
export function findMidi(bytes: Uint8Array): Uint8Array {
  const midi = startsWith(bytes, 'RIFF') && startsWith(bytes, 'RMID', 8) ? riffData(bytes) : bytes;
  if (startsWith(midi, 'MThd')) return midi;
  if (bytes.length === 0) {
    throw new UserError('midi.empty', 'This file is empty. Export it again and send the new file.');
  }
  const kind = kinds.find(({ matches }) => matches(bytes));
  throw new UserError(
    'midi.not-midi',
    kind === undefined
      ? `This is not a MIDI file, whatever its name says. ${advice}`
      : `This looks like ${kind.name}, not a MIDI file. ${kind.advice ?? advice}`,
    kind === undefined ? {} : { looksLike: kind.looksLike },
  );
}

const advice = 'Send a .mid file, as a notation program or a DAW exports it.';
const recordingAdvice = 'A recording holds no notes to read: send a .mid file.';
const notationAdvice = 'Export it as MIDI (.mid) from a notation program.';

interface Kind {
  /** As a sentence names it. */
  readonly name: string;
  readonly advice?: string;
  readonly looksLike: FileKind;
  readonly matches: (bytes: Uint8Array) => boolean;
}

/** The first that matches gives the file its name. */
const kinds: readonly Kind[] = [
  picture('PNG', (b) => startsWith(b, '\x89PNG')),
  picture('JPEG', (b) => startsWith(b, '\xff\xd8\xff')),
  picture('GIF', (b) => startsWith(b, 'GIF8')),
  recording('a', 'WAV', (b) => isRiff(b, 'WAVE')),
  picture('WebP', (b) => isRiff(b, 'WEBP')),
  recording('an', 'Ogg', (b) => startsWith(b, 'OggS')),
  recording('a', 'FLAC', (b) => startsWith(b, 'fLaC')),
  recording('an', 'MP4 or M4A', (b) => startsWith(b, 'ftyp', 4)),
  recording('an', 'MP3', isMp3),
  { name: 'a PDF document', looksLike: { type: 'pdf' }, matches: (b) => startsWith(b, '%PDF') },
  {
    name: 'a ZIP archive',
    advice: 'Unpack it, and send the .mid file that is in it.',
    looksLike: { type: 'zip' },
    matches: (b) => startsWith(b, 'PK\x03\x04'),
  },
  {
    name: 'a web page (HTML)',
    looksLike: { type: 'web-page' },
    matches: (b) => /^\s*<(!doctype html|html|head|body)\b/i.test(opening(b)),
  },
  {
    name: 'a MusicXML score',
    advice: notationAdvice,
    looksLike: { type: 'music-xml' },
    matches: (b) => /<!doctype score-|<score-(partwise|timewise)/i.test(opening(b)),
  },
  {
    name: 'an XML file',
    looksLike: { type: 'xml' },
    matches: (b) => /^\s*<\?xml\b/.test(opening(b)),
  },
];

function picture(format: string, matches: Kind['matches']): Kind {
  return { name: `a ${format} picture`, looksLike: { type: 'picture', format }, matches };
}

function recording(article: string, format: string, matches: Kind['matches']): Kind {
  const looksLike = { type: 'recording', format } as const;
  return { name: `${article} ${format} recording`, advice: recordingAdvice, looksLike, matches };
}

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

/** The body of the `data` chunk of a RIFF file; nothing when it has none. */
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
