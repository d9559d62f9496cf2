import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Prompts that people and programs really wrote. They are read where they lie, and never written into this checkout. */
export interface RealPrompts {
  gsm8k: string[];
  selfinstruct: string[];
  toolformer: string[];
  roleplay: string[];
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const FILES = {
  gsm8k: 'gsm8k_test.ndjson',
  selfinstruct: 'selfinstruct_user_oriented.ndjson',
  toolformer: 'gpteacher_toolformer.ndjson',
  roleplay: 'gpteacher_roleplay.ndjson',
};
const Row = z.object({
  question: z.string().optional(),
  instruction: z.string().optional(),
  input: z.string().optional(),
});

/** The folder `shared/data` beside the checkout, or in RETORT_SHARED_DIR; undefined where it or a file of it is missing. */
export function readRealPrompts(): RealPrompts | undefined {
  const given = process.env['RETORT_SHARED_DIR'];
  const folders = given === undefined ? ['../shared', '../../shared'].map((up) => path.resolve(ROOT, up)) : [given];
  const folder = folders.map((one) => path.join(one, 'data')).find((one) => existsSync(path.join(one, FILES.gsm8k)));
  if (folder === undefined || Object.values(FILES).some((file) => !existsSync(path.join(folder, file))))
    return undefined;
  const read = (file: string) =>
    readFileSync(path.join(folder, file), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => Row.parse(JSON.parse(line)))
      .map(({ question, instruction, input }) => question ?? [instruction, input].filter((text) => text).join('\n\n'));
  return {
    gsm8k: read(FILES.gsm8k),
    selfinstruct: read(FILES.selfinstruct),
    toolformer: read(FILES.toolformer),
    roleplay: read(FILES.roleplay),
  };
}
