import { english } from '../../src/i18n/en/english.js';
import { rollWordsIn } from '../../src/i18n/picture.js';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareOpening } from '../../src/model/opening.js';
import { wholePiece } from '../../src/request/whole-piece.js';
import { titles as englishTitles } from '../../src/i18n/en/pictures.js';
import { titleIn } from '../../src/music/title.js';
import { givenCount, heardNotes, noteCount, type Piece } from '../../src/music/piece.js';
import { UserError } from '../../src/errors/user-error.js';
import {
  outputOf,
  type Composition,
  type KeptFiles,
  type Progress,
  type RestoreOptions,
  type ShownComposition,
} from '../../src/compose/composition.js';
import { openMusicServices, type MusicConfig, type MusicServices } from '../../src/compose/music-services.js';
import { againOptions, goOn, vary } from '../../src/compose/remake.js';
import { byRole } from './by-role.js';
import { checkFile } from './checker.js';
import { keySignature, name, note, smf, track } from '../music/midi/midi-bytes.js';
import { askedOf } from './requests.js';
import { threadNiceness } from '../thread-niceness.js';
import { musicOf } from './tasks.js';

let folder: string;
let config: MusicConfig;
let music: MusicServices;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'music-'));
  config = { dataFolder: folder, queueLimit: 10, words: rollWordsIn(english) };
  music = await openMusicServices(config);
});

async function restored(midi: Uint8Array, options?: RestoreOptions): Promise<ShownComposition> {
  return music.restore({ midi, recorded: await music.reader.recorded(midi) }, options);
}

afterAll(async () => {
  await music.close();
  await rm(folder, { recursive: true });
});

const midiOf = (composition: ShownComposition): string =>
  Buffer.from(outputOf(composition, 'midi').bytes).toString('hex');
const struck = ({ tracks }: Piece): number[][] =>
  tracks[0]!.notes.map(({ pitch, velocity, startTick, lengthTicks }) => [
    pitch,
    velocity,
    startTick,
    lengthTicks,
  ]);
const magicOf = (bytes: Uint8Array): string => Buffer.from(bytes.subarray(0, 4)).toString('latin1');

const userError = (code: string, details: object = {}): unknown =>
  expect.objectContaining({
    name: 'UserError',
    code,
    details: expect.objectContaining(details) as object,
  });

