/** What Slack may read as markup in a message or view, as JSON; plain text and a table's cells are none: their `<` is replaced. */
export function markupOf(shown: unknown): string {
  return JSON.stringify(shown, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'type' in value && PLAIN.includes(value.type)
      ? (JSON.parse(JSON.stringify(value).replaceAll('<', '‹')) as unknown)
      : value,
  );
}

const PLAIN: readonly unknown[] = ['plain_text', 'table'];
