import { ButtonStyle, ComponentType, TextInputStyle } from 'discord-api-types/v10';
import type { Form, Limits } from './form.js';

const required: Limits = { required: true };
const customId: Limits = { required: true, min: 1, max: 100 };

/** Shared state of the components of one message or modal. */
interface Surface {
  /** File names that `attachment://` may refer to. */
  readonly fileNames: ReadonlySet<string>;
  readonly customIds: Set<string>;
  readonly ids: Set<number>;
  components: number;
  /** Total length of all text displays. */
  characters: number;
}

type Check = (component: Form, surface: Surface) => void;

const selects = [
  ComponentType.StringSelect,
  ComponentType.UserSelect,
  ComponentType.RoleSelect,
  ComponentType.MentionableSelect,
  ComponentType.ChannelSelect,
] as const;
const buttonStyles = [
  ButtonStyle.Primary,
  ButtonStyle.Secondary,
  ButtonStyle.Success,
  ButtonStyle.Danger,
  ButtonStyle.Link,
  ButtonStyle.Premium,
] as const;
const inContainer = [
  ComponentType.ActionRow,
  ComponentType.Section,
  ComponentType.TextDisplay,
  ComponentType.MediaGallery,
  ComponentType.File,
  ComponentType.Separator,
] as const;
const inLabel = [
  ComponentType.TextInput,
  ...selects,
  ComponentType.FileUpload,
  ComponentType.RadioGroup,
  ComponentType.CheckboxGroup,
  ComponentType.Checkbox,
] as const;

const checkSelect: Check = (select, surface) => {
  checkCustomId(select, surface);
  select.text('placeholder', { max: 150 });
  const min = select.integer('min_values', { min: 0, max: 25 });
  const max = select.integer('max_values', { min: 1, max: 25 });
  checkOrder(select, 'min_values', min, max);
};

