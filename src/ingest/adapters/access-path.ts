import { textOf } from './field.ts';

/** A provider's name, as gateways write it, as a path that Retort knows; undefined for a model asked directly. */
export function accessPathOfProvider(provider: unknown): string | undefined {
  const name = textOf(provider)?.toLowerCase() ?? '';
  if (name.includes('bedrock')) return 'bedrock';
  if (name.includes('vertex')) return 'vertex';
  return name.startsWith('azure') || name.startsWith('az.') ? 'foundry' : undefined;
}
