import { controllers, type MidiEvent } from './events.js';
import { SustainPedal, type SoundingNote } from '../edit/sustain.js';

/** A note of a track of a file, timed in ticks from the start of the track. */
export interface StruckNote {
  /** 0–15. */
  readonly channel: number;
  readonly pitch: number;
  readonly velocity: number;
  readonly startTick: number;
  /** Equal to `startTick` for a note without length: never released, or released at once. */
  readonly endTick: number;
}

/**
 * Definition of a note's length: `key-held` while its key is down; `pedal-extended` as long as it sounds,
 * including the sustain pedal of its channel and track.
 */
export type NoteLengths = 'key-held' | 'pedal-extended';

/** From this value on, the sustain pedal counts as down. */
const pedalDown = 64;

/** A key of one channel. */
interface Key {
  /** Whether it has the same number of note-ons and note-offs. */
  readonly isPaired: boolean;
  /** Its notes; the first `released` of them are released. */
  readonly notes: Struck[];
  released: number;
}

type Struck = SoundingNote & Omit<StruckNote, 'endTick'>;

/**
 * The notes of one track, in onset order. If a channel and pitch has as many note-offs as note-ons, a
 * note-off ends the earliest note whose key is down; otherwise one was lost, and a note-off or a new note-on
 * ends all that are down. The controllers All Notes Off and All Sound Off end all notes of their channel. The
 * last notes of a channel, if nothing ends them, end with the track, unless no note in it is ever released.
 */
export function notesOfTrack(events: readonly MidiEvent[], lengths: NoteLengths = 'key-held'): StruckNote[] {
  const channels = Array.from({ length: 16 }, () => ({
    pedal: new SustainPedal(),
    down: new Set<Key>(),
    lastStrike: -1,
  }));
  const struck: Struck[] = [];
  const keys = keysOf(events);
  let released = 0;
  const release = (tick: number, key: Key, most = Infinity): void => {
    const until = Math.min(key.released + most, key.notes.length);
    for (; key.released < until; key.released++) {
      const note = key.notes[key.released]!;
      const { pedal, down } = channels[note.channel]!;
      pedal.release(tick, note.pitch, note);
      if (key.released === key.notes.length - 1) down.delete(key);
      released++;
    }
  };
  for (const event of events) {
    if (event.type === 'meta' || event.type === 'drums' || event.type === 'program') continue;
    const { tick } = event;
    const channel = channels[event.channel]!;
    if (event.type === 'control') {
      const { controller, value } = event;
      if (controller === controllers.sustain && lengths === 'pedal-extended') {
        channel.pedal.move(tick, value >= pedalDown);
      }
      if (controller !== controllers.allNotesOff && controller !== controllers.allSoundOff) continue;
      for (const key of channel.down) release(tick, key);
      if (controller === controllers.allSoundOff) channel.pedal.end(tick);
      continue;
    }
    const key = keys.get(keyNumber(event))!;
    if (event.type === 'note-off') {
      release(tick, key, key.isPaired ? 1 : Infinity);
      continue;
    }
    if (!key.isPaired) release(tick, key);
    channel.pedal.strike(tick, event.pitch);
    const { pitch, velocity } = event;
    const note: Struck = { channel: event.channel, pitch, velocity, startTick: tick, endTick: undefined };
    struck.push(note);
    key.notes.push(note);
    channel.down.add(key);
    channel.lastStrike = tick;
  }
  const lastTick = events.at(-1)?.tick ?? 0;
  for (const { pedal } of channels) pedal.end(lastTick);
  for (const note of struck) {
    const isLast = released > 0 && note.startTick === channels[note.channel]!.lastStrike;
    note.endTick ??= isLast ? lastTick : note.startTick;
  }
  return struck as StruckNote[];
}

function keyNumber({ channel, pitch }: { readonly channel: number; readonly pitch: number }): number {
  return channel * 128 + pitch;
}

/** The keys of a track, by {@link keyNumber}. */
function keysOf(events: readonly MidiEvent[]): ReadonlyMap<number, Key> {
  const surplus = new Map<number, number>();
  for (const event of events) {
    if (event.type !== 'note-on' && event.type !== 'note-off') continue;
    const number = keyNumber(event);
    surplus.set(number, (surplus.get(number) ?? 0) + (event.type === 'note-on' ? 1 : -1));
  }
  return new Map(
    [...surplus].map(([number, more]) => [number, { isPaired: more === 0, notes: [], released: 0 }]),
  );
}
