import { figures } from '../grammar.js';
import { english as englishTerms } from '../../request/words/english.js';
import type { Language } from '../language.js';
import { refusalSentence } from '../refusals.js';
import { commands } from './commands.js';
import { about, help } from './help.js';
import { instruments, parts } from './instruments.js';
import { apology, buttons, changes, info, progress, remix, result } from './messages.js';
import { operatorSentences } from './operators.js';
import { composeOptions, options } from './options.js';
import { altText, picture, titles } from './pictures.js';
import { radio } from './radio.js';
import { refusals } from './refusals.js';
import { daily, forget, presets, settings } from './server.js';
import { models, training } from './trainings.js';
import { choices } from './words.js';

/** The English texts. */
export const english: Language = {
  locale: 'en',
  figures: figures('en'),
  commands,
  options,
  choices,
  concepts: englishTerms.concepts,
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
