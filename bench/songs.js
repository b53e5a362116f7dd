/**
 * Songs: the time to compose 32 bars of five parts, and whether 1,000 random plans and 1,000 random requests in all
 * styles fulfil the guarantees of songs.
 *
 *   npm run build && node --import ./build/built.js bench/songs.js [MODEL] [REQUESTS]
 *
 * MODEL is a folder with model.json and weights.bin; by default the built-in song network.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMusicServices } from '../dist/compose/music-services.js';
import { songPiece } from '../dist/compose/song-piece.js';
import { brokenPromises, promises } from '../dist/evaluation/song/promises.js';
import { shippedModels } from '../dist/model/model-store.js';
import { composeSong, SongComposer } from '../dist/model/song/composer.js';
import { commissionOf } from '../dist/model/song/requests.js';
import { decodeSong } from '../dist/model/song/weights.js';
import { Random } from '../dist/model/random.js';
import { writeMidi } from '../dist/music/midi/write.js';
import { chordKinds } from '../dist/music/theory/chord.js';
import { tonics } from '../dist/music/theory/key.js';
import { ensembleNames } from '../dist/plan/instruments.js';
import { barsOf, beatOf, songMeters } from '../dist/plan/song-plan.js';
import { styleNames } from '../dist/plan/styles.js';

const [folder = join(shippedModels, 'song'), count = '1000'] = process.argv.slice(2);
const model = decodeSong(
  readFileSync(join(folder, 'model.json'), 'utf8'),
  readFileSync(join(folder, 'weights.bin')),
);
const composer = new SongComposer(model, 1);

const part = (instrument, role, program, range, isMonophonic) => ({
  instrument,
  role,
  program,
  name: `${instrument} ${role}`,
  range,
  isMonophonic,
  isPatterned: false,
});
const voice = part('ensemble', 'melody', 52, [57, 79], true);
const strings = part('strings', 'counter-melody', 48, [55, 88], false);
const piano = part('piano', 'harmony', 0, [36, 84], false);
const bass = part('bass', 'bass', 33, [28, 55], true);
const drums = part('drums', 'drums', 0, [35, 59], false);
const voices = (instrument, program, ranges) =>
  ['melody', 'counter-melody', 'harmony', 'bass'].map((role, i) =>
    part(instrument, role, program, ranges[i], true),
  );
const singers = voices('ensemble', 52, [
  [60, 81],
  [55, 74],
  [48, 69],
  [40, 62],
]);
const bowed = voices('strings', 48, [
  [55, 93],
  [55, 86],
  [48, 81],
  [36, 69],
]);
const bands = {
  pop: [voice, strings, piano, bass, drums],
  band: [
    part('lead', 'melody', 80, [57, 88], true),
    strings,
    part('guitar', 'harmony', 27, [40, 76], false),
    bass,
    drums,
  ],
  drums: [drums],
  lied: [voice, piano],
  quartet: bowed,
  chorale: singers,
  hymn: singers,
  choir: singers,
  chamber: [part('pipe', 'melody', 73, [60, 96], true), part('guitar', 'harmony', 46, [40, 88], false)],
  orchestra: [
    part('pipe', 'melody', 73, [60, 96], true),
    strings,
    part('brass', 'harmony', 61, [41, 77], false),
    part('strings', 'bass', 43, [28, 60], true),
  ],
  piano: [part('piano', 'melody', 0, [55, 100], false), piano],
};
const meters = [
  [4, 4],
  [3, 4],
  [2, 4],
  [6, 8],
];

const oneOf = (random, list) => list[random.below(list.length)];

/** A random plan, as a person might request it. */
function randomPlan(random, fixed = {}) {
  const taught = fixed.taught ?? oneOf(random, Object.keys(bands));
  const [numerator, denominator] = fixed.meter ?? oneOf(random, meters);
  const barCount = fixed.barCount ?? 2 + random.below(23);
  const isMinor = random.below(2) === 0;
  const tonic = random.below(12);
  const timing = { barCount, meters: [{ bar: 0, numerator, denominator }] };
  const steps = isMinor ? [0, 2, 3, 5, 7, 8, 10] : [0, 2, 4, 5, 7, 9, 11];
  const isFar = random.below(4) === 0;
  const hasHalfBars = random.below(3) === 0;
  const chords = barsOf(timing).flatMap((bar, i) => {
    const middle = bar.start + beatOf(bar) * Math.floor(bar.length / beatOf(bar) / 2);
    return (hasHalfBars && i < barCount - 1 ? [bar.start, middle] : [bar.start]).map((onset) => ({
      onset,
      root: tonics[isFar ? random.below(12) : (tonic + oneOf(random, steps)) % 12],
      kind: isFar ? oneOf(random, chordKinds) : oneOf(random, ['maj', 'min', '7', 'min7']),
    }));
  });
  chords[chords.length - 2] = { ...chords.at(-2), root: tonics[(tonic + 7) % 12], kind: '7' };
  chords[chords.length - 1] = { ...chords.at(-1), root: tonics[tonic], kind: isMinor ? 'min' : 'maj' };
  const letters = [];
  for (let bar = 0; bar < barCount; bar += 4 + 4 * random.below(2)) {
    const letter = bar === 0 && barCount > 12 ? 'intro' : oneOf(random, ['A', 'B']);
    letters.push({ bar, letter, timesBefore: letters.filter((each) => each.letter === letter).length });
  }
  const entry = letters[1]?.bar ?? 0;
  return {
    style: taught,
    taught,
    bpm: 50 + random.below(140),
    key: { tonic: tonics[tonic], scale: isMinor ? 'natural-minor' : 'major' },
    ...timing,
    chords,
    chordsGiven: random.below(3) === 0,
    density: random.uniform(),
    sections: letters,
    parts: bands[taught].map((each, i) => {
      const isLate = i === 0 && bands[taught].length > 1 && random.below(2) === 0;
      return { ...each, plays: [{ first: isLate ? entry : 0, end: barCount }] };
    }),
  };
}

