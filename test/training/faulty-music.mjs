/** A thread program that hangs, dies or answers, as the name of the file says. */
export function ready() {}

export function readPiece({ name }) {
  if (name === 'hangs.mid') for (;;);
  if (name === 'dies.mid') process.exit(1);
  // So slow that the first try is too short for it.
  if (name === 'slow.mid') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1200);
  const sequence = { pitch: Uint8Array.of(60), step: Float32Array.of(0), duration: Float32Array.of(1) };
  return { sha256: name, sequence };
}

export function unzip() {
  for (;;);
}
