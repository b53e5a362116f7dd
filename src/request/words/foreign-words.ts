import { composerNames, composers } from './composer-names.js';
import type { Term } from './wishes.js';

/** How a language says the terms of the vocabulary, in words or stems with a space between. */
interface Language {
  readonly terms: Readonly<Record<Term, string>>;
  /** Words that say nothing about the music. */
  readonly fillers: string;
}

interface SpacedLanguage extends Language {
  /** What a stem may end with, beside nothing, e.g. `traurig-e`. */
  readonly endings: string;
}

const german: SpacedLanguage = {
  endings: 'e er es en em s',
  terms: {
    sad: 'traurig melancholisch wehmütig schwermütig',
    calm: 'ruhig friedlich entspannt gelassen',
    tender: 'zart zärtlich sanft liebevoll',
    dreamy: 'verträumt träumerisch traumhaft',
    mysterious: 'geheimnisvoll mysteriös rätselhaft unheimlich',
    dark: 'düster dunkel dunkl finster',
    happy: 'fröhlich glücklich heiter freudig lustig',
    playful: 'verspielt spielerisch',
    dramatic: 'dramatisch',
    angry: 'zornig wütend aggressiv',
    triumphant: 'triumphal siegreich heldenhaft heroisch',
    epic: 'episch gewaltig grandios großartig',
    slow: 'langsam',
    fast: 'schnell flott lebhaft',
    soft: 'leise leis',
    loud: 'laut kräftig',
    low: 'tief',
    high: 'hoch hoh',
    sparse: 'spärlich karg',
    dense: 'dicht',
    thin: 'dünn',
    rich: 'reich voll',
    staccato: 'abgehackt',
    legato: 'gebunden fließend',
    expressive: 'ausdrucksvoll ausdrucksstark',
    even: 'gleichmäßig',
    major: 'dur',
    minor: 'moll',
    baroque: 'barock',
    classical: 'klassisch klassik',
    romantic: 'romantisch romantik',
    modern: 'modern',
  },
  fillers:
    'der die das den dem des ein eine einen einem einer eines und mit in im für wie von zu zum zur auf an aber auch bitte sehr ganz etwas musik klavier klavierstück stück lied stil art komponiere spiele mir mach mache',
};

const french: SpacedLanguage = {
  endings: 'e s es x se ses',
  terms: {
    sad: 'triste mélancolique',
    calm: 'calme paisible tranquille apaisant relaxant',
    tender: 'tendre',
    dreamy: 'rêveu onirique',
    mysterious: 'mystérieu énigmatique',
    dark: 'sombre obscur',
    happy: 'joyeu heureu gai',
    playful: 'espiègle enjoué ludique',
    dramatic: 'dramatique',
    angry: 'furieu colère fâché',
    triumphant: 'triomphal victorieu héroïque',
    epic: 'épique grandiose',
    slow: 'lent lentement',
    fast: 'rapide vite vif viv',
    soft: 'doux douc doucement',
    loud: 'fort bruyant puissant',
    low: 'grave bas bass',
    high: 'aigu aiguë haut',
    sparse: 'clairsemé épars dépouillé',
    dense: 'dense',
    thin: 'mince',
    rich: 'riche plein',
    staccato: 'détaché',
    legato: 'lié fluide',
    expressive: 'expressif expressiv',
    even: 'régulier régulièr égal',
    major: 'majeur',
    minor: 'mineur',
    baroque: 'baroque',
    classical: 'classique',
    romantic: 'romantique',
    modern: 'moderne',
  },
  fillers:
    "le la les un une des du de et avec dans en pour comme par sur à au aux mais très peu plus quelque chose musique piano morceau chanson style manière façon svp compose joue moi plaît vous te s'il",
};

const spanish: SpacedLanguage = {
  endings: 'a o e as os es mente amente',
  terms: {
    sad: 'trist melancólic',
    calm: 'tranquil calm calmad apacibl seren relajant',
    tender: 'tiern dulc',
    dreamy: 'soñador oníric',
    mysterious: 'misterios enigmátic',
    dark: 'oscur sombrí tenebros',
    happy: 'alegr feliz felic',
    playful: 'juguetón jugueton travies',
    dramatic: 'dramátic',
    angry: 'furios enfadad airad',
    triumphant: 'triunfal victorios heroic',
    epic: 'épic grandios',
    slow: 'lent',
    fast: 'rápid veloz veloc',
    soft: 'suav',
    loud: 'fuert ruidos potent',
    low: 'grav baj',
    high: 'agud alt',
    sparse: 'escas',
    dense: 'dens',
    thin: 'fina fino delgad',
    rich: 'ric llen plen',
    staccato: 'destacad',
    legato: 'ligad fluid',
    expressive: 'expresiv',
    even: 'uniform regular',
    major: 'mayor',
    minor: 'menor',
    baroque: 'barroc',
    classical: 'clásic',
    romantic: 'romántic',
    modern: 'modern',
  },
  fillers:
    'el la los las un una unos unas y con en de del para como por al a pero muy más algo música piano pieza canción estilo manera favor compón toca me',
};

