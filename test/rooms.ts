/** The table of docs/architecture.md: what a room may import besides itself, node:, zod, and the log. */
export const ROOMS: Record<string, string[] | 'everything'> = {
  src: 'everything',
  'src/cli': 'everything',
  'src/commands': ['campaigns', 'db', 'slack', 'sql-template-tag'],
  'src/jobs': ['campaigns', 'db', 'detections', 'enforcement', 'slack', 'node-cron', 'luxon'],
  // Only the vocabulary of rows: what a key and a quantity are.
  'src/detections': ['campaigns', 'src/db/query.ts', 'src/db/is-of-kind.ts', 'sql-template-tag'],
  'src/campaigns': [],
  'src/ingest': ['campaigns', 'db', 'ipaddr.js', 'pg-copy-streams', 'yaml'],
  'src/slack': ['campaigns', '@slack/bolt', '@slack/types', '@slack/web-api', 'luxon', 'fastest-levenshtein'],
  'src/enforcement': ['campaigns', 'ipaddr.js', 'standardwebhooks'],
  'src/evidence': ['campaigns', 'db'],
  'src/replay': ['campaigns', 'db', 'detections', 'ingest', 'jobs', 'pg', 'sql-template-tag'],
  'src/simulation': ['campaigns', 'ingest'],
  'src/demo': ['db', 'ingest', 'simulation'],
  'src/db': ['campaigns', 'json-canonicalize', 'pg', 'node-pg-migrate', 'pg-copy-streams', 'sql-template-tag'],
  sandbox: ['@slack/types', 'ws', 'yaml', 'preact', 'vite', '@slack/bolt', '@slack/web-api'],
};