describe('a composition', () => {
  const seen: Progress[] = [];
  let composition: Composition;
  beforeAll(async () => {
    composition = await music.composing.compose(
      music.requests.start({ notes: 40, seed: 1, opening: 'bach-prelude' }),
      {
        onProgress: (progress) => seen.push(progress),
      },
    );
  });

  it('is a MIDI file, sound and a picture', () => {
    const { outputs } = composition;
    expect(outputs.map(({ bytes }) => magicOf(bytes))).toEqual(['MThd', 'OggS', '\x89PNG']);
    expect(outputs.map((output) => [output.role, output.extension, output.contentType])).toEqual([
      ['midi', '.mid', 'audio/midi'],
      ['audio', '.ogg', 'audio/ogg'],
      ['image', '.png', 'image/png'],
    ]);
  });

  it('states its length and its model', async () => {
    const { piece, durationSeconds, model } = composition;
    const ends = heardNotes(piece).map(
      ({ onsetSeconds, durationSeconds: seconds }) => onsetSeconds + seconds,
    );
    expect(durationSeconds).toBe(Math.max(...ends));
    expect(model).toMatch(new RegExp(`^${await music.library.current()}@[0-9a-f]{8}$`));
    expect(byRole(composition).audio.preview).not.toHaveProperty('cutAtSeconds');
  });

  it('draws its loudness', () => {
    const { waveform = [], seconds } = byRole(composition).audio.preview!;
    expect(waveform).toHaveLength(256);
    expect(Math.max(...waveform)).toBe(255);
    // It ends in silence.
    expect(waveform.at(-1)).toBeLessThan(Math.max(...waveform) / 10);
    expect(seconds).toBeGreaterThan(composition.durationSeconds);
  });

  it('states how long each stage took', () => {
    const { total, ...parts } = composition.timingsMs;
    expect(Object.keys(parts).sort()).toEqual(['audio', 'compose', 'image', 'midi']);
    for (const milliseconds of Object.values(parts)) expect(milliseconds).toBeGreaterThan(0);
    const sum = Object.values(parts).reduce((a, b) => a + b);
    expect(total).toBeGreaterThanOrEqual(sum);
  });

  it.skipIf(process.platform !== 'linux')(
    'has a lower priority than the thread that answers people (on Linux)',
    () => {
      const niceness = threadNiceness();
      expect(niceness.filter((nice) => nice === getPriority() + 5).length).toBeGreaterThanOrEqual(2); // composing, rendering
      expect(niceness).toContain(getPriority());
    },
  );

  it('reported its progress', () => {
    expect(seen[0]).toEqual({ stage: 'composing', notes: 0, total: 40 });
    expect(seen.at(-1)).toEqual({ stage: 'rendering' });
    const counts = seen.slice(0, -1).map((progress) => {
      if (progress.stage !== 'composing') throw new Error(`${progress.stage} between notes`);
      return progress.notes;
    });
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });

  it('is the same for the same request, alone and next to another', async () => {
    const again = await music.composing.compose(composition.request);
    expect(midiOf(again)).toBe(midiOf(composition));
    const together = await Promise.all([
      music.composing.compose(composition.request),
      music.composing.compose({ ...composition.request, seed: 2 }),
      music.composing.compose(composition.request),
    ]);
    const [first, other, last] = together.map(midiOf);
    expect(first).toBe(midiOf(composition));
    expect(last).toBe(first);
    expect(other).not.toBe(first);
  });

  it('follows the request', async () => {
    const raw = { notes: 60, seed: 3, key: 'F#', scale: 'dorian', quantise: 'triplet', voices: 'mono' };
    const request = music.requests.start({ ...raw, tempo: 1.5, pitch: 65, velocity: 50 });
    const { midi } = byRole(await music.composing.compose(request));
    expect(checkFile(midi.bytes, askedOf(request, prepareOpening(request)))).toEqual([]);
  });

  it('is cut to fit, and says where', async () => {
    const maxFileBytes = 90_000;
    const request = music.requests.start({ notes: 150, tempo: 0.5, seed: 4 });
    const cut = await music.composing.compose(request, { maxFileBytes });
    const { bytes, preview } = byRole(cut).audio;
    expect(bytes.length).toBeLessThanOrEqual(maxFileBytes);
    expect(preview!.cutAtSeconds).toBeGreaterThan(5);
    expect(preview!.cutAtSeconds).toBeLessThan(cut.durationSeconds);
  });
});

describe('a request', () => {
  it('has a random seed unless one is given', () => {
    expect(music.requests.start({}).seed).not.toBe(music.requests.start({}).seed);
    expect(music.requests.start({ seed: 5 })).toEqual(music.requests.start({ seed: '5' }));
  });

  it('starts from each of the openings', () => {
    const titles = [...music.requests.openings].map(([opening, title]) => {
      expect(musicOf(music.requests.start({ opening: title }).task).title).toBe(title);
      return musicOf(music.requests.start({ opening }).task).title;
    });
    expect(titles).toEqual([...music.requests.openings.values()]);
    expect(new Set(titles).size).toBe(titles.length);
  });

  it('lists the models and openings', async () => {
    expect((await music.library.list()).map(({ name }) => name)).toEqual([
      'book',
      'lstm',
      'song',
      'transformer',
    ]);
    expect(() => music.requests.start({ model: 'gpt' })).toThrow(
      userError('options.model', { choices: ['book', 'lstm', 'song', 'transformer'], given: 'gpt' }),
    );
    expect(() => music.requests.start({ opening: 'gershwin' })).toThrow(
      userError('options.opening', { given: 'gershwin' }),
    );
  });
});

describe('a file to play', () => {
  it('is written anew, with all its instruments, under its own name', async () => {
    const tracks = Array.from({ length: 20 }, () => track(note(480, 60)));
    const { piece, midi, recorded } = await music.reader.whole(smf(tracks), 'tune.kar');
    expect(piece.title).toBe('tune');
    expect(recorded).toBeUndefined();
    expect(piece.tracks).toHaveLength(1);
    const again = await music.reader.whole(midi, 'x.mid');
    expect(again.piece.tracks.map(({ notes }) => notes)).toEqual(piece.tracks.map(({ notes }) => notes));
  });
});

