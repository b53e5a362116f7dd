import type { BotState, Message, News, Notice, Person, Place, Viewer, VoicePlace } from './protocol.js';

/** The state of the page. */
export interface View {
  readonly server: string;
  readonly viewer: Viewer;
  readonly locales: readonly string[];
  readonly people: readonly Person[];
  readonly places: readonly Place[];
  readonly voice: readonly VoicePlace[];
  /** Oldest first. */
  readonly messages: readonly Message[];
  readonly notices: readonly Notice[];
  readonly bot: BotState;
}

/** Applies an event to the view; undefined until the first event with the complete state. */
export function hear(view: View | undefined, news: News): View | undefined {
  if (news.kind === 'all') return { ...news, notices: view?.notices ?? [] };
  if (view === undefined) return undefined;
  switch (news.kind) {
    case 'message': {
      const { message } = news;
      const isKnown = view.messages.some(({ id }) => id === message.id);
      const messages = isKnown
        ? view.messages.map((other) => (other.id === message.id ? message : other))
        : [...view.messages, message];
      return { ...view, messages };
    }
    case 'gone':
      return { ...view, messages: view.messages.filter(({ id }) => id !== news.messageId) };
    case 'voice':
      return { ...view, voice: news.voice };
    case 'bot':
      return { ...view, bot: news.bot };
    case 'notice':
      return { ...view, notices: [...view.notices, news.notice] };
  }
}
