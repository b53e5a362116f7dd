import type { TitleWords } from '../music/title.js';
import { styleNames, styleTitle } from '../plan/styles.js';
import type { RollWords } from '../render/picture-words.js';
import type { CompositionRequest } from '../request/request.js';
import { composers } from '../request/words/composer-names.js';
import { degreeIn } from '../request/words/understanding.js';
import { english } from './en/english.js';
import type { Language } from './language.js';
import { choiceIn } from './options.js';
import { rollWordsIn } from './picture.js';
import { wordIn } from './understood.js';

/** Maximum number of words of a wish that are used in a title. */
const mostWords = 3;

/** The title of a request's piece in a language. */
export function titlesFor(language: Language, request: CompositionRequest): TitleWords {
  const wish = wishIn(language, request);
  return wish === undefined ? language.titles : { ...language.titles, wish };
}

/** The texts in the picture of a request's piece, and its title in the MIDI file. */
export function rollWordsFor(language: Language, request: CompositionRequest): RollWords {
  return {
    ...rollWordsIn(language),
    titles: titlesFor(language, request),
    titlesInFile: titlesFor(english, request),
  };
}

function wishIn(language: Language, { title, task, ...wishes }: CompositionRequest): TitleWords['wish'] {
  if (title !== undefined) return { text: title, isWhole: true };
  // A continued piece keeps its name, unless it was named after a wish.
  if (task.kind === 'continue' && task.piece.namedAfter !== true) return undefined;
  const { mood, era, composer, text } = wishes;
  const { choices } = language;
  const said = text === undefined ? [] : text.words.map(degreeIn);
  const meant = said.flatMap(({ name, degree }) => {
    if (degree === 'not' || degree === 'without' || composers.includes(name) || /\d/.test(name)) return [];
    const own = wordIn(language, name);
    return degree === undefined ? own : language.result.meant[degree](own);
  });
  const style = task.kind === 'song' ? styleNames.find((each) => styleTitle(each) === task.title) : undefined;
  const chosen = [
    ...(style === undefined ? [] : [styleTitle(choiceIn(choices, 'genre', style))]),
    ...(mood ?? []).map((each) => choiceIn(choices, 'mood', each)),
    ...(era === undefined ? [] : [choiceIn(choices, 'era', era)]),
    ...meant,
  ];
  const asked = [...new Set(chosen.map((word) => word.toLocaleLowerCase(language.locale)))].map((lower) =>
    chosen.find((word) => word.toLocaleLowerCase(language.locale) === lower)!,
  );
  const models = [composer, ...said.map(({ name }) => name)].find(
    (name) => name !== undefined && composers.includes(name),
  );
  const all = [
    ...asked.slice(0, mostWords),
    ...(models === undefined ? [] : [language.result.inStyle(capital(wordIn(language, models)))]),
  ];
  if (all.length === 0) return undefined;
  return {
    text: capital(all.join(language.locale.startsWith('ja') ? '、' : ', ')),
    isWhole: task.kind === 'song',
  };
}

function capital(word: string): string {
  return word.charAt(0).toLocaleUpperCase() + word.slice(1);
}
