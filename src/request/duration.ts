/** A number of minutes, of seconds, or both, in the words of six languages. */
const inWords = new RegExp(
  '^(?:(\\d+(?:[.,]\\d+)?)\\s*(?:m|min|mins|minuten?|minutes?|minutos?|м|мин|минут[аы]?|分間?)\\.?)?\\s*' +
    '(?:(\\d+(?:[.,]\\d+)?)\\s*(?:s|sec|secs|sek|seg|seconds?|secondes?|sekunden?|segundos?|с|сек|секунд[аы]?|秒間?)\\.?)?$',
  'u',
);

/**
 * Parses a duration as people write it: `0:45`, `90`, `90 s`, `2 min`, `1 min 30 s`.
 * @returns whole seconds; undefined if it is invalid
 */
export function parseDuration(text: string): number | undefined {
  const written = text.trim().toLowerCase();
  const [, minutes, seconds] = /^(\d+):([0-5]?\d)$/.exec(written) ?? [];
  if (minutes !== undefined) return 60 * Number(minutes) + Number(seconds);
  if (/^\d+(?:[.,]\d+)?$/.test(written)) return Math.round(numberOf(written));
  const [, inMinutes, inSeconds] = inWords.exec(written) ?? [];
  if (inMinutes === undefined && inSeconds === undefined) return undefined;
  return Math.round(60 * numberOf(inMinutes ?? '0') + numberOf(inSeconds ?? '0'));
}

/** Formats a duration as `1:30`. */
export function formatDuration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.round(seconds % 60)).padStart(2, '0')}`;
}

function numberOf(written: string): number {
  return Number(written.replace(',', '.'));
}
