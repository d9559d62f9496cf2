import { useState } from 'preact/hooks';
import type { PieChart as Pie } from '../../../page-api.ts';
import { Legend } from './legend.tsx';
import { fullNumber, ringSlice } from './scale.ts';

const SIZE = 180;

/** A pie, drawn as a ring with what is pointed at in its middle. */
export function PieChart({ chart, title }: { chart: Pie; title: string }) {
  const [active, setActive] = useState<number | null>(null);
  const total = chart.segments.reduce((sum, { value }) => sum + value, 0) || 1;
  const percent = (value: number) => `${((value / total) * 100).toFixed(value / total < 0.1 ? 1 : 0)} %`;
  const start = (at: number) => chart.segments.slice(0, at).reduce((sum, { value }) => sum + value, 0) / total;
  const shown = active === null ? undefined : chart.segments[active];
  const entries = chart.segments.map(({ label, value }) => ({
    name: label,
    detail: `${fullNumber(value)} · ${percent(value)}`,
  }));
  return (
    <div class="pie">
      <svg width={SIZE} height={SIZE} viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={`Pie chart: ${title}`}>
        {chart.segments.map(({ label, value }, at) => (
          <path
            key={label}
            class={active === null || active === at ? 'slice' : 'slice faded'}
            style={{ fill: `var(--series-${at % 6})` }}
            d={ringSlice(SIZE / 2, SIZE / 2 - 4, SIZE / 3.4, start(at), start(at) + value / total)}
            onPointerEnter={() => setActive(at)}
            onPointerLeave={() => setActive(null)}
          />
        ))}
        <text class="pie-value" x={SIZE / 2} y={SIZE / 2 - 1}>
          {shown ? percent(shown.value) : fullNumber(total)}
        </text>
        <text class="pie-label" x={SIZE / 2} y={SIZE / 2 + 17}>
          {shown ? shown.label : 'in all'}
        </text>
      </svg>
      <Legend entries={entries} />
    </div>
  );
}
