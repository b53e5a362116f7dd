import { ButtonStyle, type APIButtonComponentWithCustomId } from 'discord.js';
import type { Composition, MediaFile, Progress } from '../studio/composition.js';
import { understand } from '../music/wishes.js';
import { button, row } from './buttons.js';
import { formatCustomId } from './custom-id.js';
import type { ComponentRow, MessageContent } from './message-content.js';
import { plainText } from './plain-text.js';

/**
 * How far the work is, in one line, and a button that ends it.
 * @param workId of the work, for the button
 */
export function progressMessage(progress: Progress, workId: string, secondsLeft?: number): MessageContent {
  return {
    content: progressText(progress, secondsLeft),
    components: [row(button(formatCustomId('cancel', workId), 'Cancel', '✖️'))],
  };
}

function progressText(progress: Progress, secondsLeft?: number): string {
  switch (progress.stage) {
    case 'queued':
      return progress.place === 1
        ? 'Waiting: you are next.'
        : `Waiting: number ${progress.place} in the queue.`;
    case 'composing': {
      const left = secondsLeft === undefined ? '' : `, about ${Math.max(1, Math.round(secondsLeft))} s left`;
      return `Composing: ${progress.notes} of ${progress.total} notes${left}.`;
    }
    case 'rendering':
      return 'Rendering the sound and the picture.';
  }
}

/** To whom a result belongs, and who sees it. */
export interface Ownership {
  /** Id of who asked for it. */
  readonly owner: string;
  /** Only they see it. */
  readonly isPrivate: boolean;
  /** There are others to show it to. */
  readonly isShareable: boolean;
}

/**
 * The message that shows a composition: a title line, the MIDI file, the preview and the piano
 * roll, and what one can do with it.
 */
export function compositionMessage(composition: Composition, ownership: Ownership): MessageContent {
  const { midi, audio, image, audioCutAtSeconds } = composition;
  const cut =
    audioCutAtSeconds === undefined
      ? []
      : [`-# The preview holds the first ${clock(audioCutAtSeconds)}; the MIDI file has the whole piece.`];
  return {
    content: [titleLine(composition), ...heard(composition), ...cut].join('\n'),
    files: named(composition, [midi, audio, image]),
    components: compositionButtons(ownership),
  };
}

/** The same without the preview, for when Discord finds it too large. */
export function messageWithoutPreview(composition: Composition, ownership: Ownership): MessageContent {
  const note = '-# The preview was too large for Discord; the MIDI file has the whole piece.';
  return {
    content: [titleLine(composition), ...heard(composition), note].join('\n'),
    files: named(composition, [composition.midi, composition.image]),
    components: compositionButtons(ownership),
  };
}

/**
 * The message that shows several takes: one line, a MIDI file and a preview for each, and buttons
 * to pick one, whose own message then has everything else.
 */
export function takesMessage(takes: readonly Composition[], ownership: Ownership): MessageContent {
  const heading = `**${takes.length} takes**: listen, then pick one for its picture and all that one can do with it.`;
  return {
    content: [
      heading,
      ...takes.map((take, i) => `${i + 1}. ${titleLine(take)}`),
      ...takes.slice(0, 1).flatMap(heard),
    ].join('\n'),
    files: takes.flatMap((take, i) => named(take, [take.midi, take.audio], i + 1)),
    components: takesButtons(takes.length, ownership),
  };
}

/** The same without the previews, for when Discord finds them too large. */
export function takesWithoutPreviews(takes: readonly Composition[], ownership: Ownership): MessageContent {
  const { content } = takesMessage(takes, ownership);
  return {
    content: `${content}\n-# The previews were too large for Discord; pick a take to hear it.`,
    files: takes.flatMap((take, i) => named(take, [take.midi], i + 1)),
    components: takesButtons(takes.length, ownership),
  };
}

function takesButtons(takes: number, { owner, isPrivate }: Ownership): ComponentRow[] {
  const picks = Array.from({ length: takes }, (_, i) =>
    button(formatCustomId('pick', String(i + 1)), `Take ${i + 1}`, '🎧', ButtonStyle.Primary),
  );
  return [
    row(...picks),
    row(button(formatCustomId('again'), 'Again', '🔁'), ...(isPrivate ? [] : [deleteButton(owner)])),
  ];
}

function deleteButton(owner: string): APIButtonComponentWithCustomId {
  return button(formatCustomId('delete', owner), 'Delete', '🗑️', ButtonStyle.Danger);
}

function compositionButtons({ owner, isPrivate, isShareable }: Ownership): ComponentRow[] {
  return [
    row(
      button(formatCustomId('again'), 'Again', '🔁', ButtonStyle.Primary),
      button(formatCustomId('vary'), 'Vary', '🔀'),
      button(formatCustomId('continue'), 'Continue', '⏩'),
      button(formatCustomId('remix'), 'Remix', '🎛️'),
    ),
    row(
      button(formatCustomId('info'), 'Info', 'ℹ️'),
      ...(isShareable ? [button(formatCustomId('share'), 'Share', '📣')] : []),
      ...(isPrivate ? [] : [deleteButton(owner)]),
    ),
  ];
}

/** What was made of the person's own words, and what was not. */
function heard({ request: { wishes } }: Composition): readonly string[] {
  if (wishes?.text === undefined) return [];
  const { understood, ignored } = understand(wishes.text);
  const listed = (words: readonly string[]): string => plainText(words.join(', '));
  return [
    understood.length === 0
      ? '-# I understood none of your words; moods, tempos, composers and keys are what I know.'
      : `-# Understood: ${listed(understood)}.${ignored.length === 0 ? '' : ` Not understood: ${listed(ignored)}.`}`,
  ];
}

function titleLine({ piece, durationSeconds, request }: Composition): string {
  const notes = piece.notes.length;
  return [
    `**${plainText(piece.title)}**`,
    ...(piece.key === undefined ? [] : [`${piece.key.tonic} ${piece.key.scale.replaceAll('-', ' ')}`]),
    `♩=${Math.round(piece.tempoBpm)}`,
    clock(durationSeconds),
    `${notes} ${notes === 1 ? 'note' : 'notes'}`,
    `\`${request.model}\``,
    `seed \`${request.seed}\``,
  ].join(' · ');
}

/**
 * File names that tell two results apart in a download folder: `after-bach-prelude-42.mid`.
 * @param take its number among several, which then comes first
 */
function named(
  { piece, request }: Composition,
  files: readonly MediaFile[],
  take?: number,
): readonly MediaFile[] {
  const base = `${take === undefined ? '' : `${take}-`}${slug(piece.title)}-${request.seed}`;
  return files.map((file) => ({ ...file, name: base + /\.\w+$/.exec(file.name)![0] }));
}

/** Letters a–z, digits and dashes: safe in every file system and every address. */
function slug(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .match(/[a-z\d]+/g);
  return words?.join('-').slice(0, 60).replace(/-$/, '') ?? 'composition';
}

/** Minutes and seconds, e.g. `1:04`. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
