import type { PageEvent } from '../../page-api.ts';
import type { Change } from './reduce.ts';

export interface Loader {
  /** Takes what the stream tells. */
  tell: (event: PageEvent) => void;
  /** Takes what is read, and then once more what the stream told meanwhile: the answer may be older. */
  load: (read: () => Promise<Change>) => Promise<void>;
}

const OF_MESSAGES = new Set<PageEvent['type']>(['message', 'message_changed', 'message_deleted']);

/** The stream and the answers come over connections of their own, so that either may overtake the other. */
export function createLoader(dispatch: (change: Change) => void): Loader {
  const underWay = new Set<PageEvent[]>();
  return {
    tell(event) {
      if (OF_MESSAGES.has(event.type)) for (const missed of underWay) missed.push(event);
      dispatch(event);
    },
    async load(read) {
      const missed: PageEvent[] = [];
      underWay.add(missed);
      try {
        dispatch(await read());
        for (const event of missed) dispatch(event);
      } finally {
        underWay.delete(missed);
      }
    },
  };
}
