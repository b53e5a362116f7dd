/** A MIDI file of one track: consecutive quarter notes of these pitches at 120 bpm. */
export function smallMidi(pitches: readonly number[]): Uint8Array {
  const notes = pitches.flatMap((pitch) => [0, 0x90, pitch, 80, 96, 0x80, pitch, 0]);
  const track = [...notes, 0, 0xff, 0x2f, 0];
  return Buffer.concat([
    Buffer.from('MThd'),
    Buffer.from([0, 0, 0, 6, 0, 0, 0, 1, 0, 96]),
    Buffer.from('MTrk'),
    Buffer.from([0, 0, track.length >> 8, track.length & 0xff]),
    Buffer.from(track),
  ]);
}
