import type { ChartSeries, SeriesChart } from '../../../page-api.ts';
import type { Plot } from './plot.ts';

interface MarksProps {
  chart: SeriesChart;
  plot: Plot;
  active: number | null;
}

const paint = (at: number) => `var(--series-${at % 6})`;

function outline({ data }: ChartSeries, plot: Plot): string {
  return data
    .map(({ value }, at) => `${at === 0 ? 'M' : 'L'}${plot.x(at).toFixed(1)} ${plot.y(value).toFixed(1)}`)
    .join('');
}

function Bars({ chart, plot, active }: MarksProps) {
  const width = Math.min(36, (plot.step * 0.74) / chart.series.length);
  const offset = (width * chart.series.length) / 2;
  return (
    <>
      {chart.series.map(({ name, data }, series) => (
        <g key={name} style={{ fill: paint(series) }}>
          {data.map(({ label, value }, at) => (
            <rect
              key={label}
              class={active === null || active === at ? 'bar' : 'bar faded'}
              x={plot.x(at) - offset + width * series + 0.75}
              y={Math.min(plot.y(value), plot.y(0))}
              width={Math.max(1, width - 1.5)}
              height={Math.abs(plot.y(value) - plot.y(0))}
              rx={Math.min(2, width / 4)}
            />
          ))}
        </g>
      ))}
    </>
  );
}

function Lines({ chart, plot, active }: MarksProps) {
  const filled = chart.type === 'area';
  const last = (chart.series[0]?.data.length ?? 1) - 1;
  const close = `L${plot.x(last).toFixed(1)} ${plot.y(0).toFixed(1)}L${plot.x(0).toFixed(1)} ${plot.y(0).toFixed(1)}Z`;
  return (
    <>
      {chart.series.map((series, at) => (
        <g key={series.name}>
          {filled && <path class="area" style={{ fill: paint(at) }} d={`${outline(series, plot)}${close}`} />}
          <path class={`line line-${at % 6}`} style={{ stroke: paint(at) }} d={outline(series, plot)} />
          {series.data.map(({ value }, point) =>
            active === point || last === 0 ? (
              <circle key={point} style={{ fill: paint(at) }} class="dot" cx={plot.x(point)} cy={plot.y(value)} r={4} />
            ) : null,
          )}
        </g>
      ))}
    </>
  );
}

/** The series themselves: bars, lines or areas. */
export function Marks(props: MarksProps) {
  return props.chart.type === 'bar' ? <Bars {...props} /> : <Lines {...props} />;
}
