/**
 * Measures the figures in the README. Times are CPU time, the median of several runs, and every claim about
 * speed is a ratio to a reference measured in the same run: on a busy machine only the ratios are reliable.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { windowLength } from '../dist/model/lstm/architecture.js';
import { kerasInitialisation } from '../dist/model/lstm/training/initialisation.js';
import { blockSize, writeBlock } from '../dist/model/lstm/kernel/block.js';
import { KernelWeights, WindowForward } from '../dist/model/lstm/kernel/forward.js';
import { Kernel } from '../dist/model/lstm/kernel/kernel.js';
import { KernelTrainer } from '../dist/model/lstm/kernel/trainer.js';
import { requestFrom } from '../dist/evaluation/continue-primers.js';
import { shippedModels, loadModel } from '../dist/model/model-store.js';
import { Random } from '../dist/model/random.js';
import { loadOpenings } from '../dist/compose/openings.js';
import { SlidingNetwork } from '../dist/model/lstm/sliding-network.js';
import { loadTensorFlow } from '../dist/model/lstm/tensorflow/tensorflow.js';
import { TensorFlowTrainer } from '../dist/model/lstm/tensorflow/tensorflow-trainer.js';
import { nodeOptions } from './bot-process.js';

const parameters = kerasInitialisation(new Random(1));
const note = { pitch: 60, stepSeconds: 0.1, durationSeconds: 0.2 };

/** CPU milliseconds per call of each function, measured in turn; the median of `rounds`. */
function compare(functions, rounds) {
  const times = functions.map(() => []);
  for (let round = 0; round <= rounds; round++) {
    functions.forEach((run, i) => {
      const start = process.cpuUsage();
      run();
      const { user, system } = process.cpuUsage(start);
      if (round > 0) times[i].push((user + system) / 1000); // the first round is a warm-up
    });
  }
  return times.map(median);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

function row(name, milliseconds, comparison) {
  console.log(`${name.padEnd(52)}${milliseconds.toFixed(3).padStart(10)} ms   ${comparison}`);
}

function sampling() {
  console.log('Sampling, per note');
  const kernel = new Kernel();
  const weights = new KernelWeights(kernel);
  writeBlock(parameters, kernel.floats(weights.block, blockSize));
  weights.pack();
  const window = new WindowForward(kernel, weights, 1);
  kernel.floats(window.inputs, windowLength * 4).fill(0.5);
  const one = new SlidingNetwork(parameters, 4);
  one.open();
  const four = new SlidingNetwork(parameters, 4);
  for (let i = 0; i < 4; i++) four.open();
  const notes = 300;
  const repeat = (run) => () => {
    for (let i = 0; i < notes; i++) run();
  };
  const [plain, sliding, together] = compare(
    [() => window.run(1), () => one.advance(() => note), () => four.advance(() => note)].map(repeat),
    9,
  ).map((ms) => ms / notes);
  row('the whole window for every note', plain, '1.00');
  row('24 states in flight', sliding, `${(sliding / plain).toFixed(2)} of it`);
  row(
    '24 states in flight, 4 pieces together, each',
    together / 4,
    `${(together / 4 / plain).toFixed(2)} of it`,
  );
}

/** Each built-in model composes a piece of 300 notes from the same opening. */
async function pieces() {
  console.log('\nA piece of 300 notes');
  const [lstm, transformer] = await Promise.all(
    ['lstm', 'transformer'].map((name) => loadModel([shippedModels], name)),
  );
  const [opening] = (await loadOpenings()).values();
  const request = requestFrom(opening.notes, 300, 1);
  const composers = [
    await lstm.composer(1),
    await transformer.composer(1),
    await transformer.composer(1, { candidates: 4 }),
  ];
  const [small, served, four] = compare(
    composers.map((composer) => () => {
      const stream = composer.open(request);
      while (!stream.ended) {
        composer.step();
        stream.read();
      }
    }),
    5,
  );
  row('LSTM', small, '1.00');
  row('Transformer, as it is served', served, `${(served / small).toFixed(1)} of it`);
  row('Transformer, the best of 4 candidates', four, `${(four / small).toFixed(1)} of it`);
}

async function training() {
  console.log('\nTraining, per batch of 64 windows');
  const random = new Random(2);
  const values = (count) => Float32Array.from({ length: count }, () => random.uniform());
  const batch = {
    rows: 64,
    inputs: values(64 * windowLength * 3),
    targets: values(64 * 3).map((value, i) => (i % 3 === 0 ? Math.floor(128 * value) : value)),
  };
  const engines = [new KernelTrainer(parameters), new TensorFlowTrainer(await loadTensorFlow(), parameters)];
  const times = compare(
    engines.map((engine) => () => engine.step(batch, { rate: 0.005 })),
    3,
  );
  engines.forEach((engine, i) =>
    row(engine.name, times[i], `${(times[i] / times[0]).toFixed(1)} times the kernel`),
  );
}

/** Runs a Node program several times: the median of its wall time in ms, and the first line of its output. */
function child(parameters, rounds) {
  const runs = Array.from({ length: rounds }, () => {
    const start = performance.now();
    const { stdout, stderr, status } = spawnSync(process.execPath, parameters, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${parameters.join(' ')} failed: ${stderr}`);
    return { ms: performance.now() - start, text: stdout };
  });
  return { ms: median(runs.map((run) => run.ms)), text: runs[0].text };
}

function program(name) {
  return fileURLToPath(new URL(name, import.meta.url));
}

function starting() {
  console.log('\nFrom the start of the process');
  const bare = child(['-e', '0'], 9).ms;
  const first = child([program('first-note.js')], 9).ms;
  row('bare node', bare, '');
  row('until the network has answered with a note', first, `${(first - bare).toFixed(0)} ms more`);
}

function memory() {
  console.log('\nThe whole bot against the local Discord, over five pieces');
  for (const model of ['lstm', 'transformer']) {
    for (const notes of [300, 2000]) {
      const { text } = child([program('memory.js'), String(notes), model], 1);
      const [mebibytes, blockedMs] = text.split(' ').map(Number);
      console.log(
        `of ${String(notes).padStart(4)} notes, ${model.padEnd(11)}: ${mebibytes.toFixed(0)} MiB resident, event loop blocked for ${blockedMs.toFixed(0)} ms at most`,
      );
    }
  }
  const { each, ...pictures } = JSON.parse(child([...nodeOptions, program('pictures.js')], 1).text);
  for (const [kind, { first, last }] of Object.entries(pictures)) {
    console.log(
      `${each} pictures of a ${kind}, least memory over the first third and the last: ${first.toFixed(0)} and ${last.toFixed(0)} MiB`,
    );
  }
}

function fineTuning() {
  const folder = fileURLToPath(new URL('../../shared/data/maestro-v2.0.0', import.meta.url));
  const there = existsSync(folder);
  console.log('\nFine-tuning as a server does it');
  const { text } = child([program('training.js'), ...(there ? [folder] : [])], 1);
  const { latency, music } = JSON.parse(text);
  row('a piece of 300 notes, alone', latency.alone, '1.00');
  row('while a training goes on', latency.beside, `${(latency.beside / latency.alone).toFixed(2)} of it`);
  if (there) {
    const { windows, epochs, ended, seconds } = music;
    console.log(
      `five files of MAESTRO (${windows} windows), ${epochs} of up to ten epochs (${ended}): ${seconds.toFixed(0)} s, ${(seconds / epochs).toFixed(1)} s an epoch`,
    );
  } else
    console.log('five files of MAESTRO, up to ten epochs: skipped (needs ../shared/data/maestro-v2.0.0)');
}

function replies() {
  console.log('\nThe bot against the local Discord, /compose notes:300 with all its files');
  const { median, p95, acknowledged } = JSON.parse(child([program('replies.js')], 1).text);
  row('from the pressed key to the finished reply, median', median, '');
  row('95th percentile', p95, '');
  row('to the acknowledgement, while four compose 2,000 notes', acknowledged, '');
}

sampling();
await pieces();
await training();
fineTuning();
starting();
memory();
replies();
