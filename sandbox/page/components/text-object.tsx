import { useMemo } from 'preact/hooks';
import { parseMrkdwn } from '../text/mrkdwn.ts';
import { parsePlainText } from '../text/plain-text.ts';
import { readObject, readString } from '../text/read-json.ts';
import { Flows } from './flows.tsx';
import { Inlines } from './inlines.tsx';

/** Slack's mrkdwn. */
export function Mrkdwn({ source }: { source: string }) {
  const flows = useMemo(() => parseMrkdwn(source), [source]);
  return (
    <div class="text">
      <Flows flows={flows} />
    </div>
  );
}

/** A `plain_text` object, inline. */
export function PlainText({ of }: { of: unknown }) {
  const { text, emoji } = readObject(of);
  return <Inlines nodes={parsePlainText(readString(text), emoji !== false)} />;
}

/** A text object of either kind, as a block. */
export function TextObject({ of }: { of: unknown }) {
  const { type, text } = readObject(of);
  if (type === 'mrkdwn') return <Mrkdwn source={readString(text)} />;
  return (
    <div class="text">
      <p>
        <PlainText of={of} />
      </p>
    </div>
  );
}
