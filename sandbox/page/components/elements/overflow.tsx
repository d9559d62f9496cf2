import { readArray, readObject, readString } from '../../text/read-json.ts';
import { safeUrl } from '../../text/safe-url.ts';
import { type Spot, spotKey, useSurface } from '../blocks/surface.tsx';
import { Icon } from '../icon.tsx';
import { MenuButton } from '../menu-button.tsx';
import { PlainText } from '../text-object.tsx';

/** The "…" menu. */
export function Overflow({ spot }: { spot: Spot }) {
  const { busy, act } = useSurface();
  const items = readArray(spot.element['options']).map((option, at) => {
    const { text, description, url } = readObject(option);
    const address = safeUrl(readString(url));
    return {
      key: String(at),
      content: (
        <>
          <PlainText of={text} />
          {description ? (
            <small>
              <PlainText of={description} />
            </small>
          ) : null}
        </>
      ),
      run: () => {
        if (address) open(address, '_blank', 'noopener,noreferrer');
        void act(spot, { selected_option: option });
      },
    };
  });
  return (
    <MenuButton label="More actions" class="button button-icon" disabled={busy === spotKey(spot)} items={items}>
      <Icon name="more" />
    </MenuButton>
  );
}
