import { readObject, readString } from '../../text/read-json.ts';
import { safeUrl } from '../../text/safe-url.ts';
import { PlainText } from '../text-object.tsx';
import { TextLink } from '../text-link.tsx';
import type { Json } from './surface.tsx';

/** A picture of this server's own; one from elsewhere is only linked, since nothing may leave the machine. */
export function ImageBox({ image, class: name }: { image: Json; class: string }) {
  const alt = readString(image['alt_text']) || 'Picture';
  const address = readString(image['image_url']) || readString(readObject(image['slack_file'])['url']);
  const url = URL.canParse(address, location.href) ? new URL(address, location.href) : null;
  if (url?.origin === location.origin) return <img class={name} src={url.href} alt={alt} loading="lazy" />;
  const outside = safeUrl(address);
  return (
    <span class={`${name} image-outside`} title="Pictures from other servers are not loaded here">
      {outside ? <TextLink url={outside}>{alt}</TextLink> : alt}
    </span>
  );
}

/** An `image` block. */
export function ImageBlock({ block }: { block: Json }) {
  return (
    <figure class="image-block">
      {block['title'] ? (
        <figcaption>
          <PlainText of={block['title']} />
        </figcaption>
      ) : null}
      <ImageBox image={block} class="image-full" />
    </figure>
  );
}
