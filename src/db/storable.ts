/** jsonb and text take neither NUL nor half a surrogate pair: both become the sign for what cannot be shown. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\u{fffd}').replace(/\p{Surrogate}/gu, '\u{fffd}');
}