describe('a composition from its own file', () => {
  it('is composed again, byte for byte, whatever it started from', async () => {
    const file = await music.reader.opening(
      smf([track(name('Tune'), note(480, 60), note(480, 67))]),
      'x.mid',
    );
    const piece = await music.reader.piece(smf([track(note(480, 60), note(960, 67))]), 'x.mid');
    const requests = [
      music.requests.start({ notes: 20, seed: 1 }),
      music.requests.start({
        notes: 20,
        seed: 2,
        opening: 'beethoven-moonlight',
        tempo: 0.7,
        pitch: 64,
        velocity: 50,
      }),
      music.requests.start(
        { notes: 20, seed: 3, key: 'Eb', scale: 'dorian', quantise: 'triplet', voices: 'mono' },
        file,
      ),
      music.requests.continue({ notes: 20, seed: 4 }, piece),
    ];
    for (const request of requests) {
      const made = await music.composing.compose(request);
      const recorded = await music.reader.recorded(byRole(made).midi.bytes);
      expect(recorded.request).toEqual(request);
      expect(recorded.weights).toBe(made.model);
      expect(midiOf(await music.composing.compose(recorded.request))).toBe(midiOf(made));
    }
  });

  it('is rendered again as it was', async () => {
    const made = await music.composing.compose(music.requests.start({ notes: 30, seed: 5 }));
    const again = await restored(byRole(made).midi.bytes);
    expect(midiOf(again)).toBe(midiOf(made));
    expect(byRole(again).audio).toEqual(byRole(made).audio);
    expect(givenCount(again.piece)).toBe(givenCount(made.piece));
    expect(again).toMatchObject({ model: made.model, request: made.request });
    expect(magicOf(byRole(again).image.bytes)).toBe('\x89PNG');
  });

  it('reuses a given sound and picture', async () => {
    const made = byRole(await music.composing.compose(music.requests.start({ notes: 30, seed: 5 })));
    const short = byRole(await music.composing.compose(music.requests.start({ notes: 5, seed: 5 }))).audio
      .bytes;
    const beside = async (kept: KeptFiles): Promise<ReturnType<typeof byRole>> =>
      byRole(await restored(made.midi.bytes, { kept }));
    const image = Buffer.from('a picture');
    const same = await beside({ '.ogg': made.audio.bytes, '.png': image });
    expect(same.audio.bytes).toEqual(made.audio.bytes);
    expect(Buffer.from(same.image.bytes)).toEqual(image);
    expect(same.audio.preview).not.toHaveProperty('cutAtSeconds');

    // The first ends before the last note, so it was cut; the second is not audio, so it is rendered again.
    const cut = await beside({ '.ogg': short });
    expect(cut.audio.bytes).toEqual(short);
    expect(cut.audio.preview!.cutAtSeconds).toBe(cut.audio.preview!.seconds);
    const damaged = made.audio.bytes.subarray(0, -1);
    expect((await beside({ '.ogg': damaged })).audio).toEqual(made.audio);
  });

  it('continues from its end, repeatedly, and keeps every note', async () => {
    const first = { notes: 30, seed: 6, tempo: 0.6, pitch: 70, quantise: 'straight' };
    let { midi } = byRole(await music.composing.compose(music.requests.start(first)));
    for (const seed of [7, 8]) {
      const before = await music.reader.recorded(midi.bytes);
      const request = music.requests.continue({ notes: 25, seed, quantise: 'straight' }, wholePiece(before));
      const made = await music.composing.compose(request);
      const kept = noteCount(before.piece);
      expect(struck(made.piece).slice(0, kept)).toEqual(struck(before.piece));
      expect(noteCount(made.piece)).toBeGreaterThan(kept + 10);
      expect(titleIn(englishTitles, made.piece)).toBe(titleIn(englishTitles, before.piece));
      ({ midi } = byRole(made));
    }
  });

  it('is named after the same opening, whatever is made of its file', async () => {
    const made = await music.composing.compose(
      music.requests.start({ notes: 5, seed: 6, opening: 'beethoven-elise' }),
    );
    const { piece } = made;
    const { midi } = byRole(made);
    const elise = { title: 'L. van Beethoven, Für Elise', namedAfter: true };
    expect(piece).toMatchObject(elise);
    expect((await music.reader.recorded(midi.bytes)).piece).toMatchObject(elise);

    const whole = await music.reader.whole(midi.bytes, 'x.mid');
    expect(whole.piece).toMatchObject(elise);
    expect(whole.recorded?.request.seed).toBe(6);
    expect(Buffer.compare(whole.midi, midi.bytes)).toBe(0);

    const goneOn = music.requests.continue({ notes: 5 }, await music.reader.piece(midi.bytes, 'x.mid'));
    expect((await music.composing.compose(goneOn)).piece).toMatchObject(elise);
    const begun = music.requests.start({ notes: 5 }, await music.reader.opening(midi.bytes, 'x.mid'));
    expect(musicOf(begun.task)).not.toHaveProperty('namedAfter');
    expect((await music.composing.compose(begun)).piece).toMatchObject(elise);

    const other = smf([track(name('After Dark'), note(480, 60))]);
    const ofAnother = music.requests.continue({ notes: 5 }, await music.reader.piece(other, 'x.mid'));
    const { piece: continued } = await music.composing.compose(ofAnother);
    expect(continued.title).toBe('After Dark');
    expect(continued).not.toHaveProperty('namedAfter');
  });

  it('is varied: its beginning stays, whoever chose the opening, and the rest is new', async () => {
    const made = await music.composing.compose(
      music.requests.start({ notes: 40, seed: 6, opening: 'bach-prelude', tempo: 0.6, velocity: 50 }),
    );
    const recorded = await music.reader.recorded(byRole(made).midi.bytes);
    const varied = await music.composing.compose(vary(music.requests, recorded));
    const kept =
      givenCount(recorded.piece) + Math.floor((noteCount(made.piece) - givenCount(recorded.piece)) / 4);
    expect(givenCount(varied.piece)).toBe(kept);
    expect(struck(varied.piece).slice(0, kept)).toEqual(struck(recorded.piece).slice(0, kept));
    expect(struck(varied.piece).slice(kept)).not.toEqual(struck(recorded.piece).slice(kept));
    expect(Math.abs(noteCount(varied.piece) - noteCount(made.piece))).toBeLessThan(10);
  });

  it('can begin with nothing given, be composed again, continued and varied', async () => {
    const request = music.requests.start({ notes: 30, seed: 7, opening: 'None', key: 'D' });
    expect(request).toMatchObject({ model: 'transformer', task: { opening: { name: 'none', notes: [] } } });
    const made = await music.composing.compose(request);
    expect([noteCount(made.piece), givenCount(made.piece)]).toEqual([30, 0]);
    expect(titleIn(englishTitles, made.piece)).toBe('Improvisation');
    expect(heardNotes(made.piece)[0]!.onsetSeconds).toBe(0);

    const { midi } = byRole(made);
    const recorded = await music.reader.recorded(midi.bytes);
    expect(recorded.request.task).toEqual(request.task);
    expect(againOptions(recorded.request)).toMatchObject({ opening: 'none' });
    const again = await music.composing.compose(recorded.request);
    expect(Buffer.compare(byRole(again).midi.bytes, midi.bytes)).toBe(0);

    const longer = await music.composing.compose(goOn(music.requests, recorded));
    expect(struck(longer.piece).slice(0, 30)).toEqual(struck(recorded.piece));
    const varied = await music.composing.compose(vary(music.requests, recorded));
    expect(givenCount(varied.piece)).toBe(7);
    const shortest = await music.composing.compose(music.requests.start({ notes: 2, opening: 'none' }));
    const ofShortest = await music.reader.recorded(byRole(shortest).midi.bytes);
    expect(vary(music.requests, ofShortest).task).toMatchObject({ kind: 'continue' });
    expect(musicOf(vary(music.requests, ofShortest).task).notes).toHaveLength(1);
  });

  it('cannot begin with nothing where the network needs notes', () => {
    expect(() => music.requests.start({ opening: 'none', model: 'lstm' })).toThrow(
      userError('options.opening', { problem: 'kind', option: 'opening:none', kind: 'transformer' }),
    );
    expect(() => music.requests.start({ opening: 'none', sampling: 'source' })).toThrow(
      userError('options.opening', { problem: 'instead', option: 'opening', instead: 'sampling' }),
    );
  });

  it('refuses to continue with options that would change the piece', async () => {
    const piece = await music.reader.piece(smf([track(note(480, 60))]), 'x.mid');
    for (const option of ['tempo', 'pitch', 'velocity'] as const) {
      expect(() => music.requests.continue({ [option]: 1 }, piece)).toThrow(
        userError(`options.${option}`, { problem: 'fixed', option }),
      );
    }
  });

  it('is distinguished from other files', async () => {
    const other = smf([track(note(480, 60))]);
    await expect(music.reader.recorded(other)).rejects.toEqual(userError('record.unknown'));
    await expect(restored(other)).rejects.toEqual(userError('record.unknown'));
  });
});

