import {
  ComponentType,
  TextInputStyle,
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  type APITextInputComponent,
} from 'discord-api-types/v10';
import type { Control, Field, Modal } from './page/protocol.js';
import { showMenu, showMenuOption } from './show-parts.js';

/** @param id of the interaction that the modal answers */
export function showModal(id: string, { title, components }: APIModalInteractionResponseCallbackData): Modal {
  const fields = components.flatMap((component): readonly Field[] => {
    switch (component.type) {
      case ComponentType.TextDisplay:
        return [{ kind: 'note', text: component.content }];
      case ComponentType.ActionRow:
        return component.components.map((input) => showField(input.label ?? '', undefined, input));
      default:
        return [showField(component.label, component.description, component.component)];
    }
  });
  return { id, title, fields };
}

function showField(label: string, description: string | undefined, component: APIComponentInLabel): Field {
  return {
    kind: 'field',
    customId: component.custom_id,
    label,
    ...(description === undefined ? {} : { description }),
    isRequired: component.type !== ComponentType.Checkbox && component.required !== false,
    control: showControl(component),
  };
}

function showControl(component: APIComponentInLabel): Control {
  switch (component.type) {
    case ComponentType.TextInput:
      return showTextInput(component);
    case ComponentType.FileUpload: {
      const { min_values: min = 1, max_values: max = 1, file_types: types = [] } = component;
      return { kind: 'files', min, max, types };
    }
    case ComponentType.RadioGroup:
      return { kind: 'radio', options: component.options.map(showMenuOption) };
    case ComponentType.CheckboxGroup:
      return { kind: 'checkboxes', options: component.options.map(showMenuOption) };
    case ComponentType.Checkbox:
      return { kind: 'checkbox', isTicked: component.default ?? false };
    default:
      return showMenu(component);
  }
}

function showTextInput(input: APITextInputComponent): Control {
  const { style, value = '', placeholder = '', min_length: min = 0, max_length: max = 4000 } = input;
  return { kind: 'text', isLong: style === TextInputStyle.Paragraph, value, placeholder, min, max };
}
