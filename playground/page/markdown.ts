/**
 * The part of Discord's Markdown that bots write, as a tree. Source: Discord's “Markdown Text 101”
 * and its reference of message formatting.
 */

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly content: readonly Inline[] }
  | { readonly kind: 'subtext' | 'line'; readonly content: readonly Inline[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | {
      readonly kind: 'item';
      readonly depth: number;
      readonly mark: string;
      readonly content: readonly Inline[];
    }
  | { readonly kind: 'code'; readonly text: string };

export type Inline =
  | { readonly kind: 'text' | 'code'; readonly text: string }
  | {
      readonly kind: 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler';
      readonly content: readonly Inline[];
    }
  | { readonly kind: 'link'; readonly url: string; readonly content: readonly Inline[] }
  | { readonly kind: 'person' | 'channel'; readonly id: string }
  | { readonly kind: 'command'; readonly path: string }
  | { readonly kind: 'everyone'; readonly text: string }
  /** `style` is one of Discord's letters: t T d D f F s S R. */
  | { readonly kind: 'time'; readonly seconds: number; readonly style: string };

type Rule = readonly [pattern: RegExp, read: (match: RegExpExecArray) => Inline];

const wrap =
  (kind: 'strong' | 'emphasis' | 'underline' | 'strike' | 'spoiler') =>
  ([, inner = '']: RegExpExecArray): Inline => ({ kind, content: parseInline(inner) });

const link = (url: string, text = url): Inline => ({ kind: 'link', url, content: [{ kind: 'text', text }] });

/** Tried in order wherever one of their first characters occurs. */
const rules: readonly Rule[] = [
  [/\\([^\p{L}\p{N}\s])/uy, ([, text = '']) => ({ kind: 'text', text })],
  [/(`+)(.+?)\1(?!`)/sy, ([, , text = '']) => ({ kind: 'code', text: text.replace(/^ (.+) $/s, '$1') })],
  [/\*\*(.+?)\*\*(?!\*)/sy, wrap('strong')],
  [/__(.+?)__(?!_)/sy, wrap('underline')],
  [/~~(.+?)~~/sy, wrap('strike')],
  [/\|\|(.+?)\|\|/sy, wrap('spoiler')],
  [/\*(?!\s)((?:[^*\\]|\\.)+?)\*(?!\*)/sy, wrap('emphasis')],
  [/\b_((?:[^_\\]|\\.)+?)_\b/sy, wrap('emphasis')],
  [
    /\[([^\]\n]+)\]\(<?(https?:\/\/[^\s<>)]+)>?\)/y,
    ([, text = '', url = '']) => ({ kind: 'link', url, content: parseInline(text) }),
  ],
  [/<(https?:\/\/[^\s<>]+)>/y, ([, url = '']) => link(url)],
  [/https?:\/\/[^\s<>]*[^\s<>.,:;"')\]!?]/y, ([url]) => link(url)],
  [/<@!?(\d+)>/y, ([, id = '']) => ({ kind: 'person', id })],
  [/<#(\d+)>/y, ([, id = '']) => ({ kind: 'channel', id })],
  [/<\/([^:>\n]+):\d+>/y, ([, path = '']) => ({ kind: 'command', path })],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFsSR]))?>/y,
    ([, seconds, style = 'f']) => ({ kind: 'time', seconds: Number(seconds), style }),
  ],
  [/<a?(:\w+:)\d+>/y, ([, text = '']) => ({ kind: 'text', text })],
  [/@(?:everyone|here)\b/y, ([text]) => ({ kind: 'everyone', text })],
];

export function parseMarkdown(source: string): readonly Block[] {
  const blocks: Block[] = [];
  // Every second piece is the content of a code block.
  for (const [index, piece] of source.split(/```(?:[\w+-]*\n)?(.*?)\n?```\n?/s).entries()) {
    if (index % 2 === 1) blocks.push({ kind: 'code', text: piece });
    else if (piece !== '') blocks.push(...parseLines(piece.replace(/\n$/, '').split('\n')));
  }
  return blocks;
}

function parseLines(lines: readonly string[]): readonly Block[] {
  const blocks: Block[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!;
    if (line.startsWith('>>> ')) {
      const rest = [line.slice(4), ...lines.slice(index + 1)];
      return [...blocks, { kind: 'quote', blocks: parseLines(rest) }];
    }
    const quoted = lines.slice(index).findIndex((other) => !other.startsWith('> '));
    const count = quoted < 0 ? lines.length - index : quoted;
    if (count > 0) {
      const inner = lines.slice(index, index + count).map((other) => other.slice(2));
      blocks.push({ kind: 'quote', blocks: parseLines(inner) });
      index += count - 1;
    } else {
      blocks.push(parseLine(line));
    }
  }
  return blocks;
}

function parseLine(line: string): Block {
  const [, hashes, heading = ''] = /^(#{1,3}) +(.+)$/.exec(line) ?? [];
  if (hashes !== undefined) {
    return { kind: 'heading', level: hashes.length as 1 | 2 | 3, content: parseInline(heading) };
  }
  if (line.startsWith('-# ')) return { kind: 'subtext', content: parseInline(line.slice(3)) };
  const [, indent = '', mark, item = ''] = /^( *)([-*]|\d+\.) +(.+)$/.exec(line) ?? [];
  if (mark !== undefined) {
    const depth = Math.floor(indent.length / 2);
    return { kind: 'item', depth, mark: /\d/.test(mark) ? mark : '•', content: parseInline(item) };
  }
  return { kind: 'line', content: parseInline(line) };
}

export function parseInline(source: string): readonly Inline[] {
  const inlines: Inline[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') inlines.push({ kind: 'text', text });
    text = '';
  };
  for (let at = 0; at < source.length;) {
    const found = match(source, at);
    if (found === undefined) {
      text += source.charAt(at);
      at += 1;
    } else {
      const [inline, length] = found;
      if (inline.kind === 'text') {
        text += inline.text;
      } else {
        flush();
        inlines.push(inline);
      }
      at += length;
    }
  }
  flush();
  return inlines;
}

function match(source: string, at: number): [inline: Inline, length: number] | undefined {
  if (!/[\\`*_~|[<h@]/.test(source[at]!)) return undefined;
  for (const [pattern, read] of rules) {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found) return [read(found), found[0].length];
  }
  return undefined;
}
