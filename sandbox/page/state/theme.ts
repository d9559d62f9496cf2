import { recall, remember } from './remembered.ts';

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** The theme that was chosen last; the system's where none was. */
export function chosenTheme(): Theme {
  const theme = recall<Theme>('theme', 'system');
  return THEMES.includes(theme) ? theme : 'system';
}

/** Shows the page in a theme, the remembered one by default. */
export function applyTheme(theme: Theme = chosenTheme()): void {
  document.documentElement.dataset['theme'] = theme;
}

/** Shows and remembers a theme. */
export function chooseTheme(theme: Theme): void {
  remember('theme', theme);
  applyTheme(theme);
}
