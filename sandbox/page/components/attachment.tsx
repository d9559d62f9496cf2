import type { Container } from '../../page-api.ts';
import { readArray, readNumber, readObject, readString } from '../text/read-json.ts';
import { safeUrl } from '../text/safe-url.ts';
import { Blocks } from './blocks/blocks.tsx';
import { ImageBox } from './blocks/image.tsx';
import { type Json, SurfaceProvider } from './blocks/surface.tsx';
import { TextLink } from './text-link.tsx';
import { Mrkdwn } from './text-object.tsx';
import { Time } from './time.tsx';

const COLORS: Record<string, string> = { good: 'var(--good)', warning: 'var(--warning)', danger: 'var(--danger)' };

function barColor(color: unknown): string {
  const name = readString(color);
  return COLORS[name] ?? (/^#?[0-9a-f]{6}$/i.test(name) ? `#${name.replace('#', '')}` : 'var(--line-strong)');
}

function Linked({ words, url }: { words: string; url: string }) {
  const address = safeUrl(url);
  return address ? <TextLink url={address}>{words}</TextLink> : <>{words}</>;
}

function Fields({ fields }: { fields: Json[] }) {
  return (
    <div class="fields">
      {fields.map((field) => (
        <div class={field['short'] === true ? '' : 'field-wide'}>
          <strong>{readString(field['title'])}</strong>
          <Mrkdwn source={readString(field['value'])} />
        </div>
      ))}
    </div>
  );
}

/** An attachment, old style or with blocks, behind its bar of colour. */
export function Attachment({ attachment, container }: { attachment: Json; container: Container }) {
  const say = (key: string) => readString(attachment[key]);
  const blocks = readArray(attachment['blocks']).map(readObject);
  const fields = readArray(attachment['fields']).map(readObject);
  const stamp = readNumber(attachment['ts']) || Number(say('ts'));
  const nothing = blocks.length === 0 && !say('text') && !say('title') && fields.length === 0;
  return (
    <div class="attachment-outer">
      {say('pretext') && <Mrkdwn source={say('pretext')} />}
      <div class="attachment" style={{ borderInlineStartColor: barColor(attachment['color']) }}>
        {say('author_name') && (
          <p class="attachment-author">
            <Linked words={say('author_name')} url={say('author_link')} />
          </p>
        )}
        {say('title') && (
          <p class="attachment-title">
            <Linked words={say('title')} url={say('title_link')} />
          </p>
        )}
        {(say('text') || nothing) && <Mrkdwn source={say('text') || say('fallback')} />}
        {fields.length > 0 && <Fields fields={fields} />}
        {say('image_url') && (
          <ImageBox image={{ image_url: say('image_url'), alt_text: say('fallback') }} class="image-full" />
        )}
        {blocks.length > 0 && (
          <SurfaceProvider container={container} blocks={blocks}>
            {(all) => <Blocks blocks={all} />}
          </SurfaceProvider>
        )}
        {(say('footer') || stamp > 0) && (
          <p class="attachment-footer">
            {say('footer')} {stamp > 0 && <Time ts={String(stamp)} />}
          </p>
        )}
      </div>
    </div>
  );
}
