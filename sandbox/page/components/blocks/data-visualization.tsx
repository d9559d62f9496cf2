import { useId, useState } from 'preact/hooks';
import { readChart } from '../../text/read-chart.ts';
import { readString } from '../../text/read-json.ts';
import { ChartNumbers } from '../charts/chart-numbers.tsx';
import { PieChart } from '../charts/pie-chart.tsx';
import { SeriesChart } from '../charts/series-chart.tsx';
import type { Json } from './surface.tsx';

/** A `data_visualization` block: the chart, and the same numbers as a table. */
export function DataVisualization({ block }: { block: Json }) {
  const [numbers, setNumbers] = useState(false);
  const id = useId();
  const title = readString(block['title']);
  const chart = readChart(block['chart']);
  return (
    <figure class="chart" aria-labelledby={id}>
      <figcaption id={id}>
        <span>{title}</span>
        <button type="button" class="link-button" aria-expanded={numbers} onClick={() => setNumbers(!numbers)}>
          {numbers ? 'Show the chart' : 'Show the numbers'}
        </button>
      </figcaption>
      {numbers ? null : chart.type === 'pie' ? (
        <PieChart chart={chart} title={title} />
      ) : (
        <SeriesChart chart={chart} title={title} />
      )}
      <ChartNumbers chart={chart} title={title} seen={numbers} />
    </figure>
  );
}