const checks: Partial<Record<ComponentType, Check>> = {
  [ComponentType.ActionRow]: (row, surface) => {
    const children = row.list('components', { required: true, min: 1, max: 5 });
    for (const child of children) checkOne(child, [ComponentType.Button, ...selects], surface);
    if (children.length > 1 && children.some((child) => child.has('options') || child.has('min_values'))) {
      row.problem(
        'A select menu needs an action row of its own',
        'components',
        'COMPONENT_LAYOUT_WIDTH_EXCEEDED',
      );
    }
  },

  [ComponentType.Button]: (button, surface) => {
    const style = button.choice('style', buttonStyles, required);
    button.text('label', { max: 80 });
    button.flag('disabled');
    if (style === ButtonStyle.Premium) {
      button.text('sku_id', required);
    } else if (style === ButtonStyle.Link) {
      button.text('url', { required: true, min: 1, max: 512 });
      if (button.has('custom_id')) {
        button.problem(
          'A custom id and url cannot both be specified',
          'custom_id',
          'BUTTON_COMPONENT_CUSTOM_ID_AND_URL',
        );
      }
    } else {
      checkCustomId(button, surface);
      if (button.has('url')) {
        button.problem('Only a link button has a url', 'url', 'BUTTON_COMPONENT_CUSTOM_ID_AND_URL');
      }
    }
    if (style !== ButtonStyle.Premium && !button.has('label') && !button.has('emoji')) {
      button.problem('A button needs a label or an emoji', 'label', 'BUTTON_COMPONENT_INVALID');
    }
  },

  [ComponentType.StringSelect]: (select, surface) => {
    checkSelect(select, surface);
    const values = checkChoices(select, { required: true, min: 1, max: 25 });
    checkOrder(select, 'max_values', select.integer('max_values'), values);
  },
  [ComponentType.UserSelect]: checkSelect,
  [ComponentType.RoleSelect]: checkSelect,
  [ComponentType.MentionableSelect]: checkSelect,
  [ComponentType.ChannelSelect]: checkSelect,

  [ComponentType.Section]: (section, surface) => {
    for (const text of section.list('components', { required: true, min: 1, max: 3 })) {
      checkOne(text, [ComponentType.TextDisplay], surface);
    }
    const accessory = section.object('accessory', required);
    if (accessory) checkOne(accessory, [ComponentType.Button, ComponentType.Thumbnail], surface);
  },
  [ComponentType.TextDisplay]: (display, surface) => {
    surface.characters += display.text('content', { required: true, min: 1, max: 4000 })?.length ?? 0;
  },
  [ComponentType.Thumbnail]: (thumbnail, surface) => {
    checkMedia(thumbnail.object('media', required), surface);
    thumbnail.text('description', { min: 1, max: 1024 });
  },
  [ComponentType.MediaGallery]: (gallery, surface) => {
    for (const item of gallery.list('items', { required: true, min: 1, max: 10 })) {
      checkMedia(item.object('media', required), surface);
      item.text('description', { min: 1, max: 1024 });
    }
  },
  [ComponentType.File]: (file, surface) => {
    const media = file.object('file', required);
    checkMedia(media, surface);
    if (media && !(media.text('url') ?? 'attachment://').startsWith('attachment://')) {
      media.problem('A file component shows an attachment://', 'url', 'FILE_COMPONENT_URL_INVALID');
    }
  },
  [ComponentType.Separator]: (separator) => {
    separator.flag('divider');
    separator.choice('spacing', [1, 2]);
  },
  [ComponentType.Container]: (container, surface) => {
    container.integer('accent_color', { min: 0, max: 0xffffff });
    for (const child of container.list('components', { required: true, min: 1, max: 40 })) {
      checkOne(child, inContainer, surface);
    }
  },

  [ComponentType.Label]: (label, surface) => {
    label.text('label', { required: true, min: 1, max: 45 });
    label.text('description', { min: 1, max: 100 });
    const component = label.object('component', required);
    if (component) checkOne(component, inLabel, surface);
  },
  [ComponentType.TextInput]: (input, surface) => {
    checkCustomId(input, surface);
    input.choice('style', [TextInputStyle.Short, TextInputStyle.Paragraph], required);
    const min = input.integer('min_length', { min: 0, max: 4000 });
    const max = input.integer('max_length', { min: 1, max: 4000 });
    checkOrder(input, 'min_length', min, max);
    const value = input.text('value', { max: 4000 });
    checkOrder(input, 'value', value?.length, max);
    input.text('placeholder', { max: 100 });
  },
  [ComponentType.FileUpload]: (upload, surface) => {
    checkCustomId(upload, surface);
    const min = upload.integer('min_values', { min: 0, max: 10 });
    const max = upload.integer('max_values', { min: 1, max: 10 });
    checkOrder(upload, 'min_values', min, max);
    checkFileTypes(upload);
  },
  [ComponentType.RadioGroup]: (group, surface) => {
    checkCustomId(group, surface);
    checkChoices(group, { required: true, min: 2, max: 10 });
  },
  [ComponentType.CheckboxGroup]: (group, surface) => {
    checkCustomId(group, surface);
    const values = checkChoices(group, { required: true, min: 1, max: 10 });
    const min = group.integer('min_values', { min: 0, max: 10 });
    const max = group.integer('max_values', { min: 1, max: 10 });
    checkOrder(group, 'min_values', min, max ?? values);
    checkOrder(group, 'max_values', max, values);
  },
  [ComponentType.Checkbox]: (checkbox, surface) => {
    checkCustomId(checkbox, surface);
    checkbox.flag('default');
  },
};

/** Checks the components of a message. @param v2 whether the message has the IsComponentsV2 flag */
export function checkMessageComponents(message: Form, v2: boolean, fileNames: ReadonlySet<string>): void {
  const surface = newSurface(fileNames);
  const allowed = v2 ? [...inContainer, ComponentType.Container] : [ComponentType.ActionRow];
  const rows = message.list('components', { max: v2 ? 40 : 5 });
  for (const row of rows) checkOne(row, allowed, surface);
  if (surface.components > 40) {
    message.problem(
      'A message holds at most 40 components, nested ones included',
      'components',
      'TOO_MANY_COMPONENTS',
    );
  }
  if (surface.characters > 4000) {
    message.problem('The text displays hold at most 4000 characters together', 'components', 'TEXT_TOO_LONG');
  }
}

