import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { EmbedView } from './embed.js';
import { Files } from './files.js';
import { InlineMarkdown, Markdown } from './markdown-view.js';
import { Parts } from './parts.js';
import type { Message, Origin, Person } from './protocol.js';
import { usePage } from './page-context.js';
import { formatTime } from './time.js';

/** @param onDismiss for messages that only the viewer sees */
export function MessageView({
  message,
  onDismiss,
}: {
  readonly message: Message;
  readonly onDismiss: () => void;
}): VNode {
  const { view } = usePage();
  const { author, at, origin, text, embeds, files, parts } = message;
  const classes = ['message', message.mentionsViewer ? 'mentioned' : '', message.isPrivate ? 'private' : ''];
  return (
    <li class={classes.join(' ')} data-message={message.id}>
      <article aria-label={`Message by ${author.name}`}>
        {origin && <OriginView origin={origin} />}
        <Avatar person={author} />
        <div class="body">
          <header>
            <span class="author">{author.name}</span>
            {author.isBot && <span class="badge">APP</span>}
            <time
              dateTime={new Date(at).toISOString()}
              title={formatTime(at / 1000, 'F', view.viewer.locale)}
            >
              {formatTime(at / 1000, 't', view.viewer.locale)}
            </time>
            {message.isEdited && <span class="edited">(edited)</span>}
          </header>
          {message.isThinking && <Thinking name={author.name} />}
          {text !== '' && <Markdown text={text} />}
          {embeds.map((embed, index) => (
            <EmbedView key={index} embed={embed} />
          ))}
          <Files files={files} />
          <Parts parts={parts} message={message} />
          {message.isPrivate && (
            <p class="aside">
              Only you can see this ·{' '}
              <button type="button" class="link" onClick={onDismiss}>
                Dismiss message
              </button>
            </p>
          )}
        </div>
        {!message.isThinking && <Actions message={message} />}
      </article>
    </li>
  );
}

export function Avatar({ person: { name, isBot } }: { readonly person: Person }): VNode {
  if (isBot) return <img class="avatar" src="/bot.svg" alt="" />;
  const hue = Array.from(name).reduce((sum, character) => (sum * 31 + character.codePointAt(0)!) % 360, 0);
  return (
    <span class="avatar" style={{ backgroundColor: `hsl(${hue} 38% 42%)` }} aria-hidden="true">
      {name.charAt(0)}
    </span>
  );
}

function OriginView({ origin }: { readonly origin: Origin }): VNode {
  const { write } = usePage();
  if (origin.kind === 'command') {
    const { by, command } = origin;
    return (
      <p class="origin">
        <Avatar person={by} />
        <strong>{by.name}</strong> used{' '}
        {command.startsWith('/') ? (
          <button type="button" class="mention" title={`Write ${command}`} onClick={() => write(command)}>
            {command}
          </button>
        ) : (
          <span class="mention">{command}</span>
        )}
      </p>
    );
  }
  const { by, excerpt } = origin;
  return (
    <p class="origin">
      {by && <Avatar person={by} />}
      {by && <strong>{by.name}</strong>} <InlineMarkdown text={excerpt} />
    </p>
  );
}

function Thinking({ name }: { readonly name: string }): VNode {
  return (
    <p class="thinking">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>{' '}
      {name} is thinking…
    </p>
  );
}

/** Reply, the bot's commands for messages, and delete. */
function Actions({ message }: { readonly message: Message }): VNode | null {
  const { view, act, replyTo } = usePage();
  const [isOpen, setOpen] = useState(false);
  const place = view.places.find(({ id }) => id === message.placeId);
  const commands = place?.commands.filter(({ kind }) => kind === 'message') ?? [];
  const choose = (what: () => void) => (): void => {
    setOpen(false);
    what();
  };
  if (message.isPrivate) return null;
  return (
    <div
      class={isOpen ? 'actions open' : 'actions'}
      onKeyDown={({ key }) => {
        if (key === 'Escape') setOpen(false);
      }}
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget as Node | null)) setOpen(false);
      }}
    >
      <button
        type="button"
        aria-label="Message actions"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        ⋯
      </button>
      {isOpen && (
        <div role="menu">
          <button type="button" role="menuitem" onClick={choose(() => replyTo(message))}>
            Reply
          </button>
          {commands.length > 0 && <p>Apps</p>}
          {commands.map(({ path, title }) => (
            <button
              key={path}
              type="button"
              role="menuitem"
              onClick={choose(() => void act({ kind: 'apply', message: message.id, command: path }))}
            >
              {title}
            </button>
          ))}
          {message.mayDelete && (
            <button
              type="button"
              role="menuitem"
              class="danger"
              onClick={choose(() => void act({ kind: 'delete', message: message.id }))}
            >
              Delete message
            </button>
          )}
        </div>
      )}
    </div>
  );
}
