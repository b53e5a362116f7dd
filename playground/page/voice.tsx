import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Connection } from './connection.js';
import { Loudspeaker } from './loudspeaker.js';
import { Avatar } from './message.js';
import { usePage } from './page-context.js';

/** Time after the last audio until the page says that nothing is playing. */
const quietAfterMs = 1000;

/** The voice channel in which the viewer listens. */
interface Seat {
  readonly placeId: string;
  readonly isPlaying: boolean;
  readonly leaving: AbortController;
}

/** The voice channels with their members, and buttons to join and leave. */
export function VoicePlaces({ connection }: { readonly connection: Connection }): VNode {
  const { voice } = usePage().view;
  const { seat, refusal, join, leave } = useVoice(connection);
  return (
    <>
      <h2>Voice</h2>
      <ul>
        {voice.map((place) => {
          const isHere = seat?.placeId === place.id;
          return (
            <li key={place.id} class="voice-place">
              <button
                type="button"
                aria-pressed={isHere}
                title={isHere ? undefined : 'Join and listen'}
                onClick={() => (isHere ? undefined : join(place.id))}
              >
                <span aria-hidden="true">🔊</span> {place.name}
              </button>
              {place.status !== undefined && <p>{place.status}</p>}
              {isHere && <p role="status">{seat.isPlaying ? 'Music is playing' : 'Nothing is playing'}</p>}
              {place.people.length > 0 && (
                <ul aria-label={`In ${place.name}`}>
                  {place.people.map((person) => (
                    <li key={person.id}>
                      <span>
                        <Avatar person={person} /> {person.name}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
              {isHere && (
                <button type="button" class="leave" onClick={leave}>
                  Leave
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {refusal !== undefined && <p role="alert">{refusal}</p>}
    </>
  );
}

function useVoice(connection: Connection): {
  readonly seat: Seat | undefined;
  readonly refusal: string | undefined;
  readonly join: (placeId: string) => void;
  readonly leave: () => void;
} {
  const [seat, setSeat] = useState<Seat>();
  const [refusal, setRefusal] = useState<string>();
  const quiet = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => seat?.leaving.abort(), [seat?.leaving]);

  const join = (placeId: string): void => {
    const leaving = new AbortController();
    const loudspeaker = new Loudspeaker();
    const setPlaying = (isPlaying: boolean): void =>
      setSeat((now) =>
        now?.leaving === leaving && now.isPlaying !== isPlaying ? { ...now, isPlaying } : now,
      );
    const hear = (samples: Int16Array): void => {
      loudspeaker.play(samples);
      setPlaying(true);
      clearTimeout(quiet.current);
      quiet.current = setTimeout(() => setPlaying(false), quietAfterMs);
    };
    setSeat({ placeId, isPlaying: false, leaving });
    setRefusal(undefined);
    void connection.listen(placeId, hear, leaving.signal).then((reason) => {
      loudspeaker.stop();
      setRefusal(reason);
      setSeat((now) => (now?.leaving === leaving ? undefined : now));
    });
  };
  return { seat, refusal, join, leave: () => seat?.leaving.abort() };
}
