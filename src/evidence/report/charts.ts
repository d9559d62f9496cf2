import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { Html } from './html.ts';

use([BarChart, LineChart, GridComponent, LegendComponent, SVGRenderer]);

interface Series {
  name: string;
  values: readonly number[];
}

export interface Chart {
  /** Of the drawing: no two in one page have the same. */
  id: string;
  kind: 'bar' | 'line';
  labels: readonly string[];
  series: readonly Series[];
  unit: string;
  /** Bars lie down: for long labels. */
  lying?: boolean;
}

const WIDTH = 900;
const HEIGHT = 260;
const ROW = 34;
/** The campaign and everyone else, told apart without red and green. */
const COLOURS = ['#b3541e', '#3a6ea5', '#7a8794'];

/** A chart as markup for the page: drawn here, so that the reader's machine runs nothing. */
export function drawChart({ id, kind, labels, series, unit, lying = false }: Chart): Html {
  const height = lying ? 80 + ROW * labels.length : HEIGHT;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: WIDTH, height });
  const category = { type: 'category' as const, data: [...labels], axisTick: { show: false } };
  const value = { type: 'value' as const, name: unit, nameLocation: 'end' as const, minInterval: 0 };
  chart.setOption({
    animation: false,
    color: COLOURS,
    textStyle: { fontFamily: 'system-ui, sans-serif' },
    grid: { left: lying ? 120 : 70, right: 40, top: 50, bottom: 40 },
    legend: { top: 8, itemGap: 30, data: series.map(({ name }) => name) },
    xAxis: lying ? value : category,
    yAxis: lying ? { ...category, inverse: true } : value,
    series: series.map(({ name, values }) => ({
      name,
      type: kind,
      data: [...values],
      showSymbol: false,
      silent: true,
    })),
  });
  const markup = chart.renderToSVGString();
  chart.dispose();
  return new Html(withOwnIds(markup, id));
}

/**
 * The library numbers drawings and styles over the life of the program; the same chart must always be the same text.
 * Its styles are for pointers, which a page without a program has no use for.
 */
const withOwnIds = (markup: string, id: string): string =>
  markup
    .replaceAll(/<style.*?<\/style>/gs, '')
    .replaceAll(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
    .replaceAll(/\bzr\d+-/g, `${id}-`);
