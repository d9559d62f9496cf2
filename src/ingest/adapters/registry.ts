import type { Adapter } from './adapter.ts';
import { cloudflareAiGateway } from './cloudflare-ai-gateway.ts';
import { envoyAiGateway } from './envoy-ai-gateway.ts';
import { kong } from './kong.ts';
import { langfuse } from './langfuse.ts';
import { litellm } from './litellm.ts';
import { native } from './native.ts';
import { otel } from './otel.ts';

/** Every format that exchanges can be loaded from; the first is the default. */
export const adapters: readonly [Adapter, ...Adapter[]] = [
  native,
  litellm,
  otel,
  envoyAiGateway,
  kong,
  cloudflareAiGateway,
  langfuse,
];

/** The adapter of that name. Throws where there is none: names come from `adapters`. */
export function adapterOf(name: string): Adapter {
  const found = adapters.find((adapter) => adapter.name === name);
  if (found === undefined) throw new Error(`no format ${name}`);
  return found;
}