const russian: SpacedLanguage = {
  endings: 'ый ий ой ая яя ое ее ые ие ого его ой ей ому ему ую юю ым им ом ем ых их ыми ими о е а у',
  terms: {
    sad: 'грустн печальн меланхоличн',
    calm: 'спокойн мирн',
    tender: 'нежн ласков',
    dreamy: 'мечтательн',
    mysterious: 'таинственн загадочн',
    dark: 'мрачн тёмн',
    happy: 'радостн весёл счастлив',
    playful: 'игрив шаловлив',
    dramatic: 'драматичн драматическ',
    angry: 'гневн зл сердит яростн',
    triumphant: 'торжествующ победн героическ торжественн',
    epic: 'эпическ эпичн грандиозн величественн',
    slow: 'медленн',
    fast: 'быстр',
    soft: 'тих негромк мягк',
    loud: 'громк мощн',
    low: 'низк глубок',
    high: 'высок',
    sparse: 'редк',
    dense: 'плотн густ',
    thin: 'тонк',
    rich: 'богат полн',
    staccato: 'стаккато отрывист',
    legato: 'легато плавн певуч',
    expressive: 'выразительн',
    even: 'ровн равномерн',
    major: 'мажор мажорн',
    minor: 'минор минорн',
    baroque: 'барокко барочн',
    classical: 'классическ классик классицизм',
    romantic: 'романтическ романтичн романтизм',
    modern: 'современн современность модерн',
  },
  fillers:
    'и в во на с со для как к но очень что-то мне пожалуйста музыка музыку музыки фортепиано пианино пьеса пьесу песня песню стиль стиле духе манере сочини сыграй',
};

/** Written without spaces: words begin as these do, and go on in kana. */
const japanese: Language = {
  terms: {
    sad: '悲し 哀し 切な 寂し',
    calm: '穏やか 静か 落ち着',
    tender: '優し',
    dreamy: '夢見心地 夢のよう 夢見る 幻想的',
    mysterious: '神秘的 神秘 不思議',
    dark: '暗い 暗く',
    happy: '楽し 嬉し 明る 陽気 幸せ',
    playful: '遊び心 お茶目',
    dramatic: '劇的 ドラマチック',
    angry: '怒り 怒っ 激し',
    triumphant: '勝利 勇まし 英雄的',
    epic: '壮大 雄大',
    slow: '遅い 遅く ゆっくり スロー',
    fast: '速い 速く',
    soft: '弱い 弱く 小さ',
    loud: '強い 強く 大き',
    low: '低い 低く',
    high: '高い 高く',
    sparse: 'まばら',
    dense: '密集 密な 密に',
    thin: '薄い 薄く',
    rich: '豊か 厚い 厚く',
    staccato: 'スタッカート',
    legato: 'レガート 滑らか なめらか',
    expressive: '表情豊か 表現豊か',
    even: '均一 一様',
    major: '長調 メジャー',
    minor: '短調 マイナー',
    baroque: 'バロック',
    classical: '古典派 古典的 古典 クラシック',
    romantic: 'ロマン派 ロマンチック ロマンティック',
    modern: '近代 現代 モダン',
  },
  fillers: '曲 音楽 ピアノ 風 作曲 感じ 下さい お願い 雰囲気',
};

const spaced = [german, french, spanish, russian];

/** Plain words with their endings, to terms of the vocabulary or composers; to nothing, the empty word. */
const meanings: ReadonlyMap<string, string> = new Map([
  ...spaced.flatMap(({ fillers }) => fillers.split(' ').map((word) => [plain(word), ''] as const)),
  ...spaced.flatMap(({ endings, terms }) =>
    Object.entries(terms).flatMap(([term, words]) =>
      words.split(' ').flatMap((stem) => inflected(stem, endings, term)),
    ),
  ),
  ...composers.flatMap((composer) => inflected(composer, 's', composer)),
  ...[composerNames.german, composerNames.french, composerNames.spanish].flatMap((names) =>
    Object.entries(names).flatMap(([composer, name]) => inflected(name, 's', composer)),
  ),
  ...Object.entries(composerNames.russian).flatMap(([composer, name]) =>
    name.endsWith('ий')
      ? inflected(name.slice(0, -'ий'.length), 'ий ого ому им ом', composer)
      : inflected(name, 'а у ом е', composer),
  ),
]);

function inflected(stem: string, endings: string, meaning: string): (readonly [string, string])[] {
  return ['', ...endings.split(' ')].map((ending) => [plain(stem + ending), meaning] as const);
}

/** Without case and accents, as people often type. */
function plain(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}

/** What a German, French, Spanish or Russian word means, as {@link meanings} has it; undefined when unknown. */
export function meaningOf(word: string): string | undefined {
  const known = plain(word);
  return meanings.get(known) ?? meanings.get(known.replace(/^(?:d|l|qu)['’]/, ''));
}

/** The longest first, since some begin as others do. */
const japaneseMeanings: readonly (readonly [word: string, meaning: string])[] = [
  ...japanese.fillers.split(' ').map((word) => [word, ''] as const),
  ...Object.entries(japanese.terms).flatMap(([term, words]) =>
    words.split(' ').map((word) => [word, term] as const),
  ),
  ...Object.entries(composerNames.japanese).map(([composer, name]) => [name, composer] as const),
].toSorted(([a], [b]) => b.length - a.length);

/** A word of a text, and what it means: a term, a composer, nothing as the empty word, or undefined. */
export interface WordRead {
  readonly written: string;
  readonly meaning: string | undefined;
}

/**
 * Reads Japanese: known words wherever they stand, with what each means, and between them whatever
 * is more than kana, the endings and particles.
 */
export function readJapanese(text: string): readonly WordRead[] {
  const words: WordRead[] = [];
  let unknown = '';
  const leaveUnknown = (): void => {
    for (const [written] of unknown.matchAll(
      /[\p{Script=Han}\p{Script=Katakana}ー]+\p{Script=Hiragana}*/gu,
    )) {
      words.push({ written, meaning: undefined });
    }
    unknown = '';
  };
  for (let at = 0; at < text.length;) {
    const known = japaneseMeanings.find(([word]) => text.startsWith(word, at));
    if (known === undefined) {
      unknown += text.charAt(at++);
      continue;
    }
    leaveUnknown();
    const [written, meaning] = known;
    words.push({ written, meaning });
    at += written.length;
  }
  leaveUnknown();
  return words;
}
