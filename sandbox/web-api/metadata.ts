import { limits } from '../block-kit/limits.ts';
import { isObject } from '../block-kit/shape.ts';
import type { Metadata } from '../messages.ts';
import { SlackError } from '../slack-error.ts';
import type { Arguments } from './arguments.ts';

/** A call's message metadata: undefined when absent, null when the app sent `{}` to remove it. */
export function metadataOf(args: Arguments): Metadata | null | undefined {
  const value = args.json('metadata', 'invalid_metadata_format');
  if (value === undefined) return undefined;
  if (!isObject(value)) throw new SlackError('invalid_metadata_format');
  if (Object.keys(value).length === 0) return null;
  const { event_type, event_payload } = value;
  if (typeof event_type !== 'string' || event_type === '' || !isObject(event_payload)) {
    throw new SlackError('invalid_metadata_schema');
  }
  if (Buffer.byteLength(JSON.stringify(value)) > limits.metadataBytes) throw new SlackError('metadata_too_large');
  return { event_type, event_payload };
}
