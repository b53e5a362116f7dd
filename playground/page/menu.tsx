import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { Menu, MenuOption } from './protocol.js';
import { usePage } from './page-context.js';

/** A select menu: a select element for a single choice, a list of checkboxes for several. */
export function MenuView({
  menu,
  label,
  onChoose,
}: {
  readonly menu: Menu;
  readonly label: string;
  readonly onChoose: (values: readonly string[]) => void;
}): VNode {
  const options = useOptions(menu);
  const chosenAtFirst = options.filter(({ isDefault }) => isDefault).map(({ value }) => value);
  const [chosen, setChosen] = useState<readonly string[]>(chosenAtFirst);
  const choose = (values: readonly string[]): void => {
    setChosen(values);
    onChoose(values);
  };
  if (menu.max === 1) {
    return (
      <select
        class="menu"
        aria-label={label}
        disabled={menu.isDisabled}
        value={chosen[0] ?? ''}
        onChange={({ currentTarget: { value } }) => choose(value === '' ? [] : [value])}
      >
        <option value="" disabled={menu.min > 0}>
          {menu.placeholder || 'Make a selection'}
        </option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {titleOf(option)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <fieldset class="menu several" disabled={menu.isDisabled}>
      <legend>
        {menu.placeholder || label} ({menu.min}–{menu.max})
      </legend>
      {options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={chosen.includes(option.value)}
            onChange={({ currentTarget: { checked } }) => {
              const others = chosen.filter((value) => value !== option.value);
              const next = checked ? [...others, option.value] : others;
              if (next.length >= menu.min && next.length <= menu.max) choose(next);
              else setChosen(next);
            }}
          />
          {titleOf(option)}
        </label>
      ))}
    </fieldset>
  );
}

/** The options of a menu; for people and channels, those that exist here. */
export function useOptions({ of, options }: Menu): readonly MenuOption[] {
  const { view } = usePage();
  const named = ({ id, name }: { readonly id: string; readonly name: string }): MenuOption => {
    return { label: name, value: id, isDefault: false };
  };
  switch (of) {
    case 'options':
      return options;
    case 'people':
      return view.people.map(named);
    case 'channels':
      return view.places.filter(({ kind }) => kind === 'channel').map(named);
    case 'roles':
      return [];
  }
}

export function titleOf({ emoji, label, description }: MenuOption): string {
  return [emoji, label, description && `– ${description}`].filter(Boolean).join(' ');
}
