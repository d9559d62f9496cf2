import type { RefObject } from 'preact';

/** In a list of messages, arrow up and down, Home and End move from one message to the next. */
export function useMessageKeys(list: RefObject<HTMLElement | null>): (event: KeyboardEvent) => void {
  return (event) => {
    const target = event.target as HTMLElement;
    if (!target.matches('.message') || !list.current) return;
    const all = [...list.current.querySelectorAll<HTMLElement>('.message')];
    const at = all.indexOf(target);
    const steps: Record<string, number> = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 };
    const next = all[Math.min(steps[event.key] ?? -1, all.length - 1)];
    if (steps[event.key] === undefined || !next) return;
    event.preventDefault();
    next.focus();
  };
}
