import { ButtonStyle } from 'discord.js';
import { clock } from '../../i18n/grammar.js';
import type { Language } from '../../i18n/language.js';
import { titlesFor } from '../../i18n/title.js';
import { settingsAtStart } from '../../music/piece.js';
import { titleIn } from '../../music/title.js';
import type { Selection } from '../../radio/selection.js';
import type { Level } from '../../radio/wishes.js';
import { filesOf } from '../compose/composition-message.js';
import { formatCustomId } from '../dispatch/custom-id.js';
import { button, row } from '../reply/buttons.js';
import type { ComponentRow, MessageContent } from '../reply/message-content.js';
import { plainText } from '../reply/plain-text.js';

/** What the message of a radio shows. */
export interface PlayerView {
  readonly language: Language;
  /** ID of the voice channel. */
  readonly channel: string;
  /** ID of the person who started it, and their request. */
  readonly startedBy: string;
  readonly wish?: string | undefined;
  /** Whether it plays around the clock. */
  readonly stays: boolean;
  /** When it ends, in milliseconds since 1970. */
  readonly untilMs?: number | undefined;
  readonly playing?: Selection | undefined;
  /** What follows, in order. */
  readonly coming: readonly Selection[];
  readonly level: Level;
  readonly likes: number;
  /** Whether it is paused because nobody is listening. */
  readonly isPaused: boolean;
  /** Whether it may not speak: it is in the audience of a stage, or muted. */
  readonly isSilenced: boolean;
  /** IDs of other bots in the channel. */
  readonly otherBots: readonly string[];
  readonly volume: number;
  /** Votes to skip, and how many are needed; 0 before the first vote. */
  readonly votes: number;
  readonly needed: number;
}

/** Maximum length of a title, in characters: people's files may have any. */
const longestName = 120;
/** Number of pieces to come that are named. */
const mostComing = 3;

const levelNames = { [-2]: 'muchCalmer', [-1]: 'calmer', 1: 'livelier', 2: 'muchLivelier' } as const;

/** The buttons under the message. */
export const playerActs = ['skip', 'calmer', 'livelier', 'like', 'keep', 'stop'] as const;
export type PlayerAct = (typeof playerActs)[number];

const emojis: Readonly<Record<PlayerAct, string>> = {
  skip: '⏭️',
  calmer: '🌙',
  livelier: '⚡',
  like: '❤️',
  keep: '💾',
  stop: '⏹️',
};

/** The lines of the message. */
export function playerText(view: PlayerView): string {
  const { language, channel, startedBy, wish, stays, untilMs, playing, coming, level, isPaused, volume } =
    view;
  const { radio: words } = language;
  const named = wish === undefined ? undefined : plainText(wish, 200);
  const names = coming.slice(0, mostComing).map((each) => pieceName(language, each));
  const following = names.length === 0 ? words.composingNext : words.next(names.join(' · '));
  return [
    words.heading(`<#${channel}>`),
    playing === undefined ? words.composing : pieceLine(language, playing),
    ...(view.isSilenced ? [words.silenced] : isPaused ? [words.paused] : []),
    ...(playing === undefined ? [] : [`-# ${following}`]),
    ...(view.otherBots.length === 0 ? [] : [`-# ${words.otherBots(view.otherBots.map(bot).join(', '))}`]),
    `-# ${[
      words.startedBy(`<@${startedBy}>`, named),
      ...(level === 0 ? [] : [words.levels[levelNames[level]]]),
      words.volume(volume),
      ...(stays ? [words.stays] : []),
      ...(untilMs === undefined ? [] : [words.until(`<t:${Math.round(untilMs / 1000)}:t>`)]),
    ].join(' · ')}`,
  ].join('\n');
}

/** What a voice channel's status line says of a piece. */
export function statusLine(language: Language, selection: Selection): string {
  return `📻 ${pieceName(language, selection)}`;
}

/** @param withPicture whether to send the current picture; otherwise the message keeps the one it has */
export function playerMessage(view: PlayerView, withPicture: boolean): MessageContent {
  const { language, playing } = view;
  const { request, picture } = playing ?? {};
  const shown = playing && request && picture && { ...playing, request, outputs: [picture] };
  const files = shown === undefined ? [] : filesOf(language, shown);
  return {
    content: playerText(view),
    components: buttons(view),
    ...(withPicture && { files }),
  };
}

/** The message of a radio that has ended, without buttons. */
export function finalMessage({ language, channel }: PlayerView, sentence: string): MessageContent {
  return {
    content: [language.radio.heading(`<#${channel}>`), sentence].join('\n'),
    components: [],
    files: [],
  };
}

function bot(id: string): string {
  return `<@${id}>`;
}

function buttons({ language, votes, needed, likes }: PlayerView): ComponentRow[] {
  const { buttons: words } = language.radio;
  const labels: Readonly<Record<PlayerAct, string>> = {
    ...words,
    skip: votes === 0 ? words.skip : `${words.skip} (${votes}/${needed})`,
    like: likes === 0 ? words.like : `${words.like} (${likes})`,
  };
  const make = (act: PlayerAct): ReturnType<typeof button> => {
    const style = act === 'stop' ? ButtonStyle.Danger : ButtonStyle.Secondary;
    return button(formatCustomId('radio', act), labels[act], emojis[act], style);
  };
  return [row(...playerActs.slice(0, 3).map(make)), row(...playerActs.slice(3).map(make))];
}

function pieceLine(language: Language, selection: Selection): string {
  const { piece, durationSeconds, request, askedBy } = selection;
  const { key, tempoBpm } = settingsAtStart(piece);
  return [
    `**${pieceName(language, selection)}**`,
    ...(key === undefined ? [] : [language.result.key(key)]),
    ...(piece.hasBars ? [`♩=${Math.round(tempoBpm)}`] : []),
    clock(durationSeconds),
    ...(request === undefined ? [] : [`${language.result.seed} \`${request.seed}\``]),
    ...(askedBy === undefined ? [] : [language.radio.broughtBy(`<@${askedBy}>`)]),
  ].join(' · ');
}

function pieceName(language: Language, { piece, request }: Selection): string {
  const titles = request === undefined ? language.titles : titlesFor(language, request);
  return plainText(titleIn(titles, piece), longestName);
}