describe('an opening from a file', () => {
  const melody = [60, 64, 67, 72].flatMap((pitch) => note(480, pitch));

  it('has the title of the file, or its name', async () => {
    const untitled = await music.reader.opening(smf([track(melody)]), 'My song.MIDI');
    const titled = await music.reader.opening(smf([track(name('Minuet'), melody)]), 'x.mid');
    expect([untitled.title, titled.title]).toEqual(['My song', 'Minuet']);
    expect(untitled.notes.map(({ pitch, onsetSeconds }) => [pitch, onsetSeconds])).toEqual([
      [60, 0],
      [64, 0.5],
      [67, 1],
      [72, 1.5],
    ]);
    const request = music.requests.start({ notes: 1 }, untitled);
    expect(musicOf(request.task)).toEqual(untitled);
  });

  it('has the key of the file, but not the one that programs write into every file', async () => {
    const inKey = (sharps: number, minor: 0 | 1): Promise<unknown> =>
      music.reader.opening(smf([track(keySignature(0, sharps, minor), melody)]), 'x.mid');
    expect(await inKey(2, 0)).toMatchObject({ key: { tonic: 'D', scale: 'major' } });
    expect(await inKey(0, 1)).toMatchObject({ key: { tonic: 'A', scale: 'natural-minor' } });
    expect(await inKey(0, 0)).not.toHaveProperty('key');
  });

  it('is refused with an error message when it is something else', async () => {
    const image = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);
    const refusal = await music.reader.opening(image, 'song.mid').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UserError);
    expect(refusal).toEqual(userError('midi.not-midi'));
  });
});

