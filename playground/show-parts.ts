import {
  ButtonStyle,
  ComponentType,
  SeparatorSpacingSize,
  type APIAttachment,
  type APIButtonComponent,
  type APIMessageComponent,
  type APIMessageComponentEmoji,
  type APISectionComponent,
  type APISelectMenuComponent,
  type APISelectMenuOption,
} from 'discord-api-types/v10';
import type { Button, Menu, MenuOption, Part, Thumbnail } from './page/protocol.js';
import { showFile, showPicture } from './show-file.js';

const styles: Readonly<Record<ButtonStyle, Button['style']>> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: 'link',
  [ButtonStyle.Premium]: 'primary',
};

/** The components of a message as the page shows them. */
export function showParts(
  components: readonly APIMessageComponent[],
  attachments: readonly APIAttachment[],
): readonly Part[] {
  return components.flatMap((component) => showPart(component, attachments) ?? []);
}

function showPart(component: APIMessageComponent, attachments: readonly APIAttachment[]): Part | undefined {
  switch (component.type) {
    case ComponentType.ActionRow:
      return {
        kind: 'row',
        parts: component.components.map((child) =>
          child.type === ComponentType.Button ? showButton(child) : showMenu(child),
        ),
      };
    case ComponentType.TextDisplay:
      return { kind: 'text', text: component.content };
    case ComponentType.Section:
      return {
        kind: 'section',
        texts: component.components.map(({ content }) => content),
        beside: showAccessory(component.accessory),
      };
    case ComponentType.MediaGallery:
      return {
        kind: 'gallery',
        pictures: component.items.map(({ media, description }) => showPicture(media.url, description)),
      };
    case ComponentType.File: {
      const attachment = attachments.find(({ url }) => url === component.file.url);
      return attachment && { kind: 'file', file: showFile(attachment) };
    }
    case ComponentType.Separator:
      return {
        kind: 'separator',
        line: component.divider ?? true,
        large: component.spacing === SeparatorSpacingSize.Large,
      };
    case ComponentType.Container:
      return {
        kind: 'container',
        ...(component.accent_color == null ? {} : { color: hexColor(component.accent_color) }),
        parts: showParts(component.components, attachments),
      };
    default:
      return undefined;
  }
}

/** @returns `#rrggbb` */
export function hexColor(color: number): string {
  return `#${color.toString(16).padStart(6, '0')}`;
}

function showAccessory(accessory: APISectionComponent['accessory']): Button | Thumbnail {
  if (accessory.type === ComponentType.Button) return showButton(accessory);
  return { kind: 'thumbnail', picture: showPicture(accessory.media.url, accessory.description) };
}

function showButton(button: APIButtonComponent): Button {
  const { emoji } = 'emoji' in button ? button : {};
  return {
    kind: 'button',
    style: styles[button.style],
    label: ('label' in button ? button.label : undefined) ?? '',
    ...(emoji === undefined ? {} : { emoji: showEmoji(emoji) }),
    isDisabled: button.disabled ?? false,
    ...('custom_id' in button ? { customId: button.custom_id } : {}),
    ...('url' in button ? { url: button.url } : {}),
  };
}

export function showMenu(menu: APISelectMenuComponent): Menu {
  const { custom_id: customId, placeholder = '', min_values: min = 1, max_values: max = 1 } = menu;
  return {
    kind: 'menu',
    of: menuOf(menu.type),
    customId,
    placeholder,
    min,
    max,
    isDisabled: menu.disabled ?? false,
    options: menu.type === ComponentType.StringSelect ? menu.options.map(showMenuOption) : [],
  };
}

function menuOf(type: APISelectMenuComponent['type']): Menu['of'] {
  switch (type) {
    case ComponentType.StringSelect:
      return 'options';
    case ComponentType.ChannelSelect:
      return 'channels';
    case ComponentType.RoleSelect:
      return 'roles';
    case ComponentType.UserSelect:
    case ComponentType.MentionableSelect:
      return 'people';
  }
}

/** An option of a menu or of a group of radio buttons or checkboxes. */
export function showMenuOption({
  label,
  value,
  description,
  emoji,
  default: isDefault = false,
}: Pick<APISelectMenuOption, 'label' | 'value' | 'description' | 'emoji' | 'default'>): MenuOption {
  return {
    label,
    value,
    ...(description === undefined ? {} : { description }),
    ...(emoji === undefined ? {} : { emoji: showEmoji(emoji) }),
    isDefault,
  };
}

/** Custom emoji of a server are images on Discord's own machines: only their name is shown. */
function showEmoji({ id, name }: APIMessageComponentEmoji): string {
  return id === undefined ? (name ?? '') : `:${name ?? 'emoji'}:`;
}
