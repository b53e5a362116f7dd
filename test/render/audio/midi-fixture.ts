import { writeMidi, type MidiEvent } from 'midi-file';
import { byOnset, type Note } from '../../../src/music/note.js';

const ticksPerBeat = 480;
const beatsPerSecond = 2;

/** A standard MIDI file of these notes, at 120 beats a minute on the first channel. */
export function midiOf(notes: readonly Note[]): Uint8Array {
  const tick = (seconds: number): number => Math.round(seconds * beatsPerSecond * ticksPerBeat);
  const events = notes
    .flatMap(({ pitch, onsetSeconds, durationSeconds, velocity }) => [
      { at: tick(onsetSeconds), type: 'noteOn' as const, noteNumber: pitch, velocity },
      { at: tick(onsetSeconds + durationSeconds), type: 'noteOff' as const, noteNumber: pitch, velocity: 0 },
    ])
    .sort((a, b) => a.at - b.at || a.type.localeCompare(b.type));
  const track: MidiEvent[] = [{ deltaTime: 0, type: 'setTempo', microsecondsPerBeat: 1e6 / beatsPerSecond }];
  let now = 0;
  for (const { at, ...event } of events) {
    track.push({ ...event, deltaTime: at - now, channel: 0 });
    now = at;
  }
  track.push({ deltaTime: 0, type: 'endOfTrack' });
  return Uint8Array.from(writeMidi({ header: { format: 0, numTracks: 1, ticksPerBeat }, tracks: [track] }));
}

/** Two octaves of C major from C3, four notes a second, from very soft to very loud. */
export const scale: readonly Note[] = [48, 50, 52, 53, 55, 57, 59, 60, 62, 64, 65, 67, 69, 71, 72].map(
  (pitch, i) => ({ pitch, onsetSeconds: i / 4, durationSeconds: 0.22, velocity: 15 + 8 * i }),
);

/** A piece without a grid that wanders over the middle of the keyboard; the same for the same arguments. */
export function wandering(count: number, seconds: number, first = 1): Note[] {
  let state = first;
  // The "minimal standard" generator of Park and Miller (1988).
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  let pitch = 62;
  return Array.from({ length: count }, (_, i) => {
    pitch = Math.round(Math.min(90, Math.max(34, pitch + 12 * (random() - 0.5) + (62 - pitch) / 10)));
    return {
      pitch,
      onsetSeconds: ((i + (i === 0 ? 0 : 0.4 * random())) * seconds) / count,
      durationSeconds: 0.15 + 0.8 * random(),
      velocity: Math.round(35 + 70 * random()),
    };
  }).sort(byOnset);
}
