import type { CampaignGraph } from '../../campaigns/campaign-graph.ts';
import { renderPicture } from './render-picture.ts';

/** A campaign and what is to be drawn of it. */
export interface GraphWish {
  id: string;
  graph: CampaignGraph;
}

/** A campaign's graph as PNG. */
export async function graphPicture({ id, graph }: GraphWish): Promise<Uint8Array> {
  // With the first picture: the drawing library is half of all modules, and the bot has its pictures drawn elsewhere.
  const { drawGraph } = await import('./draw-graph.ts');
  return renderPicture(drawGraph(id, graph));
}
