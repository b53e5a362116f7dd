/** A note of a track. */
export interface TrackNote {
  /** MIDI pitch, integer 0–127; for drums, the instrument in the General MIDI percussion map. */
  readonly pitch: number;
  /** MIDI velocity, integer 1–127. */
  readonly velocity: number;
  /** Integer ≥ 0. */
  readonly startTick: number;
  /** Integer ≥ 1. */
  readonly lengthTicks: number;
  /** Set when the note existed before anything was composed, anywhere in the piece. */
  readonly given?: true;
}

export const roles = ['melody', 'counter-melody', 'harmony', 'bass', 'drums'] as const;
/** The role of a track. */
export type Role = (typeof roles)[number];

/** Whether a track is muted; its notes are kept. */
export function isMuted({ volume }: Track): boolean {
  return volume === 0;
}

/** The notes of one instrument. */
export interface Track {
  /** The name in its file; may be empty. */
  readonly name: string;
  /** General MIDI program, 0–127; 0 is the grand piano. For drums, the kit. */
  readonly program: number;
  readonly isDrums: boolean;
  /** Channel volume and pan, 0–127, if set; 64 is the centre. */
  readonly volume?: number;
  readonly pan?: number;
  /** If known. */
  readonly role?: Role;
  /** In tick order; at the same tick, in the order of the file. */
  readonly notes: readonly TrackNote[];
}
