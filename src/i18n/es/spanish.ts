import { figures } from '../grammar.js';
import { spanish as spanishTerms } from '../../request/words/spanish.js';
import type { Language } from '../language.js';
import { operatorSentences } from '../en/operators.js';
import { refusalSentence } from '../refusals.js';
import { choices } from './words.js';
import { composeOptions, options } from './options.js';
import { commands } from './commands.js';
import { help, about } from './help.js';
import { daily, settings, presets, forget } from './server.js';
import { models, training } from './trainings.js';
import { instruments, parts } from './instruments.js';
import { buttons, changes, progress, result, info, remix, apology } from './messages.js';
import { titles, altText, picture } from './pictures.js';
import { radio } from './radio.js';
import { refusals } from './refusals.js';

/** The Spanish texts. */
export const spanish: Language = {
  locale: 'es',
  figures: figures('es'),
  commands,
  options,
  choices,
  concepts: spanishTerms.concepts,
  help,
  about,
  settings,
  daily,
  presets,
  forget,
  models,
  training,
  radio,
  buttons,
  progress,
  result,
  titles,
  altText,
  instruments,
  parts,
  picture,
  info,
  remix,
  changes,
  apology,
  refusal: refusalSentence({ ...options, ...composeOptions }, choices, refusals, operatorSentences),
};
