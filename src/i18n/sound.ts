import { isPianoAlone, type Piece } from '../music/piece.js';
import { isMuted, type Track } from '../music/track.js';
import { soundOf } from '../render/describe.js';
import { namedInstrument, partIn } from '../render/picture-words.js';
import type { Language } from './language.js';
import { instrumentsIn } from './picture.js';

/** Alt text of a piece in a language; names the instruments if it is not a piano solo. */
export function soundIn(language: Language, piece: Piece): string {
  const { altText, figures } = language;
  const sound = altText.sound(soundOf(piece));
  if (isPianoAlone(piece)) return sound;
  const heard = piece.tracks.filter((track) => !isMuted(track));
  const parts = new Set(heard.map((track) => partNameIn(language, track)));
  return altText.playedBy(sound, figures.list([...parts]));
}

/** The name of a track in a language. */
export function partNameIn(language: Language, track: Pick<Track, 'name' | 'program' | 'isDrums'>): string {
  return partIn({ instruments: instrumentsIn(language) }, track);
}

/** The instrument that plays a General MIDI program, 0–127. */
export function instrumentIn({ instruments }: Language, program: number): string {
  return instruments[namedInstrument({ program, isDrums: false })];
}
