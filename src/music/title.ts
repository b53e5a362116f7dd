/** What a piece is called. */
export interface Title {
  /** As in its source; may be empty. */
  readonly title: string;
  /** Set when that is the title of its opening, after which the piece is named. */
  readonly namedAfter?: true;
}

/** What pieces are called in some language: plain data, since it crosses worker boundaries. */
export interface TitleWords {
  /** Named after an opening, with # for its title. */
  readonly after: string;
  /** For music that starts from something untitled. */
  readonly untitled: string;
  /** Titles of built-in openings by those in English. */
  readonly openings: Readonly<Record<string, string>>;
}

/** Also in the files of pieces, and in their names. */
export const englishTitles: TitleWords = {
  after: 'After #',
  untitled: 'From a MIDI file',
  openings: {},
};

/** The title of a piece in the words of a language. */
export function titleIn({ after, untitled, openings }: TitleWords, { title, namedAfter }: Title): string {
  const own = (Object.hasOwn(openings, title) ? openings[title] : undefined) ?? title.trim();
  if (own === '') return untitled;
  return namedAfter === true ? after.replace('#', () => own) : own;
}
