/** What each colour means. */
export function Legend({ entries }: { entries: { name: string; detail?: string }[] }) {
  return (
    <ul class="legend">
      {entries.map(({ name, detail }, at) => (
        <li key={name}>
          <span class="swatch" style={{ background: `var(--series-${at % 6})` }} />
          {name}
          {detail && <span class="legend-detail">{detail}</span>}
        </li>
      ))}
    </ul>
  );
}