function speed() {
  const random = new Random(1);
  const rows = [];
  for (let seed = 0; seed <= 10; seed++) {
    const plan = randomPlan(random, { taught: 'band', meter: [4, 4], barCount: 32 });
    const before = process.cpuUsage();
    const notes = composeSong(composer, { plan, given: [], temperature: 0.9, seed });
    const { user, system } = process.cpuUsage(before);
    if (seed > 0) rows.push({ ms: (user + system) / 1000, notes: notes.length }); // the first is a warm-up
  }
  rows.sort((a, b) => a.ms - b.ms);
  const middle = rows[Math.floor(rows.length / 2)];
  console.log(
    `32 bars of five parts: median ${middle.ms.toFixed(0)} ms of one core (${middle.notes} notes),`,
  );
  console.log(`slowest of ${rows.length}: ${rows.at(-1).ms.toFixed(0)} ms (${rows.at(-1).notes} notes)`);
}

/** Random plans, of parts that the network composes alone. */
function* randomSongs(random, count) {
  for (let seed = 0; seed < count; seed++) {
    const plan = randomPlan(random);
    yield { plan, given: [], temperature: 0.6 + random.uniform() * 0.8, seed };
  }
}

/** Random requests, as the bot makes them: all styles and ensembles, with parts that are played from patterns. */
function* randomRequests(random, count, requests) {
  const chords = [
    'Am F C G',
    'Dm7 G7 | Cmaj7',
    'C | F G',
    'i VI III VII',
    '2x(C Am F G) F G C',
    'Em/B C | D Bm',
  ];
  for (let seed = 0; seed < count; seed++) {
    const { task, temperature } = requests.start({
      ...{
        model: 'song',
        genre: oneOf(random, styleNames),
        seed: String(seed),
        bars: String(4 + random.below(20)),
      },
      ...(random.below(2) === 0 && { ensemble: oneOf(random, ensembleNames) }),
      ...(random.below(3) === 0 && { meter: oneOf(random, songMeters) }),
      ...(random.below(3) === 0 && { chords: oneOf(random, chords) }),
    });
    yield commissionOf(task, seed, temperature);
  }
}

function keepsPromises(what, commissions) {
  const counts = Object.fromEntries(promises.map((promise) => [promise, 0]));
  let [requests, broken, notes] = [0, 0, 0];
  for (const commission of commissions) {
    requests++;
    const { plan, given, seed } = commission;
    const song = [...given, ...composeSong(composer, commission)];
    const found = brokenPromises(writeMidi(songPiece(plan, song, 'Song')), plan);
    for (const promise of new Set(found.map(({ promise }) => promise))) counts[promise]++;
    if (found.length > 0) {
      broken++;
      console.log(`${what} ${seed} (${plan.style}): ${found[0].promise}, ${found[0].what}`);
    }
    notes += song.length;
  }
  console.log(`${requests} random ${what}, ${notes} notes: ${requests - broken} keep every promise`);
  for (const promise of promises) console.log(`  ${promise.padEnd(10)}${requests - counts[promise]}`);
}

speed();
keepsPromises('plans', randomSongs(new Random(2), Number(count)));
const music = await openMusicServices({ dataFolder: 'data', queueLimit: 1, words: {} });
keepsPromises('requests', randomRequests(new Random(3), Number(count), music.requests));
await music.close();
