import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { packageFile } from './package-file.ts';

/** The release of this program, as package.json says. */
export const { version } = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(packageFile('package.json'), 'utf8')));
