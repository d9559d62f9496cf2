/** What Slack may read as markup in a message or view, as JSON; a table's cells are none, and stand with `<` replaced. */
export function markupOf(shown: unknown): string {
  return JSON.stringify(shown, (_, value: unknown) =>
    typeof value === 'object' && value !== null && 'type' in value && value.type === 'table'
      ? (JSON.parse(JSON.stringify(value).replaceAll('<', '‹')) as unknown)
      : value,
  );
}
