/** A thread program that hangs, dies or answers, as the name of the file says. */
export function ready() {}

export function readOpening({ name }) {
  if (name === 'hangs.mid') for (;;);
  if (name === 'dies.mid') process.exit(1);
  // So slow that the first try is too short for it.
  if (name === 'slow.mid') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200);
  return { title: name, notes: [], tempoBpm: 120, timeSignature: { numerator: 4, denominator: 4 } };
}
