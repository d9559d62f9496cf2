import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { usePlacement } from './use-placement.ts';

export interface MenuItem {
  key: string;
  content: ComponentChildren;
  /** Of a choice among several. */
  checked?: boolean;
  run: () => void;
}

interface MenuProps {
  label: string;
  anchor: RefObject<HTMLElement | null>;
  items: MenuItem[];
  onClose: () => void;
}

const STEPS: Record<string, (at: number, count: number) => number> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** A menu beside its button: arrow keys move, letters find, Escape closes and gives the focus back. */
export function Menu({ label, anchor, items, onClose }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  const style = usePlacement(anchor, ref);
  const entries = () => [...(ref.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])];
  useEffect(() => {
    const list = entries();
    (list.find((entry) => entry.getAttribute('aria-checked') === 'true') ?? list[0])?.focus();
    const pressed = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!ref.current?.contains(target) && !anchor.current?.contains(target)) onClose();
    };
    addEventListener('pointerdown', pressed);
    return () => removeEventListener('pointerdown', pressed);
  }, [style.visibility]);
  const leave = () => {
    onClose();
    anchor.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const list = entries();
    const at = list.indexOf(document.activeElement as HTMLElement);
    const step = STEPS[event.key];
    const letter =
      event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ' ? event.key.toLowerCase() : '';
    if (step) list[step(at, list.length)]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') leave();
    else if (letter) {
      const rotated = [...list.slice(at + 1), ...list.slice(0, at + 1)];
      rotated.find((entry) => entry.textContent?.trim().toLowerCase().startsWith(letter))?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={ref} class="menu" role="menu" aria-label={label} style={style} onKeyDown={onKeyDown}>
      {items.map(({ key, content, checked, run }) => (
        <button
          key={key}
          type="button"
          class="menu-item"
          role={checked === undefined ? 'menuitem' : 'menuitemradio'}
          aria-checked={checked}
          tabIndex={-1}
          onClick={() => {
            leave();
            run();
          }}
        >
          {content}
        </button>
      ))}
    </div>
  );
}
