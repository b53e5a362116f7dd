import { ButtonStyle } from 'discord.js';
import type { Composition, MediaFile, Progress } from '../studio/composition.js';
import { button, row } from './buttons.js';
import { formatCustomId } from './custom-id.js';
import type { ComponentRow, MessageContent } from './message-content.js';

/** One line on how far the work is. */
export function progressText(progress: Progress): string {
  switch (progress.stage) {
    case 'queued':
      return progress.place === 1
        ? 'Waiting: you are next.'
        : `Waiting: number ${progress.place} in the queue.`;
    case 'composing':
      return `Composing: ${progress.notes} of ${progress.total} notes.`;
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
    content: [titleLine(composition), ...cut].join('\n'),
    files: named(composition, [midi, audio, image]),
    components: compositionButtons(composition, ownership),
  };
}

/** The same without the preview, for when Discord finds it too large. */
export function messageWithoutPreview(composition: Composition, ownership: Ownership): MessageContent {
  const note = '-# The preview was too large for Discord; the MIDI file has the whole piece.';
  return {
    content: `${titleLine(composition)}\n${note}`,
    files: named(composition, [composition.midi, composition.image]),
    components: compositionButtons(composition, ownership),
  };
}

/** Vary would do nothing that Again does not, unless the seed chose the opening. */
function compositionButtons({ request }: Composition, { owner, isPrivate }: Ownership): ComponentRow[] {
  return [
    row(
      button(formatCustomId('again'), 'Again', '🔁', ButtonStyle.Primary),
      ...(request.openingBySeed === true ? [button(formatCustomId('vary'), 'Vary', '🔀')] : []),
      button(formatCustomId('continue'), 'Continue', '⏩'),
      button(formatCustomId('remix'), 'Remix', '🎛️'),
    ),
    row(
      button(formatCustomId('info'), 'Info', 'ℹ️'),
      isPrivate
        ? button(formatCustomId('share'), 'Share', '📣')
        : button(formatCustomId('delete', owner), 'Delete', '🗑️', ButtonStyle.Danger),
    ),
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

/** File names that tell two results apart in a download folder: `after-bach-prelude-42.mid`. */
function named({ piece, request }: Composition, files: readonly MediaFile[]): readonly MediaFile[] {
  const base = `${slug(piece.title)}-${request.seed}`;
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

/** Text of a user's file, made to be read and nothing else: no formatting, link, mention or line break. */
function plainText(text: string): string {
  const line = text.replace(/[\p{Control}\p{Format}\p{Surrogate}\s]+/gu, ' ').trim();
  const [start] = /^.{0,100}/u.exec(line)!;
  return start.replace(/[\\*_~`|<>@#[\]]/g, '\\$&').replaceAll('://', ':\\//');
}

/** Minutes and seconds, e.g. `1:04`. */
function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}
