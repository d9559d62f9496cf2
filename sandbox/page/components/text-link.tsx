import type { ComponentChildren } from 'preact';
import { type Place, readPlace } from '../state/place.ts';
import { useSandbox } from './sandbox.tsx';

/** The place in this workspace that an address means: a permalink, on whatever host. Null where it leads elsewhere. */
function placeOf(url: string, domain: string): Place | null {
  const { host, pathname, search, hash } = new URL(url);
  if (host !== location.host && host !== `${domain}.slack.com`) return null;
  return readPlace(hash) ?? readPlace(`${pathname}${search}`);
}

/** A link in a message. Permalinks into this workspace open in the page, all else in a tab of its own. */
export function TextLink({ url, children }: { url: string; children: ComponentChildren }) {
  const { workspace, go } = useSandbox();
  const place = placeOf(url, workspace.team.domain);
  if (place) {
    const open = (event: Event) => {
      event.preventDefault();
      go(place);
    };
    return (
      <a href={url} onClick={open}>
        {children}
      </a>
    );
  }
  return (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}
