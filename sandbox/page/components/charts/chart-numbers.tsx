import type { PieChart, SeriesChart } from '../../../page-api.ts';
import { fullNumber } from './scale.ts';

/** A chart's numbers as a table: always there for screen readers, shown to all on demand. */
export function ChartNumbers({ chart, title, seen }: { chart: PieChart | SeriesChart; title: string; seen: boolean }) {
  const columns = chart.type === 'pie' ? ['Value'] : chart.series.map(({ name }) => name);
  const labels = chart.type === 'pie' ? chart.segments.map(({ label }) => label) : chart.axis_config.categories;
  const value = (row: number, column: number) =>
    chart.type === 'pie' ? chart.segments[row]?.value : chart.series[column]?.data[row]?.value;
  return (
    <div class={seen ? 'table-scroll' : 'unseen'}>
      <table class="table">
        <caption class="unseen">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{(chart.type !== 'pie' && chart.axis_config.x_label) || 'Label'}</th>
            {columns.map((name) => (
              <th scope="col" class="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((label, row) => (
            <tr>
              <th scope="row">{label}</th>
              {columns.map((_, column) => (
                <td class="number">{fullNumber(value(row, column) ?? 0)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
