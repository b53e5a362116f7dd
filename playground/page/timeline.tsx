import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { MessageView } from './message.js';
import type { Message, Place, Viewer } from './protocol.js';
import { usePage } from './page-context.js';

/** Distance from the end within which the view keeps following, in CSS pixels. */
const nearEnd = 80;

/**
 * The messages of a channel, with notices. Scrolls along while it is at the end, and to the end when the
 * viewer adds something.
 */
export function Timeline({ place }: { readonly place: Place }): VNode {
  const { view, write } = usePage();
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLOListElement>(null);
  const isAtEnd = useRef(true);
  const lastTop = useRef(0);

  const messages = view.messages.filter(({ id, placeId }) => placeId === place.id && !dismissed.has(id));
  const items = [
    ...messages.map((message) => ({ at: message.at, message })),
    ...view.notices.map((notice) => ({ at: notice.at, notice })),
  ].sort((a, b) => a.at - b.at);

  const follow = (): void => {
    const element = scroller.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  };
  useLayoutEffect(() => {
    isAtEnd.current = true;
  }, [place.id]);
  const newest = messages.at(-1);
  useLayoutEffect(() => {
    if (newest && isOf(newest, view.viewer)) isAtEnd.current = true;
  }, [newest?.id]);
  useLayoutEffect(follow);
  useEffect(() => {
    // Images and players load after their messages.
    const observer = new ResizeObserver(follow);
    if (content.current) observer.observe(content.current);
    if (scroller.current) observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);

  const onScroll = (): void => {
    const { scrollTop, clientHeight, scrollHeight } = scroller.current!;
    // Content that grew since the page scrolled itself does not stop the following; scrolling up does.
    const isFollowing = isAtEnd.current && scrollTop >= lastTop.current;
    isAtEnd.current = isFollowing || scrollHeight - scrollTop - clientHeight < nearEnd;
    lastTop.current = scrollTop;
  };
  return (
    <main class="timeline" ref={scroller} onScroll={onScroll} tabIndex={0} aria-label="Messages">
      {items.length === 0 && <Welcome place={place} onTry={write} />}
      <ol ref={content} aria-live="polite">
        {items.map((item) =>
          'message' in item ? (
            <MessageView
              key={item.message.id}
              message={item.message}
              onDismiss={() => setDismissed(new Set([...dismissed, item.message.id]))}
            />
          ) : (
            <li key={item.at} class="notice" role="note">
              {item.notice.text}
            </li>
          ),
        )}
      </ol>
    </main>
  );
}

/** Whether someone wrote a message, requested it, or is the only one who can see it. */
function isOf({ author, origin, isPrivate }: Message, { id }: Viewer): boolean {
  return isPrivate || author.id === id || (origin?.kind === 'command' && origin.by.id === id);
}

function Welcome({ place, onTry }: { readonly place: Place; readonly onTry: (text: string) => void }): VNode {
  const commands = place.commands.filter(({ kind }) => kind === 'slash');
  return (
    <section class="welcome">
      <h2>{place.kind === 'direct' ? place.name : `# ${place.name}`}</h2>
      <p>
        A Discord on your own machine, with the real bot in it. Type <kbd>/</kbd> to see what it can do, or
        start with one of these:
      </p>
      <ul>
        {commands.map(({ path, title, description }) => (
          <li key={path}>
            <button type="button" class="mention" onClick={() => onTry(`/${title} `)}>
              /{title}
            </button>{' '}
            {description}
          </li>
        ))}
      </ul>
    </section>
  );
}
