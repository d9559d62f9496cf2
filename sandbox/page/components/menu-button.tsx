import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Menu, type MenuItem } from './menu.tsx';

interface MenuButtonProps {
  label: string;
  class: string;
  disabled?: boolean;
  items: MenuItem[];
  children: ComponentChildren;
}

/** A button that opens a menu. */
export function MenuButton({ label, class: name, disabled = false, items, children }: MenuButtonProps) {
  const ref = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={ref}
        type="button"
        class={name}
        disabled={disabled}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        title={label}
        onClick={() => setOpen(!open)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {children}
      </button>
      {open && <Menu label={label} anchor={ref} items={items} onClose={() => setOpen(false)} />}
    </>
  );
}
