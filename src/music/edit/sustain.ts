/** A sounding note; its end is set when it stops. */
export interface SoundingNote {
  endTick?: number | undefined;
}

/**
 * The sustain pedal of one channel: notes released while it is down continue to sound until it is lifted,
 * their pitch is struck again, or the track ends.
 */
export class SustainPedal {
  #isDown = false;
  /** Released notes held by the pedal, by pitch. */
  readonly #ringing = new Map<number, SoundingNote[]>();

  move(tick: number, isDown: boolean): void {
    this.#isDown = isDown;
    if (!isDown) this.end(tick);
  }

  strike(tick: number, pitch: number): void {
    for (const note of this.#ringing.get(pitch) ?? []) note.endTick = tick;
    this.#ringing.delete(pitch);
  }

  release(tick: number, pitch: number, note: SoundingNote): void {
    if (!this.#isDown) {
      note.endTick = tick;
      return;
    }
    const ringing = this.#ringing.get(pitch);
    if (ringing === undefined) this.#ringing.set(pitch, [note]);
    else ringing.push(note);
  }

  /** Ends all notes held by the pedal. */
  end(tick: number): void {
    for (const pitch of [...this.#ringing.keys()]) this.strike(tick, pitch);
  }
}
