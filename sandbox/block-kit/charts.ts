import { id } from './composition.ts';
import { limits } from './limits.ts';
import { byType, isObject, list, number, object, problem, type Rule, string } from './shape.ts';

const label = string({ max: limits.chartLabel });

const series = object({
  name: label,
  data: list(object({ label, value: number() }), { max: limits.chartPoints }),
});

/** Series have different names, and each has one point for every category. */
const coversCategories: Rule = (chart, at, problems) => {
  if (!isObject(chart) || !Array.isArray(chart.series)) return;
  const axis =
    isObject(chart.axis_config) && Array.isArray(chart.axis_config.categories) ? chart.axis_config.categories : [];
  const all = chart.series.filter(isObject);
  if (new Set(all.map((each) => each.name)).size < all.length) {
    problems.push(problem('series names must be unique', `${at}/series`));
  }
  for (const [index, each] of all.entries()) {
    const labels = Array.isArray(each.data) ? each.data.filter(isObject).map((point) => point.label) : [];
    const covered = labels.length === axis.length && axis.every((category) => labels.includes(category));
    if (!covered) problems.push(problem('labels must match axis_config.categories', `${at}/series/${index}/data`));
  }
};

const seriesChart = object(
  {
    series: list(series, { max: limits.chartSeries }),
    axis_config: object(
      { categories: list(label, { max: limits.chartPoints }) },
      { x_label: string({ max: limits.chartAxisLabel }), y_label: string({ max: limits.chartAxisLabel }) },
    ),
  },
  {},
  coversCategories,
);

const segment = object({ label, value: number({ min: Number.MIN_VALUE }) });

export const dataVisualization = object(
  {
    title: string({ max: limits.chartTitle }),
    chart: byType(
      {
        pie: object({ segments: list(segment, { max: limits.chartSeries }) }),
        line: seriesChart,
        bar: seriesChart,
        area: seriesChart,
      },
      'chart',
    ),
  },
  { block_id: id },
);
