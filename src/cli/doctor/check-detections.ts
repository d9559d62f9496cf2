import type { Config } from '../../config.ts';
import { createOwnDetections } from '../../detections/own-detections.ts';
import { silentLog } from '../../log.ts';
import { type Check, failed, passed } from './check.ts';

const NAME = 'your own detections';

/** Whether every file in the operator's folder is a detection; nothing where no folder is set. */
export async function checkDetections({ detectionsDir }: Pick<Config, 'detectionsDir'>): Promise<Check[]> {
  if (detectionsDir === undefined) return [];
  const { detections, problems } = await createOwnDetections(detectionsDir, silentLog).refresh();
  const loaded = detections.map(({ id }) => id).join(', ');
  return [
    ...(problems.length === 0 || loaded !== ''
      ? [passed(NAME, loaded === '' ? `${detectionsDir} holds none` : `${loaded} can be loaded`)]
      : []),
    ...problems.map(({ file, field, what }) =>
      failed(`${NAME}: ${file}`, field === undefined ? `${what}.` : `${field} ${what}.`),
    ),
  ];
}
