import type { Config } from '../../config.ts';
import { schemaState } from '../../db/migrate.ts';
import { createPool } from '../../db/pool.ts';
import type { OwnProblem } from '../../detections/check-own-detection.ts';
import type { Detection } from '../../detections/detection.ts';
import { createOwnDetections } from '../../detections/own-detections.ts';
import { queryProblem } from '../../detections/query-problem.ts';
import { silentLog } from '../../log.ts';
import { findServer } from '../../open-database.ts';
import { type Check, failed, passed } from './check.ts';

const NAME = 'your own detections';

/** Whether every file in the operator's folder is a detection that the database takes; nothing where no folder is set. */
export async function checkDetections(config: Config): Promise<Check[]> {
  const { detectionsDir } = config;
  if (detectionsDir === undefined) return [];
  const { detections, problems } = await createOwnDetections(detectionsDir, silentLog).refresh();
  const refused = detections.length === 0 ? new Map<string, OwnProblem>() : await askDatabase(config, detections);
  const sound = detections.filter(({ id }) => !refused.has(id)).map(({ id }) => id);
  const none = detections.length + problems.length === 0 ? [passed(NAME, `${detectionsDir} holds none`)] : [];
  return [
    ...none,
    ...(sound.length === 0 ? [] : [passed(NAME, `${sound.join(', ')} can be loaded`)]),
    ...[...refused].map(([id, problem]) => told(id, problem)),
    ...problems.map((problem) => told(problem.file, problem)),
  ];
}

function told(name: string, { field, what }: OwnProblem): Check {
  return failed(`${NAME}: ${name}`, `${field === undefined ? '' : `${field} `}${what}.`);
}

/** What the database says against them, by id; nothing where it cannot be asked, which another check tells. */
async function askDatabase(config: Config, detections: readonly Detection[]): Promise<Map<string, OwnProblem>> {
  const refused = new Map<string, OwnProblem>();
  const server = await findServer(config, silentLog).catch(() => undefined);
  if (server === undefined) return refused;
  const pool = createPool(server.url, { log: silentLog, applicationName: 'retort doctor', maxConnections: 1 });
  try {
    const { missing, unknown } = await schemaState(pool);
    for (const detection of missing.length + unknown.length > 0 ? [] : detections) {
      const problem = await queryProblem(pool, detection);
      if (problem !== undefined) refused.set(detection.id, problem);
    }
  } catch {
    // The database cannot be used: said by its own check.
  } finally {
    await pool.end();
    await server.stop();
  }
  return refused;
}