describe('an abort', () => {
  const reason = new Error('changed their mind');

  /** Composes until `when` is true, then aborts, and returns what was observed. */
  async function abortAt(
    notes: number,
    when: (progress: Progress) => boolean,
    isAtOnce = true,
  ): Promise<readonly Progress[]> {
    const controller = new AbortController();
    const seen: Progress[] = [];
    const composing = music.composing.compose(music.requests.start({ notes, seed: 6 }), {
      signal: controller.signal,
      onProgress: (progress) => {
        seen.push(progress);
        if (!when(progress)) return;
        if (isAtOnce) controller.abort(reason);
        else setImmediate(() => controller.abort(reason));
      },
    });
    await expect(composing).rejects.toBe(reason);
    return seen;
  }

  const goesOn = async (): Promise<void> => {
    const { piece } = await music.composing.compose(music.requests.start({ notes: 5, seed: 7 }));
    expect(noteCount(piece)).toBeGreaterThan(0);
  };

  it('before the start', async () => {
    const composing = music.composing.compose(music.requests.start({ notes: 5 }), {
      signal: AbortSignal.abort(reason),
    });
    await expect(composing).rejects.toBe(reason);
  });

  it('ends composing, and the next request is served', async () => {
    const seen = await abortAt(2000, (progress) => progress.stage === 'composing' && progress.notes > 0);
    expect(seen).not.toContainEqual({ stage: 'rendering' });
    await goesOn();
  });

  it.each([
    ['before a thread renders', true],
    ['while a thread renders', false],
  ])('ends rendering (%s), and the next request is served', async (_, isAtOnce) => {
    const seen = await abortAt(400, (progress) => progress.stage === 'rendering', isAtOnce);
    expect(seen.at(-1)).toEqual({ stage: 'rendering' });
    await goesOn();
  });
});

describe('the music services', () => {
  it('are not started with an invalid SoundFont', async () => {
    const soundFont = join(folder, 'piano.sf2');
    await expect(openMusicServices({ ...config, soundFont })).rejects.toEqual(
      userError('sound-font.unreadable', { file: 'piano.sf2' }),
    );
    await writeFile(soundFont, 'not a SoundFont');
    await expect(openMusicServices({ ...config, soundFont })).rejects.toEqual(
      userError('sound-font.unknown', { file: 'piano.sf2' }),
    );
  });

  it('leave nobody waiting when they are closed', async () => {
    const closing = await openMusicServices(config);
    const composing = closing.composing.compose(closing.requests.start({ notes: 2000 }));
    await Promise.all([expect(composing).rejects.toEqual(userError('compose.closed')), closing.close()]);
  });
});
