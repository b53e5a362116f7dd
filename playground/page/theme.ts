import { useLayoutEffect, useState } from 'preact/hooks';

export const themes = ['system', 'dark', 'light'] as const;
export type Theme = (typeof themes)[number];

const key = 'theme';

/** The chosen colour scheme; `system` follows the operating system. */
export function useTheme(): [theme: Theme, choose: (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(
    () => themes.find((name) => name === localStorage.getItem(key)) ?? 'system',
  );
  // Before the first paint, so that the page does not flash in other colours.
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem(key, theme);
  }, [theme]);
  return [theme, setTheme];
}
