import type { TargetedEvent, TargetedKeyboardEvent, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { parseCommandLine, typingAt, valueOf, withMentions, type Entry } from './command-line.js';
import type { Perform } from './connection.js';
import { Avatar } from './message.js';
import { Paint } from './paint.js';
import type { Message, Option, Place, Value } from './protocol.js';
import { usePage } from './page-context.js';
import { suggest, type Suggestion } from './suggestions.js';
import { useCompletion } from './completion.js';

/** A file attached to an option, or to the message. */
interface Attached {
  readonly part: string;
  readonly file: File;
  readonly option?: string;
}

interface Props {
  readonly place: Place;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly perform: Perform;
  readonly reply: Message | undefined;
  readonly onReplyEnd: () => void;
  /** Error message of the last action. */
  readonly refusal: string;
  readonly onRefusal: (refusal: string) => void;
}

let parts = 0;

/** The input for messages and commands, with a list of suggestions. */
export function Composer(props: Props): VNode {
  const { place, text, onText, perform, reply, onReplyEnd, refusal, onRefusal } = props;
  const { view, act } = usePage();
  const field = useRef<HTMLTextAreaElement>(null);
  const chooser = useRef<HTMLInputElement>(null);
  /** The option that the file chooser was opened for. */
  const chooserOption = useRef<string | undefined>(undefined);
  /** Caret position to set after the text has changed. */
  const wantedCaret = useRef<number | undefined>(undefined);
  const [caret, setCaret] = useState(0);
  const [active, setActive] = useState(-1);
  const [isListOpen, setListOpen] = useState(false);
  const [attached, setAttached] = useState<readonly Attached[]>([]);
  const [picked, setPicked] = useState<ReadonlyMap<string, { name: string; value: string | number }>>(
    new Map(),
  );
  const [last, setLast] = useState('');

  const line = parseCommandLine(text, place.commands);
  const typing = isListOpen ? typingAt(text, caret, place.commands) : undefined;
  const completion = useCompletion(perform, place, typing, (entry) => entryValue(entry));
  const suggestions = typing && suggest(typing, caret, place.commands, view, completion);
  const list = suggestions?.list ?? [];
  // While a command's name is incomplete, its first match is selected, because Enter could not send it.
  const current = active < 0 && typing?.kind === 'command' && line === undefined ? 0 : active;

  // A layout effect, so that it runs before the next key press: a passive effect would undo the choice of a
  // quick arrow key.
  useLayoutEffect(() => setActive(-1), [text, caret]);
  useLayoutEffect(() => {
    // If the text was set elsewhere, for example by a button, the caret moves to its end.
    if (text !== '' && document.activeElement !== field.current) wantedCaret.current ??= text.length;
  }, [text]);
  useLayoutEffect(() => {
    const position = wantedCaret.current;
    if (position === undefined) return;
    wantedCaret.current = undefined;
    field.current!.focus();
    field.current!.setSelectionRange(position, position);
    setCaret(position);
    setListOpen(true);
  });

  function change(next: string, position: number): void {
    wantedCaret.current = position;
    onText(next);
    onRefusal('');
    setCaret(position);
  }

  function accept(suggestion: Suggestion): void {
    const { from, to, text: replacement, picks, choosesFile } = suggestion;
    if (picks) setPicked(new Map(picked).set(picks.option, { name: replacement.trim(), value: picks.value }));
    change(text.slice(0, from) + replacement + text.slice(to).trimStart(), from + replacement.length);
    if (choosesFile) chooseFile(choosesFile);
  }

  function chooseFile(option?: Option): void {
    const target = option ?? line?.command.options.find(({ kind }) => kind === 'file');
    chooserOption.current = target?.name;
    chooser.current!.accept = (target?.fileTypes ?? [])
      .map((type) => (type.startsWith('.') ? type : `${type}/*`))
      .join(',');
    chooser.current!.multiple = target === undefined;
    chooser.current!.click();
  }

  /** @param name of the option; by default the command's first file option, if any */
  function attach(files: readonly File[], name?: string): void {
    const option = line?.command.options.find((candidate) =>
      name === undefined ? candidate.kind === 'file' : candidate.name === name,
    );
    if (option === undefined) {
      setAttached([...attached, ...files.map((file) => ({ part: `file-${parts++}`, file }))]);
      field.current!.focus();
      return;
    }
    const [file] = files;
    if (file === undefined) return;
    const others = attached.filter((one) => one.option !== option.name);
    setAttached([...others, { part: `file-${parts++}`, file, option: option.name }]);
    const entry = line?.entries.find((candidate) => candidate.option === option);
    const before = entry ? text.slice(0, entry.valueFrom) : `${text.trimEnd()} ${option.title}:`;
    const start = `${before}${file.name} `;
    change(start + (entry ? text.slice(entry.to) : ''), start.length);
  }

  function entryValue(entry: Entry): Value {
    const { option, value } = entry;
    if (option.kind === 'file') {
      return { files: attached.filter((one) => one.option === option.name).map(({ part }) => part) };
    }
    const pick = picked.get(option.name);
    return valueOf(entry, pick?.name === value ? pick.value : undefined, view);
  }

  async function send(): Promise<void> {
    const files = Object.fromEntries(attached.map(({ part, file }) => [part, file]));
    if (text.trim() === '' && attached.length === 0) return;
    if (text.startsWith('/') && line === undefined) {
      onRefusal(`There is no command ${text.split(' ')[0]!} here.`);
      return;
    }
    const lacking = line?.entries.find((entry) => isWithoutFile(entry));
    if (lacking) {
      onRefusal(`Choose a file for ${lacking.option.title}.`);
      return;
    }
    if (line !== undefined && line.stray !== '') {
      onRefusal(`“${line.stray}” belongs to no option.`);
      return;
    }
    setLast(text);
    setListOpen(false);
    onText('');
    const outcome = await (line === undefined
      ? act(
          {
            kind: 'say',
            place: place.id,
            text: withMentions(text.trim(), view),
            files: attached.filter(({ option }) => option === undefined).map(({ part }) => part),
            ...(reply ? { replyTo: reply.id } : {}),
          },
          files,
        )
      : act(
          {
            kind: 'use',
            place: place.id,
            path: line.command.path,
            options: Object.fromEntries(line.entries.map((entry) => [entry.option.name, entryValue(entry)])),
          },
          files,
        ));
    if (outcome.refusal === undefined) {
      setAttached([]);
      setPicked(new Map());
      onReplyEnd();
    } else {
      onText(text);
    }
  }

  function isWithoutFile({ option }: Entry): boolean {
    return option.kind === 'file' && !attached.some((one) => one.option === option.name);
  }

  function onKeyDown(event: TargetedKeyboardEvent<HTMLTextAreaElement>): void {
    if (event.isComposing) return;
    const chosen = list[event.key === 'Tab' ? Math.max(0, current) : current];
    if (event.key === 'ArrowUp' && text === '' && last !== '') change(last, last.length);
    else if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && list.length > 0) {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((Math.max(current, step > 0 ? -1 : 0) + step + list.length) % list.length);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen && !event.shiftKey) accept(chosen);
    else if (event.key === 'Enter' && !event.shiftKey) void send();
    else if (event.key === 'Escape' && isListOpen) setListOpen(false);
    else if (event.key === 'Escape') onReplyEnd();
    else return;
    event.preventDefault();
  }

  const onInput = ({ currentTarget }: TargetedEvent<HTMLTextAreaElement>): void =>
    change(currentTarget.value, currentTarget.selectionStart);
  const shown = attached.filter(
    ({ option }) => option === undefined || line?.entries.some((entry) => entry.option.name === option),
  );
  const whatToWrite = place.kind === 'direct' ? `Message @${place.name}` : `Message #${place.name}`;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        attach([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {refusal !== '' && (
        <p class="refusal" role="alert">
          {refusal}
        </p>
      )}
      {suggestions && suggestions.heading !== '' && (
        <section class="suggestions" aria-label="Suggestions">
          <h2>{suggestions.heading}</h2>
          {list.length > 0 && (
            <ul id="suggestions" role="listbox" aria-label={suggestions.heading}>
              {list.map((suggestion, index) => (
                <li
                  key={suggestion.title}
                  id={`suggestion-${index}`}
                  role="option"
                  aria-selected={index === current}
                  ref={(element) => {
                    if (index === current) element?.scrollIntoView({ block: 'nearest' });
                  }}
                  onPointerDown={(event) => event.preventDefault()}
                  onClick={() => accept(suggestion)}
                >
                  <b>{suggestion.title}</b> <span>{suggestion.detail}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      {reply && (
        <p class="bar">
          Replying to <strong>{reply.author.name}</strong>
          <button type="button" aria-label="Do not reply" onClick={onReplyEnd}>
            ✕
          </button>
        </p>
      )}
      {shown.length > 0 && (
        <ul class="attached" aria-label="Files to send">
          {shown.map(({ part, file, option }) => (
            <li key={part}>
              {option && <b>{option}</b>}{' '}
              <span class="name" title={file.name}>
                {file.name}
              </span>
              <button
                type="button"
                aria-label={`Remove ${file.name}`}
                onClick={() => setAttached(attached.filter((one) => one.part !== part))}
              >
                ✕
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="line">
        <span class="writer" title={`You write as ${view.viewer.name}`}>
          <Avatar person={view.viewer} />
        </span>
        <button type="button" class="attach" aria-label="Attach a file" onClick={() => chooseFile()}>
          +
        </button>
        <input
          ref={chooser}
          type="file"
          hidden
          onChange={({ currentTarget }) => {
            attach([...(currentTarget.files ?? [])], chooserOption.current);
            currentTarget.value = '';
          }}
        />
        <div class="text">
          <Paint text={text} line={line} />
          <textarea
            ref={field}
            rows={1}
            value={text}
            placeholder={whatToWrite}
            aria-label={whatToWrite}
            aria-autocomplete="list"
            aria-controls="suggestions"
            aria-activedescendant={current >= 0 && list.length > 0 ? `suggestion-${current}` : undefined}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            onInput={onInput}
            onKeyDown={onKeyDown}
            onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
            onFocus={() => setListOpen(true)}
            onBlur={() => setListOpen(false)}
            onPaste={(event) => {
              const files = [...(event.clipboardData?.files ?? [])];
              if (files.length === 0) return;
              event.preventDefault();
              attach(files);
            }}
          />
        </div>
        <button
          type="submit"
          class="send"
          aria-label="Send"
          disabled={text.trim() === '' && attached.length === 0}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 20.5V14l10-2-10-2V3.5L21.5 12z" />
          </svg>
        </button>
      </div>
    </form>
  );
}
