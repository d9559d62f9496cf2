import { useState } from 'preact/hooks';
import { chooseTheme, chosenTheme, type Theme, THEMES } from '../state/theme.ts';
import { Icon, type IconName } from './icon.tsx';
import { MenuButton } from './menu-button.tsx';

const LOOKS: Record<Theme, [icon: IconName, label: string]> = {
  system: ['system', 'As the system'],
  light: ['sun', 'Light'],
  dark: ['moon', 'Dark'],
};

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(chosenTheme);
  const items = THEMES.map((choice) => ({
    key: choice,
    checked: choice === theme,
    content: (
      <>
        <Icon name={LOOKS[choice][0]} size={16} /> {LOOKS[choice][1]}
      </>
    ),
    run: () => {
      chooseTheme(choice);
      setTheme(choice);
    },
  }));
  return (
    <MenuButton label="Theme" class="icon-button" items={items}>
      <Icon name={LOOKS[theme][0]} />
    </MenuButton>
  );
}
