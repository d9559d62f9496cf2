import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { Environment } from '../../src/config.ts';

export const ROOT = path.resolve(import.meta.dirname, '../..');
const DEPLOY = path.join(ROOT, 'deploy');

/** A file of deploy/, by its path there. */
export function deployed(file: string): string {
  return readFileSync(path.join(DEPLOY, file), 'utf8');
}

/** Every document of a YAML file in deploy/, each as plain data. Throws where it is no YAML. */
export function deployedYaml(file: string): unknown[] {
  return parseAllDocuments(deployed(file)).map((document) => {
    for (const fault of [...document.errors, ...document.warnings]) throw fault;
    return document.toJS() as unknown;
  });
}

/** Of these variables, those that Retort does not read. */
export function unknownVariables(names: readonly string[]): string[] {
  return names.filter((name) => !(name in Environment.shape));
}

/** `NAME=value` lines of an environment file, those that are commented out included. */
export function variablesOf(text: string): string[] {
  return [...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = '']) => name);
}
