import { useRef } from 'preact/hooks';
import { recall, remember } from '../state/remembered.ts';

const KEPT = 50;

const sent = () => recall<string[]>('history', []);

export interface History {
  add: (text: string) => void;
  /** What arrow up brings: only into an empty field or while browsing, else null. */
  older: (draft: string) => string | null;
  newer: (draft: string) => string | null;
  browsing: () => boolean;
  leave: () => void;
}

/** What was sent before, newest last, remembered in the browser. */
export function useHistory(): History {
  const at = useRef(-1);
  const go = (next: number, draft: string): string | null => {
    if (draft !== '' && at.current === -1) return null;
    const texts = sent();
    if (next >= texts.length || next < -1) return null;
    at.current = next;
    return next === -1 ? '' : (texts[texts.length - 1 - next] ?? null);
  };
  return {
    add: (text) => {
      at.current = -1;
      remember('history', [...sent().filter((other) => other !== text), text].slice(-KEPT));
    },
    older: (draft) => go(at.current + 1, draft),
    newer: (draft) => (at.current === -1 ? null : go(at.current - 1, draft)),
    browsing: () => at.current !== -1,
    leave: () => {
      at.current = -1;
    },
  };
}
