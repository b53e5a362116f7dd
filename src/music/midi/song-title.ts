import { metaKinds, type MidiEvent } from './events.js';
import { textOf } from './meta.js';

const maxTitleCharacters = 60;

/**
 * The title of a file: in karaoke files the first text that begins with `@T`, otherwise the name of the first
 * track, unless that is the name of an instrument. On one line, at most 60 characters; may be empty.
 * @param tracks of one song
 */
export function songTitle(tracks: readonly (readonly MidiEvent[])[]): string {
  const texts = (events: readonly MidiEvent[], kind: number): string[] =>
    events.flatMap((event) => (event.type === 'meta' ? (textOf(event, kind) ?? []) : []));
  const karaoke = tracks
    .flatMap((events) => texts(events, metaKinds.text))
    .filter((text) => text.startsWith('@T'))
    .map((text) => cleanLine(text.slice(2)));
  const [first = []] = tracks;
  const plays = first.some(({ type }) => type === 'note-on');
  const names = texts(first, metaKinds.trackName)
    .map(cleanLine)
    .filter((name) => !noTitle.test(name) && !(plays && isPartName(name)));
  return [...karaoke, ...names].find((name) => name !== '') ?? '';
}

/** On one line, without control and invisible characters. */
export function cleanLine(text: string): string {
  const line = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/\p{C}/gu, '')
    .trim();
  return Array.from(line).slice(0, maxTitleCharacters).join('').trimEnd();
}

const instruments =
  'piano|klavier|harpsichord|clavinet|organ|accordion|harmonica|guitar|bass|violin|viola|cello|contrabass|strings?|' +
  'harp|timpani|ensemble|choir|voice|vocals?|trumpet|trombone|tuba|horn|brass|sax(?:ophone)?|oboe|clarinet|bassoon|' +
  'flute|piccolo|recorder|lead|pad|synth|drums?|percussion|part|' +
  'instrument|channel|right hand|left hand|rh|lh';
const partName = new RegExp(
  `^(?:(?:acoustic|electric|grand|bright|honky-tonk|church|nylon|steel|fingered|slap|synth|solo|tenor|alto|soprano|baritone) )*` +
    `(?:${instruments})(?:[ -]?(?:right|left|rh|lh|solo|out|track|\\(.*\\)|[\\divx]+))*$`,
  'i',
);

/** Default track names of programs. */
const noTitle =
  /^(?:(?:midi|audio|new|master|control|conductor|tempo|meta|sequence)? ?(?:track|staff|seq|sequence)|conductor|tempo|midi|soft karaoke|words|untitled|unnamed|no name)[ -]?[\d\W]*$/i;

/** Whether a track is named after its instrument, as most are, or just numbered. */
function isPartName(name: string): boolean {
  return partName.test(name) || /^[\d\p{P}\s]+$/u.test(name);
}
