import { useEffect } from 'preact/hooks';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

/** Ctrl+K (or ⌘K) opens the switcher, `/` begins a command. Neither reaches behind an open dialog. */
export function useShortcuts({ onSwitch }: { onSwitch: () => void }): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onSwitch();
      } else if (event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)) {
        // Not prevented: the slash itself lands in the field.
        document.querySelector<HTMLElement>('#composer')?.focus();
      }
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [onSwitch]);
}
