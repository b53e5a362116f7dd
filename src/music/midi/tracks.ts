import { controllers, drumChannel, metaKinds, type MidiEvent } from './events.js';
import { textOf } from './meta.js';
import { notesOfTrack, type NoteLengths, type StruckNote } from './notes.js';
import { cleanLine } from './song-title.js';
import type { Track, TrackNote } from '../track.js';

/**
 * The tracks of a song: those of the file that have notes, split by instrument. If a track does not set up a
 * channel that it plays on, the settings of other tracks apply, since channels are shared. A track's volume
 * and pan are those at its first note.
 */
export function tracksOf(song: readonly (readonly MidiEvent[])[], lengths: NoteLengths): Track[] {
  const changes = song.map(changesOf);
  const shared = settingsOf(changes.flat());
  return song.flatMap((events, i) => {
    const own = settingsOf(changes[i]!);
    const name = cleanLine(trackName(events));
    const parts = new Map<string, Part>();
    const latest: (Part & { readonly shared: Settings; readonly own: Settings })[] = []; // by channel
    const partOf = ({ channel, startTick }: StruckNote): Part => {
      const now = { shared: shared(channel, startTick), own: own(channel, startTick) };
      const last = latest[channel];
      if (last?.shared === now.shared && last.own === now.own) return last;
      const { program = 0, isDrums = channel === drumChannel, ...levels } = { ...now.shared, ...now.own };
      const id = `${channel} ${program} ${isDrums}`;
      const notes: TrackNote[] = [];
      const part = parts.get(id) ?? { track: { name, program, isDrums, ...levels, notes }, notes };
      parts.set(id, part);
      latest[channel] = { ...part, ...now };
      return part;
    };
    for (const struck of notesOfTrack(events, lengths)) {
      const { track, notes } = partOf(struck);
      const note = noteOf(struck, track.isDrums);
      if (note !== undefined) notes.push(note);
    }
    return [...parts.values()].map(({ track }) => track).filter(({ notes }) => notes.length > 0);
  });
}

/** A track being collected, with its notes. */
interface Part {
  readonly track: Track;
  readonly notes: TrackNote[];
}

function trackName(events: readonly MidiEvent[]): string {
  for (const event of events) {
    const name = event.type === 'meta' ? textOf(event, metaKinds.trackName) : undefined;
    if (name !== undefined) return name;
  }
  return '';
}

/** A note with a length. Drums need none: their sound has a fixed decay. */
function noteOf(
  { pitch, velocity, startTick, endTick }: StruckNote,
  isDrums: boolean,
): TrackNote | undefined {
  const lengthTicks = isDrums ? Math.max(endTick - startTick, 1) : endTick - startTick;
  return lengthTicks === 0 ? undefined : { pitch, velocity, startTick, lengthTicks };
}

/** The settings of a channel; only those that were set. */
interface Settings {
  readonly program?: number;
  readonly isDrums?: boolean;
  readonly volume?: number;
  readonly pan?: number;
}

interface SettingsChange {
  readonly tick: number;
  readonly channel: number;
  readonly change: Settings;
}

function changesOf(events: readonly MidiEvent[]): SettingsChange[] {
  const changes: SettingsChange[] = [];
  for (const event of events) {
    const change = settingOf(event);
    if (change === undefined || event.type === 'meta') continue;
    changes.push({ tick: event.tick, channel: event.channel, change });
  }
  return changes;
}

const nothingSet: Settings = {};

/** Looks up the settings of a channel at a tick, in time logarithmic in the number of changes. */
function settingsOf(changes: readonly SettingsChange[]): (channel: number, tick: number) => Settings {
  const channels = Array.from({ length: 16 }, (): { tick: number; settings: Settings }[] => []);
  for (const { tick, channel, change } of changes.toSorted((a, b) => a.tick - b.tick)) {
    const states = channels[channel]!;
    const settings = { ...states.at(-1)?.settings, ...change };
    if (states.at(-1)?.tick === tick) states.pop();
    states.push({ tick, settings });
  }
  return (channel, tick) => {
    const states = channels[channel]!;
    let low = 0;
    let high = states.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (states[middle]!.tick <= tick) low = middle + 1;
      else high = middle;
    }
    return states[low - 1]?.settings ?? nothingSet;
  };
}

function settingOf(event: MidiEvent): Settings | undefined {
  if (event.type === 'program') return { program: event.program };
  if (event.type === 'drums') return { isDrums: event.isOn };
  if (event.type !== 'control') return undefined;
  if (event.controller === controllers.volume) return { volume: event.value };
  return event.controller === controllers.pan ? { pan: event.value } : undefined;
}