/** Checks the components of a modal. */
export function checkModalComponents(modal: Form): void {
  const surface = newSurface(new Set());
  for (const child of modal.list('components', { required: true, min: 1, max: 5 })) {
    const type = child.choice(
      'type',
      [ComponentType.Label, ComponentType.TextDisplay, ComponentType.ActionRow],
      required,
    );
    if (type === ComponentType.ActionRow) checkTextInputRow(child, surface);
    else if (type !== undefined) checks[type]?.(child, surface);
  }
}

/** The legacy form of a modal's text input: alone in an action row, with its own label. */
function checkTextInputRow(row: Form, surface: Surface): void {
  for (const input of row.list('components', { required: true, min: 1, max: 1 })) {
    checkOne(input, [ComponentType.TextInput], surface);
    input.text('label', { required: true, min: 1, max: 45 });
  }
}

/** `audio`, `image`, `video` or extensions with a dot, at most ten. */
export function checkFileTypes(form: Form): void {
  for (const type of form.values('file_types', { max: 10 })) {
    if (typeof type !== 'string' || !/^(audio|image|video|\.[a-z0-9]+)$/i.test(type)) {
      form.problem(
        'A file type is audio, image, video or an extension such as .mid',
        'file_types',
        'FILE_TYPE_INVALID',
      );
    }
  }
}

function newSurface(fileNames: ReadonlySet<string>): Surface {
  return { fileNames, customIds: new Set(), ids: new Set(), components: 0, characters: 0 };
}

function checkOne(component: Form, allowed: readonly ComponentType[], surface: Surface): void {
  surface.components += 1;
  const id = component.integer('id', { min: 0, max: 2 ** 31 - 1 });
  if (id !== undefined && id !== 0) {
    if (surface.ids.has(id)) component.problem('Component id is duplicated', 'id', 'COMPONENT_ID_DUPLICATED');
    surface.ids.add(id);
  }
  const type = component.choice('type', allowed, required);
  if (type !== undefined) checks[type]?.(component, surface);
}

function checkCustomId(component: Form, surface: Surface): void {
  const id = component.text('custom_id', customId);
  if (id === undefined) return;
  if (surface.customIds.has(id)) {
    component.problem(
      'Component custom id cannot be duplicated',
      'custom_id',
      'COMPONENT_CUSTOM_ID_DUPLICATED',
    );
  }
  surface.customIds.add(id);
}

/** Checks the options of a select or group and returns their number. */
function checkChoices(component: Form, limits: Limits): number {
  const options = component.list('options', limits);
  const values = new Set<string>();
  for (const option of options) {
    option.text('label', { required: true, min: 1, max: 100 });
    option.text('description', { max: 100 });
    const value = option.text('value', { required: true, min: 1, max: 100 });
    if (value === undefined) continue;
    if (values.has(value)) {
      option.problem(
        'The specified option value is already used',
        'value',
        'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
      );
    }
    values.add(value);
  }
  return options.length;
}

function checkMedia(media: Form | undefined, surface: Surface): void {
  const url = media?.text('url', { required: true, min: 1, max: 2048 });
  if (media === undefined || url === undefined) return;
  if (url.startsWith('attachment://')) {
    if (surface.fileNames.has(url.slice('attachment://'.length))) return;
    media.problem(
      `The referenced attachment "${url}" was not found`,
      'url',
      'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
    );
  } else if (!/^https?:\/\//.test(url)) {
    media.problem('Scheme must be one of (http, https, attachment).', 'url', 'URL_TYPE_INVALID_SCHEME');
  }
}

function checkOrder(
  form: Form,
  field: string,
  smaller: number | undefined,
  larger: number | undefined,
): void {
  if (smaller !== undefined && larger !== undefined && smaller > larger) {
    form.problem(`Must be ${larger} or fewer.`, field, 'NUMBER_TYPE_MAX');
  }
}
