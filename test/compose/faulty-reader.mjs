/** A thread program that hangs, dies or answers, as the name of the file says. */
export function readOpening({ name }) {
  if (name === 'hangs.mid') for (;;);
  if (name === 'dies.mid') process.exit(1);
  return { title: name, notes: [], tempoBpm: 120, timeSignature: { numerator: 4, denominator: 4 } };
}
