import type { SeriesChart } from '../../../page-api.ts';
import { axisNumber, linear, niceTicks } from './scale.ts';

export interface Plot {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  ticks: number[];
  /** The middle of a category. */
  x: (at: number) => number;
  y: (value: number) => number;
  /** The room of one category. */
  step: number;
}

const HEIGHT = 240;

/** Where everything of a chart stands, for a width in pixels. */
export function layOut(chart: SeriesChart, width: number): Plot {
  const values = chart.series.flatMap(({ data }) => data.map(({ value }) => value));
  const ticks = niceTicks(Math.min(0, ...values), Math.max(0, ...values), 4, values.every(Number.isInteger));
  const left =
    14 + Math.max(...ticks.map((tick) => axisNumber(tick).length)) * 7 + (chart.axis_config.y_label ? 18 : 0);
  const [right, top, bottom] = [width - 14, 12, HEIGHT - (chart.axis_config.x_label ? 46 : 28)];
  const count = Math.max(1, chart.axis_config.categories.length);
  const step = (right - left) / count;
  const y = linear([ticks[0] ?? 0, ticks.at(-1) ?? 1], [bottom, top]);
  return { width, height: HEIGHT, left, right, top, bottom, ticks, step, x: (at) => left + step * (at + 0.5), y };
}
