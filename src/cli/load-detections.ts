import { createOwnDetections } from '../detections/own-detections.ts';
import { DETECTIONS } from '../detections/registry.ts';
import type { Session } from './session.ts';

/** Retort's detections and the operator's own, with what of those cannot be loaded. */
export async function loadDetections({ config, log }: Pick<Session, 'config' | 'log'>) {
  const { detections, problems } = await createOwnDetections(config.detectionsDir, log).refresh();
  return { detections: [...DETECTIONS, ...detections], problems };
}
