import type { MidiEvent } from './events.js';
import { SustainPedal, type SoundingNote } from '../edit/sustain.js';

/** A note of a MIDI track, timed in ticks from the start of the track. */
export interface TrackNote {
  /** 0–15. */
  readonly channel: number;
  readonly pitch: number;
  readonly velocity: number;
  readonly startTick: number;
  /** After `startTick`. */
  readonly endTick: number;
  /** General MIDI program of the channel when the note was struck; 0 until one is set. */
  readonly program: number;
}

/**
 * How long a note lasts: `key-held` while its key is down, `pedal-extended` for as long as it is
 * heard, the sustain pedal of its channel and track included.
 */
export type NoteLengths = 'key-held' | 'pedal-extended';

/**
 * The notes of one track in the order in which they were struck. A note-off releases the earliest note of
 * its channel and pitch whose key is down. Notes that are never released or have no length are left out.
 */
export function notesOfTrack(events: readonly MidiEvent[], lengths: NoteLengths = 'key-held'): TrackNote[] {
  const programs = new Array<number>(16).fill(0);
  const pedals = programs.map(() => new SustainPedal());
  const struck: (SoundingNote & { start: Omit<TrackNote, 'endTick'> })[] = [];
  /** Per channel and pitch: its notes, of which the first `released` are released. */
  const keys = new Map<number, { notes: typeof struck; released: number }>();
  for (const event of events) {
    if (event.type === 'meta') continue;
    const { tick, channel } = event;
    const pedal = pedals[channel]!;
    if (event.type === 'sustain') {
      if (lengths === 'pedal-extended') pedal.move(tick, event.isDown);
      continue;
    }
    if (event.type === 'program') {
      programs[channel] = event.program;
      continue;
    }
    const keyNumber = channel * 128 + event.pitch;
    const key = keys.get(keyNumber) ?? { notes: [], released: 0 };
    keys.set(keyNumber, key);
    if (event.type === 'note-on') {
      const { pitch, velocity } = event;
      pedal.strike(tick, pitch);
      const note = { start: { channel, pitch, velocity, startTick: tick, program: programs[channel]! } };
      struck.push(note);
      key.notes.push(note);
    } else {
      const note = key.notes[key.released];
      if (note === undefined) continue;
      pedal.release(tick, event.pitch, note);
      key.released++;
    }
  }
  const lastTick = events.at(-1)?.tick ?? 0;
  for (const pedal of pedals) pedal.end(lastTick);
  return struck.flatMap(({ start, endTick }) =>
    endTick === undefined || endTick === start.startTick ? [] : [{ ...start, endTick }],
  );
}
