import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

const NEAR = 48;

/**
 * Keeps a scrolled list at its end while the person is there, also when its content grows later, as charts do.
 * `atEnd` is false once they scroll up.
 */
export function useStickToEnd(
  list: RefObject<HTMLElement | null>,
  startAt: string | null,
): { atEnd: boolean; toEnd: () => void } {
  const [atEnd, setAtEnd] = useState(startAt === null);
  const stuck = useRef(startAt === null);
  const toEnd = useCallback(() => {
    const box = list.current;
    if (!box) return;
    stuck.current = true;
    box.scrollTop = box.scrollHeight;
    setAtEnd(true);
  }, []);
  useLayoutEffect(() => {
    if (startAt === null) return toEnd();
    stuck.current = false;
    setAtEnd(false);
    document.getElementById(startAt)?.scrollIntoView({ block: 'start' });
    return undefined;
  }, [startAt]);
  useEffect(() => {
    const box = list.current;
    const content = box?.firstElementChild;
    if (!box || !content) return undefined;
    const scrolled = () => {
      stuck.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      setAtEnd(stuck.current);
    };
    const grown = new ResizeObserver(() => {
      if (stuck.current) box.scrollTop = box.scrollHeight;
      else scrolled();
    });
    grown.observe(content);
    grown.observe(box);
    box.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      grown.disconnect();
      box.removeEventListener('scroll', scrolled);
    };
  }, []);
  return { atEnd, toEnd };
}
