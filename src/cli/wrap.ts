/** What precedes the text of a long line; its continuation lines are indented to align with it. */
const lead = /^(?: *\S+(?: \S+)* {2,}(?=\S)| *)/;

/** Breaks lines at spaces so that none exceeds `columns` characters, unless a word is longer. */
export function wrap(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) => wrapLine(line, Math.max(40, columns)))
    .join('\n');
}

function wrapLine(line: string, columns: number): readonly string[] {
  if (line.length <= columns) return [line];
  const [start] = lead.exec(line)!;
  const indent = ' '.repeat(Math.min(start.length, columns - 20));
  const lines = [start];
  for (const word of line.slice(start.length).split(' ')) {
    const last = lines.at(-1)!;
    const isFirst = last === start || last === indent;
    if (!isFirst && last.length + 1 + word.length > columns) lines.push(indent + word);
    else lines[lines.length - 1] = isFirst ? last + word : `${last} ${word}`;
  }
  return lines;
}
