import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

type Placement = {
  position: 'fixed';
  left: string;
  top: string;
  maxHeight: string;
  visibility?: 'hidden';
};

const GAP = 6;

/**
 * Where a pop-up stands beside its anchor without leaving the window. Fixed to the window, so that no scrolling
 * parent clips it, and placed again when anything scrolls.
 */
export function usePlacement(anchor: RefObject<HTMLElement | null>, popup: RefObject<HTMLElement | null>): Placement {
  const [placement, setPlacement] = useState<Placement>({
    position: 'fixed',
    left: '0',
    top: '0',
    maxHeight: '360px',
    visibility: 'hidden',
  });
  useLayoutEffect(() => {
    const place = () => {
      const [from, box] = [anchor.current?.getBoundingClientRect(), popup.current?.getBoundingClientRect()];
      if (!from || !box) return;
      const below = innerHeight - from.bottom - 2 * GAP;
      const above = from.top - 2 * GAP;
      const goesUp = below < box.height && above > below;
      const maxHeight = Math.min(360, goesUp ? above : below);
      const left = Math.max(GAP, Math.min(from.left, innerWidth - box.width - GAP));
      const top = goesUp ? from.top - Math.min(box.height, maxHeight) - GAP : from.bottom + GAP;
      setPlacement({ position: 'fixed', left: `${left}px`, top: `${top}px`, maxHeight: `${maxHeight}px` });
    };
    const scrolled = (event: Event) => {
      if (!(event.target instanceof Node) || !popup.current?.contains(event.target)) place();
    };
    place();
    addEventListener('scroll', scrolled, true);
    addEventListener('resize', place);
    return () => {
      removeEventListener('scroll', scrolled, true);
      removeEventListener('resize', place);
    };
  }, []);
  return placement;
}
