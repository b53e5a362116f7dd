import type { VNode } from 'preact';
import type { CommandLine } from './command-line.js';

/**
 * The composer's text with syntax colours. It is exactly below the field, whose own text is transparent, and
 * determines its height.
 */
export function Paint({
  text,
  line,
}: {
  readonly text: string;
  readonly line: CommandLine | undefined;
}): VNode {
  return (
    <div class="paint" aria-hidden="true">
      {line === undefined ? text : paintLine(text, line)}
      {/* an empty last line needs a character to have a height */}
      {'​'}
    </div>
  );
}

function paintLine(text: string, { nameTo, entries }: CommandLine): readonly (VNode | string)[] {
  return [
    <b key="name">{text.slice(0, nameTo)}</b>,
    text.slice(nameTo, entries[0]?.from ?? text.length),
    ...entries.flatMap(({ option, from, valueFrom, to }) => [
      <i key={option.name}>{text.slice(from, valueFrom)}</i>,
      text.slice(valueFrom, to),
    ]),
  ];
}
