/** Untrusted text, made plain: no formatting, link, mention or line break. */
export function plainText(text: string, maxLength = 100): string {
  return oneLine(text, maxLength)
    .replace(/[\\*_~`|<>@#[\]]/g, '\\$&')
    .replaceAll('://', ':\\//');
}

/** A name formatted as code, whatever characters it contains. */
export function codeText(text: string, maxLength = 100): string {
  return `\`${oneLine(text, maxLength).replaceAll('`', '’')}\``;
}

/** @param maxLength in code points */
function oneLine(text: string, maxLength: number): string {
  const line = text.replace(/[\p{Control}\p{Format}\p{Surrogate}\s]+/gu, ' ').trim();
  const points = Array.from(line);
  return points.length <= maxLength ? line : `${points.slice(0, maxLength - 1).join('')}…`;
}
