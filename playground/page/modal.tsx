import type { TargetedEvent, VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Files } from './connection.js';
import { Markdown } from './markdown-view.js';
import { titleOf, useOptions } from './menu.js';
import type { Control, Field, MenuOption, Menu, Modal, Outcome, Value } from './protocol.js';

type Input = Extract<Field, { kind: 'field' }>;

/** A form that the bot opened. */
export function ModalView({
  modal,
  onSubmit,
  onClose,
}: {
  readonly modal: Modal;
  readonly onSubmit: (values: Readonly<Record<string, Value>>, files: Files) => Promise<Outcome>;
  readonly onClose: () => void;
}): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const [refusal, setRefusal] = useState('');
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>('.fields :is(input, textarea, select)')?.focus();
  }, []);
  const submit = async (event: TargetedEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const [values, files] = readForm(modal, new FormData(event.currentTarget));
    const outcome = await onSubmit(values, files);
    setBusy(false);
    setRefusal(outcome.refusal ?? '');
  };
  return (
    <dialog ref={dialog} class="modal" aria-labelledby="modal-title" onClose={onClose}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <header>
          <h2 id="modal-title">{modal.title}</h2>
          <button type="button" aria-label="Close" onClick={() => dialog.current?.close()}>
            ✕
          </button>
        </header>
        <div class="fields">
          {modal.fields.map((field, index) =>
            field.kind === 'note' ? (
              <Markdown key={index} text={field.text} />
            ) : (
              <FieldView key={field.customId} field={field} />
            ),
          )}
        </div>
        {refusal !== '' && (
          <p class="refusal" role="alert">
            {refusal}
          </p>
        )}
        <footer>
          <button type="button" class="button secondary" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" class="button primary" disabled={isBusy}>
            Submit
          </button>
        </footer>
      </form>
    </dialog>
  );
}

function FieldView({ field }: { readonly field: Input }): VNode {
  const { customId, label, description, isRequired, control } = field;
  const id = `field-${customId}`;
  const isGroup = control.kind === 'radio' || control.kind === 'checkboxes' || isList(control);
  const heading = (
    <>
      {label}
      {isRequired && (
        <span class="required" title="required">
          {' '}
          *
        </span>
      )}
    </>
  );
  const body = (
    <>
      {description && <small>{description}</small>}
      <ControlView id={id} name={customId} control={control} />
    </>
  );
  if (isGroup) {
    return (
      <fieldset>
        <legend>{heading}</legend>
        {body}
      </fieldset>
    );
  }
  return (
    <div class="field">
      <label for={id}>{heading}</label>
      {body}
    </div>
  );
}

function ControlView({
  id,
  name,
  control,
}: {
  readonly id: string;
  readonly name: string;
  readonly control: Control;
}): VNode {
  switch (control.kind) {
    case 'text': {
      const { isLong, value, placeholder, max } = control;
      return isLong ? (
        <textarea
          id={id}
          name={name}
          rows={4}
          placeholder={placeholder}
          maxLength={max}
          defaultValue={value}
        />
      ) : (
        <input id={id} name={name} placeholder={placeholder} maxLength={max} defaultValue={value} />
      );
    }
    case 'menu':
      return <ModalMenu id={id} name={name} menu={control} />;
    case 'files': {
      const accept = control.types.map((type) => (type.startsWith('.') ? type : `${type}/*`)).join(',');
      return <input id={id} name={name} type="file" multiple={control.max > 1} accept={accept} />;
    }
    case 'radio':
      return <Ticks type="radio" name={name} options={control.options} />;
    case 'checkboxes':
      return <Ticks type="checkbox" name={name} options={control.options} />;
    case 'checkbox':
      return <input id={id} name={name} type="checkbox" defaultChecked={control.isTicked} />;
  }
}

function ModalMenu({
  id,
  name,
  menu,
}: {
  readonly id: string;
  readonly name: string;
  readonly menu: Menu;
}): VNode {
  const options = useOptions(menu);
  if (isList(menu)) return <Ticks type="checkbox" name={name} options={options} />;
  return (
    <select id={id} name={name}>
      <option value="">{menu.placeholder || 'Make a selection'}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value} selected={option.isDefault}>
          {titleOf(option)}
        </option>
      ))}
    </select>
  );
}

function Ticks({
  type,
  name,
  options,
}: {
  readonly type: 'radio' | 'checkbox';
  readonly name: string;
  readonly options: readonly MenuOption[];
}): VNode {
  return (
    <>
      {options.map((option) => (
        <label key={option.value} class="tick">
          <input type={type} name={name} value={option.value} defaultChecked={option.isDefault} />{' '}
          {titleOf(option)}
        </label>
      ))}
    </>
  );
}

/** A menu of several choices is a list of checkboxes. */
function isList(control: Control): boolean {
  return control.kind === 'menu' && control.max > 1;
}

function readForm(
  { fields }: Modal,
  form: FormData,
): [values: Readonly<Record<string, Value>>, files: Files] {
  const files: Record<string, File> = {};
  const values: Record<string, Value> = {};
  for (const field of fields) {
    if (field.kind === 'note') continue;
    const { customId, control } = field;
    const entered = form.getAll(customId).filter((entry) => entry !== '');
    const texts = entered.filter((entry) => typeof entry === 'string');
    if (control.kind === 'files') {
      // An unused file input yields a file without a name.
      const chosen = entered.filter((entry) => entry instanceof File && entry.name !== '') as readonly File[];
      const named = chosen.map((file, index) => [`${customId}-${index}`, file] as const);
      Object.assign(files, Object.fromEntries(named));
      values[customId] = { files: named.map(([part]) => part) };
    } else if (control.kind === 'checkbox') values[customId] = entered.length > 0;
    else if (control.kind === 'text') values[customId] = texts[0] ?? '';
    else if (control.kind === 'menu' || control.kind === 'checkboxes') values[customId] = texts;
    else if (texts[0] !== undefined) values[customId] = texts[0];
  }
  return [values, files];
}
