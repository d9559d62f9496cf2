/**
 * Slack's chart block, which @slack/types does not have yet
 * (https://docs.slack.dev/reference/block-kit/blocks/data-visualization-block). Messages only, at most two a message.
 */
export interface DataVisualizationBlock {
  type: 'data_visualization';
  /** At most 50 characters. */
  title: string;
  chart: SeriesChart;
  block_id?: string;
}

interface SeriesChart {
  type: 'line' | 'bar' | 'area';
  /** 1–6 with different names, each of 1–20 points that bear the labels of `categories`. */
  series: { name: string; data: { label: string; value: number }[] }[];
  /** Labels of at most 20 characters. */
  axis_config: { categories: string[]; x_label?: string; y_label?: string };
}
