import { useCallback, useState } from 'preact/hooks';
import { recall, remember } from './remembered.ts';
import type { ReadMarks } from './unread.ts';

/** How far a person has read each channel, remembered in the browser. */
export function useReadMarks(user: string): [ReadMarks, (channel: string, ts: string) => void] {
  const [held, setHeld] = useState<{ user: string; marks: ReadMarks }>({ user: '', marks: {} });
  const marks = held.user === user ? held.marks : recall<ReadMarks>(`read.${user}`, {});
  if (held.user !== user) setHeld({ user, marks });
  const markRead = useCallback(
    (channel: string, ts: string) => {
      setHeld((before) => {
        if (before.user !== user || (before.marks[channel] ?? '') >= ts) return before;
        const next = { ...before.marks, [channel]: ts };
        remember(`read.${user}`, next);
        return { user, marks: next };
      });
    },
    [user],
  );
  return [marks, markRead];
}
