import { isPianoAlone, type Piece } from '../music/piece.js';
import { isMuted, type Track } from '../music/track.js';
import { soundOf } from '../render/describe.js';
import { namedInstrument, partIn } from '../render/picture-words.js';
import type { Language } from './language.js';
import { instrumentsIn } from './picture.js';

/** A piece in the words of a language, for people who cannot hear or see it; who plays, if it is more than a piano. */
export function soundIn(language: Language, piece: Piece): string {
  const { altText, figures } = language;
  const sound = altText.sound(soundOf(piece));
  if (isPianoAlone(piece)) return sound;
  const heard = piece.tracks.filter((track) => !isMuted(track));
  const parts = new Set(heard.map((track) => partNameIn(language, track)));
  return altText.playedBy(sound, figures.list([...parts]));
}

/** What a track is called in a language. */
export function partNameIn(language: Language, track: Pick<Track, 'name' | 'program' | 'isDrums'>): string {
  return partIn({ instruments: instrumentsIn(language) }, track);
}

/** The instrument that is heard for a General MIDI program, 0–127. */
export function instrumentIn({ instruments }: Language, program: number): string {
  return instruments[namedInstrument({ program, isDrums: false })];
}
