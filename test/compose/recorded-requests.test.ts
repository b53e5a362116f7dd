import { english } from '../../src/i18n/en/english.js';
import { titles } from '../../src/i18n/en/pictures.js';
import { rollWordsIn } from '../../src/i18n/picture.js';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finishPiece } from '../../src/compose/finish.js';
import { ModelService } from '../../src/compose/service/model-service.js';
import { shippedModels } from '../../src/model/model-store.js';
import { writeMidi } from '../../src/music/midi/write.js';
import { noteCount } from '../../src/music/piece.js';
import { formatRecord } from '../../src/request/record.js';
import { readRecorded } from '../../src/request/recorded-piece.js';
import { wholePiece } from '../../src/request/whole-piece.js';
import type { RawOptions } from '../../src/request/options.js';
import { rulesVersion } from '../../src/request/rules-version.js';
import { openMusicServices, type MusicServices } from '../../src/compose/music-services.js';

/** An earlier request, and the MIDI file it gave. */
interface Recorded {
  readonly options: RawOptions;
  /** Index of the piece that it continues, or begins with. */
  readonly continues?: number;
  readonly beginsWith?: number;
  /** Number of notes in the whole piece. */
  readonly notes: number;
  /** First 16 hex digits of the SHA-256 of the file without its record. */
  readonly midi: string;
}

const recorded = JSON.parse(
  readFileSync(new URL('recorded-requests.json', import.meta.url), 'utf8'),
) as readonly Recorded[];

/** Each piece is composed once, however many continue it. */
const pieces = new Map<number, Promise<{ readonly midi: Uint8Array; readonly notes: number }>>();
const folder = mkdtempSync(join(tmpdir(), 'recorded-'));
let music: MusicServices;
let service: ModelService;

beforeAll(async () => {
  music = await openMusicServices({
    dataFolder: folder,
    queueLimit: recorded.length,
    words: rollWordsIn(english),
  });
  service = new ModelService({
    modelFolders: { shared: [shippedModels] },
    workers: 1,
    batchSize: 4,
    queueLimit: recorded.length,
  });
});

afterAll(async () => {
  await Promise.all([service.close(), music.close()]);
  rmSync(folder, { recursive: true });
});

function pieceOf(index: number): Promise<{ readonly midi: Uint8Array; readonly notes: number }> {
  const made = pieces.get(index) ?? compose(recorded[index]!);
  pieces.set(index, made);
  return made;
}

async function compose({ options, continues, beginsWith }: Recorded) {
  const request =
    continues === undefined
      ? music.requests.start(options, beginsWith === undefined ? undefined : await openingOf(beginsWith))
      : music.requests.continue(options, wholePiece(readRecorded((await pieceOf(continues)).midi)));
  const { opening, generated, model } = await service.compose(request);
  const piece = finishPiece(request, opening, generated);
  return {
    midi: writeMidi(piece, [formatRecord(request, piece, model)], [], titles),
    notes: noteCount(piece),
  };
}

async function openingOf(index: number) {
  return music.reader.opening((await pieceOf(index)).midi, 'x.mid');
}

/**
 * The file without the text event with its record, which is at tick 0 of a track. The track length is
 * adjusted to that with a record of the first version, with which the files were recorded.
 */
function withoutRecord(midi: Uint8Array): Buffer {
  const bytes = Buffer.from(midi);
  const text = bytes.indexOf('musical-ai {');
  const kind = bytes.lastIndexOf(Buffer.from([0x00, 0xff, 0x01]), text);
  const length = bytes.subarray(kind + 3, text).reduce((value, byte) => value * 128 + (byte & 0x7f), 0);
  const record = bytes.toString('utf8', text, text + length);
  const trackLength = bytes.lastIndexOf('MTrk', kind) + 4;
  const more = eventLength(version1Of(record)) - eventLength(record);
  bytes.writeUInt32BE(bytes.readUInt32BE(trackLength) + more, trackLength);
  return Buffer.concat([bytes.subarray(0, kind), bytes.subarray(text + length)]);
}

/** In bytes, including its delta time. */
function eventLength(text: string): number {
  const length = Buffer.byteLength(text);
  return 3 + (length < 2 ** 7 ? 1 : length < 2 ** 14 ? 2 : 3) + length;
}

interface Version2 {
  readonly rules: number;
  readonly request: Readonly<Record<string, unknown>> & {
    readonly text?: { readonly said: string };
    readonly mood?: readonly string[];
    readonly task: {
      readonly kind: string;
      readonly chosenBy?: string;
      readonly opening?: object;
      readonly piece?: object;
    };
  };
}

const wishNames = ['mood', 'density', 'polyphony', 'composer', 'era', 'text'];

/** The content of a record as the first version would have written it, with keys in any order. */
function version1Of(record: string): string {
  const { rules: _, request, ...rest } = JSON.parse(record.slice('musical-ai '.length)) as Version2;
  const { task, ...settings } = request;
  const said = settings.text && { text: settings.text.said };
  const felt = settings.mood && { mood: settings.mood[0] };
  const all = Object.entries({ ...settings, ...said, ...felt });
  const wishes = Object.fromEntries(all.filter(([name]) => wishNames.includes(name)));
  const version1 = {
    ...Object.fromEntries(all.filter(([name]) => !wishNames.includes(name))),
    ...(Object.keys(wishes).length > 0 && { wishes }),
    ...(task.chosenBy === 'seed' && { openingBySeed: true }),
    ...(task.kind === 'continue' && { continues: true }),
    opening: task.opening ?? task.piece,
  };
  return `musical-ai ${JSON.stringify({ ...rest, request: version1 })}`;
}

it('the recorded files belong to this version of the rules: raise it when recording other bytes', () => {
  const files = recorded.map(({ midi }) => midi).join(' ');
  const digest = createHash('sha256').update(files).digest('hex').slice(0, 8);
  expect({ rulesVersion, digest }).toEqual({ rulesVersion: 15, digest: '4ed8daed' });
});

describe('an earlier request', () => {
  it.each(recorded.map((request, index) => ({ ...request, index })))(
    'gives the same MIDI bytes: $options',
    async ({ index, notes, midi }) => {
      const made = await pieceOf(index);
      expect(made.notes).toBe(notes);
      expect(createHash('sha256').update(withoutRecord(made.midi)).digest('hex').slice(0, 16)).toBe(midi);
    },
  );
});
