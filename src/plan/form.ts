import { UserError } from '../errors/user-error.js';
import { weighted, type Chance } from './chance.js';
import { counts } from './progressions.js';
import { sectionLetters, type PlannedSection, type SectionLetter } from './song-plan.js';

/** A section of a form, with its number of bars if it is fixed. */
export interface FormPart {
  readonly letter: SectionLetter;
  readonly bars?: number;
}

/**
 * Parses a form: letters A–D, `i` and `o` for an intro and an outro, each with an optional number of bars:
 * `AABA`, `i4A8B8A8o2`.
 * @throws UserError `options.form`
 */
export function readForm(text: string): readonly FormPart[] {
  const form = text.replace(/[\s,-]+/g, '');
  if (!/^([A-D]\d{0,2}|i\d{0,2}|o\d{0,2}){1,16}$/i.test(form)) {
    throw new UserError('options.form', { problem: 'form', given: text.trim().slice(0, 40) });
  }
  const names: Readonly<Record<string, SectionLetter>> = { I: 'intro', O: 'outro' };
  return [...form.toUpperCase().matchAll(/([A-DIO])(\d*)/g)].map(([, name = '', bars = '']) => ({
    letter: names[name] ?? sectionLetters.find((letter) => letter === name)!,
    ...(bars !== '' && Number(bars) > 0 && { bars: Number(bars) }),
  }));
}

export interface FormWishes {
  /** Number of bars of the whole piece. */
  readonly bars?: number;
  readonly form?: readonly FormPart[];
  /** The style's usual numbers of bars, for a section, an intro and an outro. */
  readonly usual: { readonly section: number; readonly intro: number; readonly outro: number };
  /** Approximate number of bars, by default. */
  readonly about: number;
  /** Length of the given chords in bars: sections are whole multiples of it. */
  readonly cycle?: number;
}

/** A section with its bars. */
export interface FormSection {
  readonly letter: SectionLetter;
  readonly bars: number;
}

/**
 * The sections of a piece: the requested ones, or drawn as in real songs; they add up to the requested number
 * of bars.
 */
export function drawForm(chance: Chance, wishes: FormWishes): readonly FormSection[] {
  const { bars, form, usual, about, cycle } = wishes;
  const isWritten = form?.some(({ letter }) => letter === 'intro' || letter === 'outro') ?? false;
  const total = bars ?? about;
  const isShort = total < 12;
  const unit = cycle ?? 1;
  const edge = (usualBars: number): number =>
    isWritten || usualBars === 0 || total < 6
      ? 0
      : cycle !== undefined && bars === undefined
        ? unit * Math.max(1, Math.round(Math.min(usualBars, 4) / unit))
        : isShort
          ? 1
          : total < 24
            ? Math.min(2, usualBars)
            : usualBars;
  const [intro, outro] = [edge(usual.intro), edge(usual.outro)];
  const section = cycle === undefined ? usual.section : unit * Math.max(1, Math.round(usual.section / unit));
  const inside = Math.max(1, total - intro - outro);
  const parts = form ?? lettersFor(chance, Math.max(1, Math.round(inside / section)));
  if (bars === undefined) {
    return withEdges(
      parts.map((part) => ({ letter: part.letter, bars: part.bars ?? usualBars(part, usual, section) })),
      intro,
      outro,
    );
  }
  return fitted(parts, bars, intro, outro);
}

function usualBars({ letter }: FormPart, { intro, outro }: FormWishes['usual'], section: number): number {
  if (letter === 'intro') return Math.max(1, intro);
  return letter === 'outro' ? Math.max(1, outro) : section;
}

/** A sequence of this many letters, drawn by its frequency in real songs; longer sequences start over. */
function lettersFor(chance: Chance, number: number): readonly FormPart[] {
  if (number === 1) return [{ letter: 'A' }];
  const row = counts.forms[String(Math.min(number, 8))] ?? { AB: 1 };
  const letters = weighted(chance, Object.entries(row));
  const whole = letters.repeat(Math.ceil(number / letters.length)).slice(0, number);
  return Array.from(whole).map((name) => ({ letter: sectionLetters.find((letter) => letter === name)! }));
}

function withEdges(sections: readonly FormSection[], intro: number, outro: number): readonly FormSection[] {
  return [
    ...(intro > 0 ? [{ letter: 'intro', bars: intro } as const] : []),
    ...sections,
    ...(outro > 0 ? [{ letter: 'outro', bars: outro } as const] : []),
  ];
}

/**
 * Sections of even lengths in exactly this many bars; the remainder becomes an interlude before the last one,
 * or the outro.
 */
function fitted(
  parts: readonly FormPart[],
  bars: number,
  intro: number,
  outro: number,
): readonly FormSection[] {
  const kept = parts.slice(0, Math.max(1, bars));
  const room = bars - intro - outro;
  if (room < kept.length) return fittedPlainly(kept, bars);
  const fixed = kept.reduce((sum, part) => sum + (part.bars ?? 0), 0);
  const free = kept.filter((part) => part.bars === undefined).length;
  if (fixed + free > room || (free === 0 && fixed !== room))
    return fittedPlainly(
      kept.map(({ letter }) => ({ letter })),
      bars,
    );
  const each = free === 0 ? 0 : Math.floor((room - fixed) / free);
  const step = each >= 8 ? 4 : each >= 4 ? 2 : 1;
  const length = each - (each % step);
  const over = free === 0 ? 0 : room - fixed - free * length;
  const sections = kept.map((part): FormSection => ({ letter: part.letter, bars: part.bars ?? length }));
  if (over === 0) return withEdges(sections, intro, outro);
  if (over < 2 || sections.length < 3) {
    return outro > 0
      ? withEdges(sections, intro, outro + over)
      : withEdges(longerLast(sections, over), intro, outro);
  }
  const last = sections.at(-1)!;
  return withEdges([...sections.slice(0, -1), { letter: 'interlude', bars: over }, last], intro, outro);
}

function longerLast(sections: readonly FormSection[], over: number): readonly FormSection[] {
  return sections.map((section, i) =>
    i === sections.length - 1 ? { ...section, bars: section.bars + over } : section,
  );
}

/** Makes all sections as equal as possible. */
function fittedPlainly(parts: readonly FormPart[], bars: number): readonly FormSection[] {
  return parts.map(({ letter }, i) => ({
    letter,
    bars: Math.floor(((i + 1) * bars) / parts.length) - Math.floor((i * bars) / parts.length),
  }));
}

/** Converts the sections of a form to those of a plan. */
export function plannedSections(form: readonly FormSection[]): readonly PlannedSection[] {
  let bar = 0;
  return form.map(({ letter, bars }, i) => {
    const timesBefore = form.slice(0, i).filter((before) => before.letter === letter).length;
    const section = { bar, letter, timesBefore };
    bar += bars;
    return section;
  });
}
