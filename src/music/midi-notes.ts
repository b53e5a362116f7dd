import type { MidiEvent } from './midi-events.js';

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
 * The notes of one track in the order in which they were struck. A note-off ends the earliest note of
 * its channel and pitch that still sounds. Notes that never end or have no length are left out.
 */
export function notesOfTrack(events: readonly MidiEvent[]): TrackNote[] {
  const programs = new Array<number>(16).fill(0);
  const struck: { start: Omit<TrackNote, 'endTick'>; endTick?: number }[] = [];
  /** Per channel and pitch: its notes, of which the first `ended` have ended. */
  const keys = new Map<number, { notes: typeof struck; ended: number }>();
  for (const event of events) {
    if (event.type === 'meta') continue;
    const { tick, channel } = event;
    if (event.type === 'program') {
      programs[channel] = event.program;
      continue;
    }
    const keyNumber = channel * 128 + event.pitch;
    const key = keys.get(keyNumber) ?? { notes: [], ended: 0 };
    keys.set(keyNumber, key);
    if (event.type === 'note-on') {
      const { pitch, velocity } = event;
      const note = { start: { channel, pitch, velocity, startTick: tick, program: programs[channel]! } };
      struck.push(note);
      key.notes.push(note);
    } else {
      const note = key.notes[key.ended];
      if (note === undefined) continue;
      note.endTick = tick;
      key.ended++;
    }
  }
  return struck.flatMap(({ start, endTick }) =>
    endTick === undefined || endTick === start.startTick ? [] : [{ ...start, endTick }],
  );
}
