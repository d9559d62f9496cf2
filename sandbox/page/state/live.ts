import type { PageEvent } from '../../page-api.ts';
import type { Link } from './reduce.ts';

interface Listener {
  onEvent: (event: PageEvent) => void;
  onLink: (link: Link) => void;
}

const RETRY_MS = 1000;

/** Follows a person's events and reconnects for ever, also where the browser itself would give up. Answers the stop. */
export function followEvents(user: string, { onEvent, onLink }: Listener): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(`/page/events?${new URLSearchParams({ user })}`);
    source.addEventListener('open', () => onLink('live'));
    source.addEventListener('message', ({ data }: MessageEvent<string>) => onEvent(JSON.parse(data) as PageEvent));
    source.addEventListener('error', () => {
      onLink('lost');
      // The browser retries a dropped stream, but not one that was answered with an error.
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(retry);
      retry = setTimeout(open, RETRY_MS);
    });
  };
  open();
  return () => {
    clearTimeout(retry);
    source?.close();
  };
}
