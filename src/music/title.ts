/** The title of a piece. */
export interface Title {
  /** The title of its source; may be empty. */
  readonly title: string;
  /** Set when that is the title of its opening: then the piece is named after it. */
  readonly namedAfter?: true;
}

/** The words for titles in a language: plain data, since it crosses worker boundaries. */
export interface TitleWords {
  /** Title of a piece named after an opening; # stands for the opening's title. */
  readonly after: string;
  /** Title of music that starts from something untitled. */
  readonly untitled: string;
  /** Titles of built-in openings, by the English ones. */
  readonly openings: Readonly<Record<string, string>>;
  /**
   * For one piece: the words of its request, or a title that the person set, which then is the whole title.
   */
  readonly wish?: { readonly text: string; readonly isWhole: boolean };
}

/** Adds no words: a piece without a title stays without one. */
export const plainTitles: TitleWords = { after: '#', untitled: '', openings: {} };

/** The title of a piece in a language: the words of the request first, then the opening. */
export function titleIn(
  { after, untitled, openings, wish }: TitleWords,
  { title, namedAfter }: Title,
): string {
  if (wish?.isWhole === true) return wish.text;
  const own = (Object.hasOwn(openings, title) ? openings[title] : undefined) ?? title.trim();
  const isNamed = own !== '' && namedAfter !== true;
  const beginning = own === '' ? untitled : isNamed ? own : after.replace('#', () => own);
  if (wish === undefined) return beginning;
  const second = isNamed ? beginning : beginning.charAt(0).toLocaleLowerCase() + beginning.slice(1);
  return `${wish.text} · ${second}`;
}
