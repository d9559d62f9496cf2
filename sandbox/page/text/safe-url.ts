const SCHEMES = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address when it is absolute and of a scheme that only opens something; null for `javascript:` and the like. */
export function safeUrl(value: string): string | null {
  if (!URL.canParse(value)) return null;
  const url = new URL(value);
  return SCHEMES.has(url.protocol) ? url.href : null;
}
