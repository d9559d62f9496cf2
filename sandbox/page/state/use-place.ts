import { useEffect, useState } from 'preact/hooks';
import { type Place, readPlace, toHash } from './place.ts';

function current(): Place | null {
  return readPlace(location.hash) ?? readPlace(`${location.pathname}${location.search}`);
}

/** Where the page stands by its address (null: nowhere in particular), and the way to go elsewhere. */
export function usePlace(): [Place | null, (place: Place) => void] {
  const [place, setPlace] = useState(current);
  useEffect(() => {
    const moved = () => setPlace(current());
    addEventListener('hashchange', moved);
    return () => removeEventListener('hashchange', moved);
  }, []);
  const go = (next: Place) => {
    const hash = toHash(next);
    if (hash === location.hash) setPlace(next);
    else location.hash = hash;
  };
  return [place, go];
}
