import {
  ComponentType,
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmission,
  type APIModalSubmissionComponent,
  type APITextInputComponent,
  type ModalSubmitComponent,
} from 'discord-api-types/v10';
import { ClientRefusal } from './refusal.js';
import { isUpload, type OptionFiller, type Upload } from './slash-options.js';

/** A user's input in a field of a modal. */
export type FieldValue = string | boolean | readonly string[] | Upload | readonly Upload[];
/** By label or custom_id; other fields keep their initial values. */
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** One field of a modal as its user sees it. */
export interface ModalField {
  readonly label: string;
  readonly customId: string;
  readonly component: APIComponentInLabel;
}

/** A modal as its user sees it. */
export class Modal {
  readonly fields: readonly ModalField[];

  constructor(readonly raw: APIModalInteractionResponseCallbackData) {
    this.fields = raw.components.flatMap((component) => {
      if (component.type === ComponentType.Label) return [fieldOf(component.label, component.component)];
      if (component.type === ComponentType.ActionRow)
        return component.components.map((input) => fieldOf('', input));
      return [];
    });
  }

  get title(): string {
    return this.raw.title;
  }

  get customId(): string {
    return this.raw.custom_id;
  }

  /** @throws Error when there is no such field */
  field(labelOrCustomId: string): ModalField {
    const found = this.fields.find(({ label, customId }) => [label, customId].includes(labelOrCustomId));
    if (found === undefined) throw new Error(`The modal ${this.title} has no field ${labelOrCustomId}`);
    return found;
  }
}

function fieldOf(label: string, component: APIComponentInLabel): ModalField {
  return {
    label: label || ('label' in component ? (component.label ?? '') : ''),
    customId: component.custom_id,
    component,
  };
}

/**
 * Fills in a modal and submits it, within the limits of Discord's client.
 * @throws ClientRefusal
 */
export function fillModal(modal: Modal, values: FieldValues, filler: OptionFiller): APIModalSubmission {
  const unknown = Object.keys(values).find(
    (key) => !modal.fields.some(({ label, customId }) => label === key || customId === key),
  );
  if (unknown !== undefined) throw new ClientRefusal(`The modal has no field ${unknown}`);
  const components: APIModalSubmissionComponent[] = [];
  const submit = (label: string, component: APIComponentInLabel): ModalSubmitComponent =>
    fillField(fieldOf(label, component), values, filler);
  for (const [index, component] of modal.raw.components.entries()) {
    const id = component.id ?? index + 1;
    if (component.type === ComponentType.Label) {
      components.push({
        type: ComponentType.Label,
        id,
        component: submit(component.label, component.component),
      });
    } else if (component.type === ComponentType.ActionRow) {
      const inputs = component.components.map((input) => fillText(fieldOf('', input), input, values));
      components.push({ type: ComponentType.ActionRow, id, components: inputs });
    } else {
      components.push({ type: ComponentType.TextDisplay, id });
    }
  }
  return { custom_id: modal.customId, components, resolved: filler.resolved };
}

function fillField(field: ModalField, values: FieldValues, filler: OptionFiller): ModalSubmitComponent {
  const { component, customId: custom_id } = field;
  const name = nameOf(field);
  const value = valueOf(field, values);
  const id = component.id ?? 0;
  switch (component.type) {
    case ComponentType.TextInput:
      return fillText(field, component, values);
    case ComponentType.Checkbox: {
      const isTicked = value ?? component.default ?? false;
      if (typeof isTicked !== 'boolean') throw new ClientRefusal(`${name} is a checkbox: true or false`);
      return { type: component.type, id, custom_id, value: isTicked };
    }
    case ComponentType.RadioGroup: {
      const chosen = value ?? component.options.find((option) => option.default)?.value ?? null;
      if (chosen === null && component.required !== false) throw new ClientRefusal(`${name} is required`);
      if (chosen !== null && typeof chosen !== 'string') throw new ClientRefusal(`${name} takes one choice`);
      return {
        type: component.type,
        id,
        custom_id,
        value: chosen === null ? null : pick(name, component.options, chosen),
      };
    }
    case ComponentType.CheckboxGroup:
    case ComponentType.StringSelect: {
      const chosen = value === undefined ? defaults(component.options) : texts(name, value);
      checkCount(
        name,
        chosen.length,
        component,
        component.type === ComponentType.StringSelect ? 1 : component.options.length,
      );
      const picked = chosen.map((text) => pick(name, component.options, text));
      return { type: component.type, id, custom_id, values: picked };
    }
    case ComponentType.FileUpload: {
      const uploads = value === undefined ? [] : [value].flat().filter(isUpload);
      checkCount(name, uploads.length, component, 1);
      const ids = uploads.map((upload) => filler.upload(name, upload, component.file_types));
      return { type: component.type, id, custom_id, values: ids };
    }
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.MentionableSelect:
    case ComponentType.ChannelSelect: {
      const chosen = value === undefined ? [] : texts(name, value);
      checkCount(name, chosen.length, component, 1);
      return { type: component.type, id, custom_id, values: filler.choose(name, component, chosen) };
    }
  }
}

function fillText(
  field: ModalField,
  input: APITextInputComponent,
  values: FieldValues,
): Extract<ModalSubmitComponent, { type: ComponentType.TextInput }> {
  const name = nameOf(field);
  const value = valueOf(field, values) ?? input.value ?? '';
  if (typeof value !== 'string') throw new ClientRefusal(`${name} takes a text`);
  const { min_length: min = 0, max_length: max = 4000, required = true } = input;
  if (value === '' && required) throw new ClientRefusal(`${name} is required`);
  const isEmptyAndOptional = value === '' && !required;
  if (!isEmptyAndOptional && (value.length < min || value.length > max)) {
    throw new ClientRefusal(`${name} must be ${min} to ${max} characters long`);
  }
  return { type: ComponentType.TextInput, id: input.id ?? 0, custom_id: input.custom_id, value };
}

function nameOf({ label, customId }: ModalField): string {
  return label === '' ? customId : label;
}

function valueOf({ label, customId }: ModalField, values: FieldValues): FieldValue | undefined {
  return values[customId] ?? values[label];
}

function texts(name: string, value: FieldValue): readonly string[] {
  const list = [value].flat();
  if (!list.every((entry) => typeof entry === 'string')) throw new ClientRefusal(`${name} takes choices`);
  return list;
}

interface Choice {
  readonly label: string;
  readonly value: string;
  readonly default?: boolean;
}

function defaults(options: readonly Choice[]): readonly string[] {
  return options.filter((option) => option.default).map((option) => option.value);
}

function pick(name: string, options: readonly Choice[], text: string): string {
  const chosen = options.find((option) => option.value === text || option.label === text);
  if (chosen === undefined) throw new ClientRefusal(`${name} has no choice ${text}`);
  return chosen.value;
}

function checkCount(
  name: string,
  count: number,
  {
    min_values: min,
    max_values: max,
    required = true,
  }: { min_values?: number; max_values?: number; required?: boolean },
  usualMax: number,
): void {
  const least = min ?? (required ? 1 : 0);
  const most = max ?? usualMax;
  if (count === 0 && !required) return;
  if (count < least || count > most)
    throw new ClientRefusal(`${name} takes ${least} to ${most} entries, not ${count}`);
}
