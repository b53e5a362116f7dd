import { useEffect, useState } from 'preact/hooks';
import type { Entry, Typing } from './command-line.js';
import type { Perform } from './connection.js';
import type { Choice, Place, Value } from './protocol.js';

/** Pause in typing after which the bot is asked. */
const pauseMs = 150;

/** What the bot suggests for the option that is being typed; undefined until it has answered. */
export function useCompletion(
  perform: Perform,
  place: Place,
  typing: Typing | undefined,
  valueOf: (entry: Entry) => Value,
): readonly Choice[] | undefined {
  const [choices, setChoices] = useState<readonly Choice[]>();
  const asked = typing?.kind === 'value' && typing.entry.option.suggests ? typing : undefined;
  const focused = asked?.entry.option.name;
  useEffect(() => setChoices(undefined), [focused]);
  useEffect(() => {
    if (asked === undefined || focused === undefined) return undefined;
    let isCurrent = true;
    const others = asked.line.entries.filter(
      ({ option }) => option !== asked.entry.option && option.kind !== 'file',
    );
    const options = Object.fromEntries(others.map((entry) => [entry.option.name, valueOf(entry)]));
    const timer = setTimeout(() => {
      void perform({
        kind: 'complete',
        place: place.id,
        path: asked.line.command.path,
        options: { ...options, [focused]: asked.typed },
        focused,
      }).then((outcome) => {
        if (isCurrent) setChoices(outcome.choices ?? []);
      });
    }, pauseMs);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [place.id, focused, asked?.typed]);
  return choices;
}
