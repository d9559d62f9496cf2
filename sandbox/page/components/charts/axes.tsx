import type { SeriesChart } from '../../../page-api.ts';
import type { Plot } from './plot.ts';
import { axisNumber, labelStep } from './scale.ts';

/** Grid, ticks and labels. */
export function Axes({ chart, plot }: { chart: SeriesChart; plot: Plot }) {
  const { categories, x_label, y_label } = chart.axis_config;
  const every = labelStep(categories, plot.right - plot.left);
  const middle = (plot.top + plot.bottom) / 2;
  return (
    <g class="axes">
      {plot.ticks.map((tick) => (
        <g key={tick}>
          <line
            class={tick === 0 ? 'axis' : 'grid'}
            x1={plot.left}
            x2={plot.right}
            y1={plot.y(tick)}
            y2={plot.y(tick)}
          />
          <text x={plot.left - 8} y={plot.y(tick) + 4} text-anchor="end">
            {axisNumber(tick)}
          </text>
        </g>
      ))}
      {categories.map((label, at) =>
        at % every === 0 ? (
          <text key={label} x={plot.x(at)} y={plot.bottom + 18} text-anchor="middle">
            {label}
          </text>
        ) : null,
      )}
      {x_label && (
        <text class="axis-title" x={(plot.left + plot.right) / 2} y={plot.height - 6} text-anchor="middle">
          {x_label}
        </text>
      )}
      {y_label && (
        <text class="axis-title" transform={`translate(12 ${middle}) rotate(-90)`} text-anchor="middle">
          {y_label}
        </text>
      )}
    </g>
  );
}
