import {
  ComponentType,
  EmbedType,
  type APIAttachment,
  type APIEmbed,
  type APIMessageTopLevelComponent,
} from 'discord-api-types/v10';

type Attachments = readonly APIAttachment[];

const one = { min_values: 1, max_values: 1 };
/** Default values that Discord adds. */
const defaults: Readonly<Partial<Record<ComponentType, object>>> = {
  [ComponentType.StringSelect]: one,
  [ComponentType.UserSelect]: one,
  [ComponentType.RoleSelect]: one,
  [ComponentType.MentionableSelect]: one,
  [ComponentType.ChannelSelect]: one,
  [ComponentType.Container]: { accent_color: null, spoiler: false },
  [ComponentType.Separator]: { divider: true, spacing: 1 },
  [ComponentType.Thumbnail]: { description: null, spoiler: false },
  [ComponentType.File]: { spoiler: false },
};

const galleryItem = { description: null, spoiler: false };

/** Assigns IDs to components without one, as Discord does. */
export function number(components: readonly APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[] {
  const taken = new Set<unknown>();
  rewrite(components, (component) => {
    taken.add(component['id']);
    return component;
  });
  let next = 1;
  return rewrite(components, (component) => {
    if (!isComponent(component) || Number(component['id'] ?? 0) !== 0) return component;
    while (taken.has(next)) next += 1;
    return { ...component, id: next++ };
  });
}

/** Components as Discord returns them: complete, with URLs for `attachment://`. */
export function unfurlComponents(
  components: readonly APIMessageTopLevelComponent[],
  attachments: Attachments,
): APIMessageTopLevelComponent[] {
  const unfurl = (media: unknown): unknown =>
    isObject(media) ? { ...unfurlUrl(media, attachments), id: '0' } : media;
  return rewrite(components, (part) => {
    if (!isComponent(part)) {
      return 'media' in part ? { ...galleryItem, ...part, media: unfurl(part['media']) } : part;
    }
    const complete = { ...defaults[part.type], ...part };
    if (isObject(part['media'])) return { ...complete, media: unfurl(part['media']) };
    if (!isObject(part['file'])) return complete;
    const { name, size } = attachmentOf(part['file'], attachments);
    return { ...complete, name, size, file: unfurl(part['file']) };
  });
}

/** Embeds as Discord returns them. */
export function unfurlEmbeds(embeds: readonly APIEmbed[], attachments: Attachments): APIEmbed[] {
  const whole = embeds.map((embed) => ({ type: EmbedType.Rich, ...embed }));
  return rewrite(whole, (part) => unfurlUrl(part, attachments));
}

type Json = Record<string, unknown>;

/** Replaces every object in a structure, the inner ones first. */
function rewrite<T>(value: readonly T[], replace: (object: Json) => Json): T[] {
  const revive = (_key: string, part: unknown): unknown => (isObject(part) ? replace(part) : part);
  return JSON.parse(JSON.stringify(value), revive) as T[];
}

function unfurlUrl(media: Json, attachments: Attachments): Json {
  const { url } = attachmentOf(media, attachments);
  return url === null ? media : { ...media, url, proxy_url: url };
}

/** The attachment that a URL refers to; all fields are null if there is none. */
function attachmentOf(
  { url }: Json,
  attachments: Attachments,
): Record<'url' | 'name' | 'size', string | number | null> {
  const found = attachments.find(({ filename }) => url === `attachment://${filename}`);
  return { url: found?.url ?? null, name: found?.filename ?? null, size: found?.size ?? null };
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isComponent(value: Json): value is Json & { readonly type: ComponentType } {
  return typeof value['type'] === 'number';
}
