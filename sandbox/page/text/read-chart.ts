import type { ChartPoint, PieChart, SeriesChart } from '../../page-api.ts';
import { readArray, readNumber, readObject, readString } from './read-json.ts';

function readPoints(value: unknown): ChartPoint[] {
  return readArray(value).map((point) => {
    const { label, value: amount } = readObject(point);
    return { label: readString(label), value: readNumber(amount) };
  });
}

/** A chart as the page draws it, whatever the app sent: every series has a point for each category, in their order. */
export function readChart(value: unknown): PieChart | SeriesChart {
  const chart = readObject(value);
  if (chart['type'] === 'pie')
    return { type: 'pie', segments: readPoints(chart['segments']).filter((part) => part.value > 0) };
  const axis = readObject(chart['axis_config']);
  const categories = readArray(axis['categories']).map(readString);
  const series = readArray(chart['series']).map((entry) => {
    const points = readPoints(readObject(entry)['data']);
    const at = (label: string) => points.find((point) => point.label === label)?.value ?? 0;
    return {
      name: readString(readObject(entry)['name']),
      data: categories.map((label) => ({ label, value: at(label) })),
    };
  });
  const labels = { x_label: readString(axis['x_label']), y_label: readString(axis['y_label']) };
  const type = chart['type'] === 'bar' || chart['type'] === 'area' ? chart['type'] : 'line';
  return { type, series, axis_config: { categories, ...labels } };
}
