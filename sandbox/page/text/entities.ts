const DECODED: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** Undoes the three escapes that Slack's text knows, in one pass, so that `&amp;lt;` stays `&lt;`. */
export function decodeEntities(value: string): string {
  return value.replace(/&(?:amp|lt|gt);/g, (entity) => DECODED[entity] ?? entity);
}
