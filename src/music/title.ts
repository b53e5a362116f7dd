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
  /** Of one piece: what it was asked to be, or the title that its person gave it, which is then all of it. */
  readonly wish?: { readonly text: string; readonly isWhole: boolean };
}

/** Also in the files of pieces, and in their names. */
export const englishTitles: TitleWords = {
  after: 'After #',
  untitled: 'From a MIDI file',
  openings: {},
};

/** The title of a piece in the words of a language: what was asked for comes first, the opening second. */
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
