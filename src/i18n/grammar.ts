/** Forms of a word for counts, by the categories of `Intl.PluralRules`. */
export interface Forms {
  readonly one?: string;
  readonly few?: string;
  readonly many?: string;
  readonly other: string;
}

/** Number formats of a language. */
export interface Figures {
  /** An integer or another number, with at most three decimals. */
  readonly number: (value: number) => string;
  /** A fraction of 0 to 1 as a percentage. */
  readonly percent: (fraction: number, digits?: number) => string;
  /** A loss, with exactly three decimals. */
  readonly loss: (value: number) => string;
  /** A count and its word: `3 notes`. */
  readonly counted: (count: number, forms: Forms) => string;
  /** Only the word, in the form for this count. */
  readonly form: (count: number, forms: Forms) => string;
  /** `a, b and c` */
  readonly list: (parts: readonly string[]) => string;
}

/** @param locale a BCP 47 tag, as for `Intl` */
export function figures(locale: string): Figures {
  const numbers = new Intl.NumberFormat(locale);
  const losses = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
  const rules = new Intl.PluralRules(locale);
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const form = (count: number, forms: Forms): string => {
    const category = rules.select(count);
    return (category === 'zero' || category === 'two' ? undefined : forms[category]) ?? forms.other;
  };
  return {
    number: (value) => numbers.format(value),
    percent: (fraction, digits = 0) =>
      new Intl.NumberFormat(locale, {
        style: 'percent',
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      }).format(fraction),
    loss: (value) => losses.format(value),
    counted: (count, forms) => `${numbers.format(count)} ${form(count, forms)}`,
    form,
    list: (parts) => lists.format(parts),
  };
}

/** Minutes and seconds, e.g. `1:04`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
