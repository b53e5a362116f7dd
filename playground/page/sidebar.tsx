import type { VNode } from 'preact';
import type { Connection } from './connection.js';
import { Avatar } from './message.js';
import type { Place } from './protocol.js';
import { usePage } from './page-context.js';
import { themes, useTheme } from './theme.js';
import { VoicePlaces } from './voice.js';

/** Channels, people, and the theme. */
export function Sidebar({
  connection,
  place,
  onOpen,
}: {
  readonly connection: Connection;
  readonly place: Place;
  readonly onOpen: (place: Place) => void;
}): VNode {
  const { server, places } = usePage().view;
  const list = (kind: Place['kind']): VNode => (
    <ul>
      {places
        .filter((one) => one.kind === kind)
        .map((one) => (
          <li key={one.id}>
            <button
              type="button"
              aria-current={one.id === place.id ? 'page' : undefined}
              onClick={() => onOpen(one)}
            >
              {kind === 'direct' ? (
                <Avatar person={{ ...one, isBot: true }} />
              ) : (
                <span aria-hidden="true">#</span>
              )}{' '}
              {one.name}
            </button>
          </li>
        ))}
    </ul>
  );
  return (
    <nav class="sidebar" aria-label="Places and people">
      <h1>{server}</h1>
      {list('channel')}
      <VoicePlaces connection={connection} />
      <h2>Direct messages</h2>
      {list('direct')}
      <People />
    </nav>
  );
}

function People(): VNode {
  const { view, act } = usePage();
  const { viewer, people, locales } = view;
  const [theme, setTheme] = useTheme();
  const become = (change: { readonly managesServer?: boolean; readonly locale?: string }): void => {
    const { managesServer, locale } = viewer;
    void act({ kind: 'become', managesServer, locale, ...change });
  };
  return (
    <section class="people">
      <h2>You are</h2>
      <ul>
        {people
          .filter(({ isBot }) => !isBot)
          .map((person) => (
            <li key={person.id}>
              <a
                href={`?user=${encodeURIComponent(person.name)}`}
                aria-current={person.id === viewer.id ? 'true' : undefined}
              >
                <Avatar person={person} /> {person.name}
              </a>
            </li>
          ))}
      </ul>
      <label>
        <input
          type="checkbox"
          checked={viewer.managesServer}
          onChange={({ currentTarget: { checked } }) => become({ managesServer: checked })}
        />{' '}
        Manage Server
      </label>
      {locales.length > 1 && (
        <label>
          Language
          <select
            value={viewer.locale}
            onChange={({ currentTarget: { value } }) => become({ locale: value })}
          >
            {locales.map((locale) => (
              <option key={locale} value={locale}>
                {new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        Theme
        <select
          value={theme}
          onChange={({ currentTarget: { value } }) =>
            setTheme(themes.find((name) => name === value) ?? 'system')
          }
        >
          {themes.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </section>
  );
}
