import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Composer } from './composer.js';
import type { Connection } from './connection.js';
import { ModalView } from './modal.js';
import { hear, type View } from './news.js';
import type { BotState, Message, Modal, Place } from './protocol.js';
import { PageContext, type Page } from './page-context.js';
import { Sidebar } from './sidebar.js';
import { Timeline } from './timeline.js';

const botStates: Readonly<Record<BotState, string>> = {
  starting: 'The bot is starting …',
  online: 'The bot is online',
  offline: 'The bot is offline',
};

export function App({ connection }: { readonly connection: Connection }): VNode {
  const [view, setView] = useState<View>();
  const [isOpen, setOpen] = useState(true);
  useEffect(() => {
    return connection.follow((news) => setView((before) => hear(before, news)), setOpen);
  }, [connection]);
  if (view === undefined)
    return <p class="waiting">{isOpen ? 'Opening the playground …' : 'The playground does not answer.'}</p>;
  return <Shell connection={connection} view={view} isConnected={isOpen} />;
}

function Shell({
  connection,
  view,
  isConnected,
}: {
  readonly connection: Connection;
  readonly view: View;
  readonly isConnected: boolean;
}): VNode {
  const [placeId, setPlaceId] = useState<string>();
  const [isMenuOpen, setMenuOpen] = useState(false);
  const burger = useRef<HTMLButtonElement>(null);
  const [text, setText] = useState('');
  const [reply, setReply] = useState<Message>();
  const [refusal, setRefusal] = useState('');
  const [modal, setModal] = useState<Modal>();
  const place = view.places.find(({ id }) => id === placeId) ?? view.places[0]!;
  const page: Page = {
    view,
    act: async (act, files) => {
      setRefusal('');
      const outcome = await connection.perform(act, files);
      setRefusal(outcome.refusal ?? '');
      if (outcome.modal) setModal(outcome.modal);
      return outcome;
    },
    write: setText,
    replyTo: setReply,
  };
  const open = (next: Place): void => {
    setPlaceId(next.id);
    setMenuOpen(false);
    setReply(undefined);
    setRefusal('');
  };
  const state = isConnected ? view.bot : 'offline';
  return (
    <PageContext.Provider value={page}>
      <div
        class={isMenuOpen ? 'shell menu-open' : 'shell'}
        onKeyDown={({ key }) => {
          if (key !== 'Escape' || !isMenuOpen) return;
          setMenuOpen(false);
          burger.current?.focus();
        }}
      >
        <Sidebar connection={connection} place={place} onOpen={open} />
        <section class="place">
          <header class="head">
            <button
              ref={burger}
              type="button"
              class="burger"
              aria-label="Places and people"
              aria-expanded={isMenuOpen}
              onClick={() => setMenuOpen(!isMenuOpen)}
            >
              ☰
            </button>
            <h2>
              <span aria-hidden="true">{place.kind === 'direct' ? '@' : '#'}</span> {place.name}
            </h2>
            <p class={`state ${state}`} role="status">
              {isConnected ? botStates[view.bot] : 'Not connected'}
            </p>
          </header>
          <Timeline place={place} />
          <Composer
            key={place.id}
            place={place}
            text={text}
            onText={setText}
            perform={connection.perform}
            reply={reply}
            onReplyEnd={() => setReply(undefined)}
            refusal={refusal}
            onRefusal={setRefusal}
          />
        </section>
      </div>
      {modal && (
        <ModalView
          key={modal.id}
          modal={modal}
          onClose={() => setModal(undefined)}
          onSubmit={async (values, files) => {
            const outcome = await connection.perform({ kind: 'submit', modal: modal.id, values }, files);
            if (outcome.refusal === undefined) setModal(outcome.modal);
            return outcome;
          }}
        />
      )}
    </PageContext.Provider>
  );
}
