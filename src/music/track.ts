/** A note of a track. */
export interface TrackNote {
  /** MIDI pitch, integer 0–127; of drums the instrument of the General MIDI percussion map. */
  readonly pitch: number;
  /** MIDI velocity, integer 1–127. */
  readonly velocity: number;
  /** Integer ≥ 0. */
  readonly startTick: number;
  /** Integer ≥ 1. */
  readonly lengthTicks: number;
  /** Set when it was there before anything was composed, wherever in the piece it stands. */
  readonly given?: true;
}

export const roles = ['melody', 'counter-melody', 'harmony', 'bass', 'drums'] as const;
/** What a track is to the others. */
export type Role = (typeof roles)[number];

/** Whether a track is silent, its notes kept. */
export function isMuted({ volume }: Track): boolean {
  return volume === 0;
}

/** What one instrument plays. */
export interface Track {
  /** As its file has it; may be empty. */
  readonly name: string;
  /** General MIDI program, 0–127; 0 is the grand piano. Of drums, the kit. */
  readonly program: number;
  readonly isDrums: boolean;
  /** Channel volume and pan, 0–127, where they are set; 64 is the middle. */
  readonly volume?: number;
  readonly pan?: number;
  /** Where it is known. */
  readonly role?: Role;
  /** In tick order; of one tick in the order in which they are struck in a file. */
  readonly notes: readonly TrackNote[];
}
