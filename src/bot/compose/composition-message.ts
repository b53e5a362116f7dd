import { ButtonStyle } from 'discord.js';
import type { Language } from '../../i18n/language.js';
import { chordsIn } from '../../i18n/chords.js';
import { clock } from '../../i18n/grammar.js';
import { english } from '../../i18n/en/english.js';
import { soundIn } from '../../i18n/sound.js';
import { titlesFor } from '../../i18n/title.js';
import { notFollowedIn, notUnderstoodIn, understoodIn } from '../../i18n/understood.js';
import {
  outputOf,
  type Output,
  type Preview,
  type Progress,
  type ShownComposition,
} from '../../compose/composition.js';
import { isPianoAlone, noteCount, settingsAtStart } from '../../music/piece.js';
import { symbolOf } from '../../music/theory/chord.js';
import { readChords } from '../../music/theory/chord-text.js';
import type { Key } from '../../music/theory/key.js';
import { titleIn } from '../../music/title.js';
import type { Understanding } from '../../request/words/understanding.js';
import { button, deleteButton, row } from '../reply/buttons.js';
import { changeMenus } from './change-menus.js';
import { formatCustomId } from '../dispatch/custom-id.js';
import type { ComponentRow, MediaFile, MessageContent } from '../reply/message-content.js';
import { plainText } from '../reply/plain-text.js';

/**
 * Progress in one line, and a button that cancels the work.
 * @param workId of the work, for the button
 */
export function progressMessage(
  language: Language,
  progress: Progress,
  workId: string,
  secondsLeft?: number,
): MessageContent {
  return {
    content: progressText(language, progress, secondsLeft),
    components: [row(button(formatCustomId('cancel', workId), language.buttons.cancel, '✖️'))],
  };
}

function progressText({ progress: words }: Language, progress: Progress, secondsLeft?: number): string {
  switch (progress.stage) {
    case 'queued':
      return words.queued(progress.position);
    case 'composing':
      return words.composing(progress.notes, progress.total, wholeSeconds(secondsLeft));
    case 'composing-time':
      return words.composingTime(progress.seconds, progress.total, wholeSeconds(secondsLeft));
    case 'rendering':
      return words.rendering;
  }
}

function wholeSeconds(left: number | undefined): number | undefined {
  return left === undefined ? undefined : Math.max(1, Math.round(left));
}

/** Who requested the result, and who sees it. */
export interface Ownership {
  /** ID of the requester. */
  readonly owner: string;
  /** Only they see it. */
  readonly isPrivate: boolean;
  /** There are others to share it with. */
  readonly isShareable: boolean;
  /** The bot can play it in a voice channel of the server. */
  readonly isPlayable: boolean;
}

/**
 * The message that shows a composition: a title line, the MIDI file, the preview, the piano roll and buttons.
 */
export function compositionMessage(
  language: Language,
  composition: ShownComposition,
  ownership: Ownership,
): MessageContent {
  const cut = previewLine(language, outputOf(composition, 'audio').preview);
  return {
    content: [
      ...unheard(language, composition),
      titleLine(language, composition),
      ...heard(language, composition),
      ...cut,
    ].join('\n'),
    files: filesOf(language, composition),
    components: [...compositionButtons(language, ownership), ...changeMenus(language, composition.piece)],
  };
}

/** Which part of the piece the preview plays, if not all. */
function previewLine({ result }: Language, preview: Preview | undefined): string[] {
  const { fromSeconds, cutAtSeconds, seconds } = preview ?? { seconds: 0 };
  if (fromSeconds !== undefined) {
    return [`-# ${result.previewPart(clock(fromSeconds), clock(cutAtSeconds ?? fromSeconds + seconds))}`];
  }
  return cutAtSeconds === undefined ? [] : [`-# ${result.previewCut(clock(cutAtSeconds))}`];
}

/** The same message without the preview, for when Discord rejects it as too large. */
export function messageWithoutPreview(
  language: Language,
  composition: ShownComposition,
  ownership: Ownership,
): MessageContent {
  return {
    content: [
      ...unheard(language, composition),
      titleLine(language, composition),
      ...heard(language, composition),
      `-# ${language.result.previewTooLarge}`,
    ].join('\n'),
    files: filesOf(language, composition, ({ isLarge }) => !isLarge),
    components: [...compositionButtons(language, ownership), ...changeMenus(language, composition.piece)],
  };
}

/**
 * The message that shows several takes: one line, a MIDI file and a preview for each, and buttons
 * to pick one, whose own message then has everything else.
 */
export function takesMessage(
  language: Language,
  takes: readonly ShownComposition[],
  ownership: Ownership,
): MessageContent {
  const heading = language.result.takes(takes.length);
  return {
    content: [
      ...takes.slice(0, 1).flatMap((take) => unheard(language, take)),
      heading,
      ...takes.map((take, i) => `${i + 1}. ${titleLine(language, take)}`),
      ...takes.slice(0, 1).flatMap((take) => heard(language, take)),
    ].join('\n'),
    files: takes.flatMap((take, i) => filesOf(language, take, ({ withTakes }) => withTakes, i + 1)),
    components: takesButtons(language, takes.length, ownership),
  };
}

