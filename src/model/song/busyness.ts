import { notesInBar } from '../../plan/density.js';
import type { Draft } from './draft.js';
import type { Layout } from './layout.js';

/** Notes by which a beginning may be busier before it counts much. */
const smoothing = 8;

/** How busy the composed parts are so far, compared with what their plan wants. */
export class Busyness {
  /** Notes that are wanted before each bar; undefined if the plan does not say. */
  readonly #wanted: readonly number[] | undefined;
  #notes = 0;

  constructor(
    private readonly draft: Draft,
    layout: Layout,
  ) {
    const { taught, density } = draft.plan;
    if (density === undefined) return;
    let sum = 0;
    this.#wanted = [
      0,
      ...draft.bars.map((_, bar) => {
        for (const { number, role } of draft.parts) {
          if (layout.isOpen(number, bar)) sum += notesInBar(taught, role, density);
        }
        return sum;
      }),
    ];
  }

  /** Counts a composed note. */
  add(): void {
    this.#notes += 1;
  }

  /** The logarithm of the notes so far over those wanted before a position; 0 if the plan does not say. */
  surplusAt(onset: number): number {
    if (this.#wanted === undefined) return 0;
    const { bar } = this.draft.moment(onset);
    const { start, length } = this.draft.bars[bar]!;
    const [before, after] = [this.#wanted[bar]!, this.#wanted[bar + 1]!];
    const wanted = before + ((onset - start) / length) * (after - before);
    return Math.log((this.#notes + smoothing) / (wanted + smoothing));
  }
}
