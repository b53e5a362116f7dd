import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { File, PictureView } from './files.js';
import { Markdown } from './markdown-view.js';
import { MenuView } from './menu.js';
import type { Button, Message, Part } from './protocol.js';
import { usePage } from './page-context.js';

/** The components of a message. */
export function Parts({
  parts,
  message,
}: {
  readonly parts: readonly Part[];
  readonly message: Message;
}): VNode {
  return (
    <>
      {parts.map((part, index) => (
        <PartView key={index} part={part} message={message} />
      ))}
    </>
  );
}

function PartView({ part, message }: { readonly part: Part; readonly message: Message }): VNode {
  switch (part.kind) {
    case 'row':
      return (
        <div class="row">
          {part.parts.map((child) =>
            child.kind === 'button' ? (
              <ButtonView key={child.customId ?? child.url} button={child} message={message} />
            ) : (
              <MessageMenu key={child.customId} menu={child} message={message} />
            ),
          )}
        </div>
      );
    case 'text':
      return <Markdown text={part.text} />;
    case 'section':
      return (
        <div class="section">
          <div>
            {part.texts.map((text, index) => (
              <Markdown key={index} text={text} />
            ))}
          </div>
          {part.beside.kind === 'button' ? (
            <ButtonView button={part.beside} message={message} />
          ) : (
            <div class="thumbnail">
              <PictureView picture={part.beside.picture} />
            </div>
          )}
        </div>
      );
    case 'gallery':
      return (
        <div class={part.pictures.length > 1 ? 'gallery several' : 'gallery'}>
          {part.pictures.map((picture) => (
            <PictureView key={picture.url} picture={picture} hasAlt />
          ))}
        </div>
      );
    case 'file':
      return <File file={part.file} />;
    case 'separator':
      return <hr class={`${part.line ? '' : 'blank'} ${part.large ? 'large' : ''}`} />;
    case 'container':
      return (
        <div class="container" style={part.color && { borderInlineStartColor: part.color }}>
          <Parts parts={part.parts} message={message} />
        </div>
      );
  }
}

function ButtonView({ button, message }: { readonly button: Button; readonly message: Message }): VNode {
  const { act } = usePage();
  const [isBusy, setBusy] = useState(false);
  const { customId, url = '', style, emoji, label, isDisabled } = button;
  const face = (
    <>
      {emoji && <span class="emoji">{emoji}</span>}
      {label}
    </>
  );
  if (customId === undefined) {
    return (
      <a class={`button ${style}`} href={url} target="_blank" rel="noreferrer">
        {face} <span aria-hidden="true">↗</span>
      </a>
    );
  }
  const press = (): void => {
    setBusy(true);
    void act({ kind: 'press', message: message.id, customId }).finally(() => setBusy(false));
  };
  return (
    <button
      type="button"
      class={`button ${style}`}
      disabled={isDisabled || isBusy}
      aria-busy={isBusy}
      onClick={press}
    >
      {face}
    </button>
  );
}

function MessageMenu({
  menu,
  message,
}: {
  readonly menu: Parameters<typeof MenuView>[0]['menu'];
  readonly message: Message;
}): VNode {
  const { act } = usePage();
  return (
    <MenuView
      menu={menu}
      label={menu.placeholder || 'Make a selection'}
      onChoose={(values) =>
        void act({ kind: 'choose', message: message.id, customId: menu.customId, values })
      }
    />
  );
}