/** The same message without the previews, for when Discord rejects them as too large. */
export function takesWithoutPreviews(
  language: Language,
  takes: readonly ShownComposition[],
  ownership: Ownership,
): MessageContent {
  const { content } = takesMessage(language, takes, ownership);
  return {
    content: `${content}\n-# ${language.result.previewsTooLarge}`,
    files: takes.flatMap((take, i) =>
      filesOf(language, take, ({ withTakes, isLarge }) => withTakes && !isLarge, i + 1),
    ),
    components: takesButtons(language, takes.length, ownership),
  };
}

function takesButtons(language: Language, takes: number, { owner, isPrivate }: Ownership): ComponentRow[] {
  const { buttons } = language;
  const picks = Array.from({ length: takes }, (_, i) =>
    button(formatCustomId('pick', String(i + 1)), buttons.take(i + 1), '🎧', ButtonStyle.Primary),
  );
  return [
    row(...picks),
    row(
      button(formatCustomId('again'), buttons.again, '🔁'),
      ...(isPrivate ? [] : [deleteButton(language, owner)]),
    ),
  ];
}

function compositionButtons(
  language: Language,
  { owner, isPrivate, isShareable, isPlayable }: Ownership,
): ComponentRow[] {
  const { buttons } = language;
  return [
    row(
      button(formatCustomId('again'), buttons.again, '🔁', ButtonStyle.Primary),
      button(formatCustomId('vary'), buttons.vary, '🔀'),
      button(formatCustomId('continue'), buttons.continue, '⏩'),
      button(formatCustomId('remix'), buttons.remix, '🎛️'),
    ),
    row(
      button(formatCustomId('info'), buttons.info, 'ℹ️'),
      ...(isPlayable ? [button(formatCustomId('play'), buttons.play, '📻')] : []),
      ...(isShareable ? [button(formatCustomId('share'), buttons.share, '📣')] : []),
      ...(isPrivate ? [] : [deleteButton(language, owner)]),
    ),
  ];
}

/** Maximum length of the line that says what was understood, in characters. */
const maxHeard = 400;

/** What was not understood of the person's words; shown first. */
function unheard(language: Language, { request }: ShownComposition): readonly string[] {
  const { text } = request;
  if (text === undefined) return [];
  const sentences = [...notUnderstoodIn(language, text), ...notFollowedIn(language, request)];
  return sentences.length === 0 ? [] : [plainText(sentences.join(' '), maxHeard)];
}

/** What was understood of the person's words and chords. */
function heard(language: Language, { request }: ShownComposition): readonly string[] {
  const { text, chords, key } = request;
  return [
    ...(text === undefined ? [] : understoodOf(language, text)),
    ...(chords === undefined ? [] : [chordsRead(language, chords, key)]),
  ];
}

/** Chords that a person entered, as they were read. */
function chordsRead(language: Language, chords: string, key: Key | undefined): string {
  const bars = readChords(chords, key).map((bar) => bar.map(symbolOf).join(' '));
  const international = bars.join(' | ');
  const own = chordsIn(language, international);
  // Where the person's language spells chords differently, both spellings are shown.
  const both = [own, ...(/[BH]/.test(own) && own !== international ? [international] : [])];
  const line = `-# \`${both.join('` = `')}\``;
  return line.length > 300 ? `${line.slice(0, 297)}…\`` : line;
}

function understoodOf(language: Language, text: Understanding): readonly string[] {
  const understood = understoodIn(language, text);
  if (understood.length === 0) return [];
  return [`-# ${language.result.understood(plainText(understood.join(', '), maxHeard))}`];
}

function titleLine(language: Language, { piece, durationSeconds, request }: ShownComposition): string {
  const { result } = language;
  const { key, tempoBpm } = settingsAtStart(piece);
  return [
    `**${plainText(titleIn(titlesFor(language, request), piece))}**`,
    ...(key === undefined ? [] : [result.key(key)]),
    ...(piece.hasBars ? [`♩=${Math.round(tempoBpm)}`] : []),
    clock(durationSeconds),
    result.notes(noteCount(piece)),
    `\`${request.model}\``,
    `${result.seed} \`${request.seed}\``,
  ].join(' · ');
}

/**
 * Files of a composition, under names that distinguish results in a download folder:
 * `after-bach-prelude-42.mid`.
 * @param take its number among several; the name then starts with it
 */
export function filesOf(
  language: Language,
  { piece, request, outputs }: Pick<ShownComposition, 'piece' | 'request' | 'outputs'>,
  isShown: (output: Output) => boolean = () => true,
  take?: number,
): readonly MediaFile[] {
  const number = take === undefined ? '' : `${take}-`;
  const name = `${number}${slug(titleIn(titlesFor(english, request), piece))}-${request.seed}`;
  const sound = soundIn(language, piece);
  return outputs.filter(isShown).map(({ role, extension, contentType, bytes }) => ({
    name: name + extension,
    contentType,
    bytes,
    description: language.altText.outputs[role](sound, isPianoAlone(piece)),
  }));
}

/** Letters a–z, digits and dashes: safe in any file system or URL. */
function slug(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .match(/[a-z\d]+/g);
  return words?.join('-').slice(0, 60).replace(/-$/, '') ?? 'composition';
}
