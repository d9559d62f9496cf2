import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import sql from 'sql-template-tag';
import { z } from 'zod';
import { isOfKind } from '../db/is-of-kind.ts';
import { Key, Quantity } from '../db/query.ts';
import type { Log } from '../log.ts';
import { checkOwnDetection, faultText, type OwnProblem } from './check-own-detection.ts';
import type { Detection } from './detection.ts';
import { DETECTIONS } from './registry.ts';
import { activity, daysOf } from './window.ts';

/**
 * What an operator's module is handed: it lies outside the checkout, where Retort's packages are not found. Its
 * `defineDetection` hands the definition on, to be checked before it becomes a detection.
 */
const TOOLS = {
  defineDetection: <Spec>(spec: Spec): Spec => spec,
  sql,
  z,
  Key,
  Quantity,
  activity,
  daysOf,
  isOfKind,
} as const;
type OwnDetectionTools = typeof TOOLS;

export interface FileProblem extends OwnProblem {
  /** Within the folder. */
  file: string;
  /** An earlier version of the file goes on. */
  kept: boolean;
}

interface OwnReport {
  detections: Detection[];
  problems: FileProblem[];
}

/** Detections of the operator's own. */
export interface OwnDetections {
  /** Looks at the folder, loads what changed and keeps the last good version of what is broken. Never throws. */
  refresh(): Promise<OwnReport>;
}

interface Loaded {
  /** Of the file's content: a file that is touched is not loaded again. */
  hash: string;
  detection?: Detection;
  problem?: OwnProblem;
}

const MODULE = /\.m?js$/;
const LOAD_MS = 10_000;
const MOST_FILES = 200;

/** The detections in a folder, each file by itself; no folder: none. */
export function createOwnDetections(folder: string | undefined, log: Log): OwnDetections {
  const taken = DETECTIONS.map(({ id }) => id);
  const known = new Map<string, Loaded>();
  let unreadable = '';

  async function look(file: string): Promise<void> {
    const before = known.get(file);
    const name = file.replace(MODULE, '');
    const source = await readFile(path.join(folder ?? '', file)).catch((fault: unknown) => faultText(fault));
    const hash = typeof source === 'string' ? source : createHash('sha256').update(source).digest('hex').slice(0, 16);
    if (before?.hash === hash) return;
    const read = typeof source === 'string' ? { ok: false as const, what: source } : await load(file, name, hash);
    if (read.ok) {
      known.set(file, { hash, detection: read.detection });
      log.info({ detection: name, file }, 'a detection of the operator’s own was loaded');
      return;
    }
    const { ok: _, ...problem } = read;
    known.set(file, { ...before, hash, problem });
    const kept = before?.detection !== undefined;
    log.error({ file, ...problem, kept }, 'a detection of the operator’s own cannot be loaded');
  }

  async function load(file: string, name: string, hash: string): Promise<ReturnType<typeof checkOwnDetection>> {
    if (taken.includes(name)) {
      return { ok: false, field: 'id', what: `${name} is one of Retort's own: give the file another name` };
    }
    try {
      const url = pathToFileURL(path.resolve(folder ?? '', file));
      // Node keeps each module under its address for good: a changed file needs another one.
      url.searchParams.set('version', hash);
      const module = await inTime(import(url.href) as Promise<{ default?: unknown }>);
      const handed = module.default;
      const spec: unknown =
        typeof handed === 'function'
          ? await inTime(Promise.resolve((handed as (tools: OwnDetectionTools) => unknown)(TOOLS)))
          : handed;
      return checkOwnDetection(spec, name);
    } catch (fault) {
      return { ok: false, what: `cannot be loaded: ${faultText(fault)}` };
    }
  }

  async function refresh(): Promise<OwnReport> {
    if (folder === undefined) return { detections: [], problems: [] };
    const files = await listModules(folder);
    if (typeof files === 'string') {
      if (files !== unreadable)
        log.error({ folder, what: files }, 'the folder of the operator’s own detections cannot be read');
      unreadable = files;
    } else {
      unreadable = '';
      for (const file of known.keys()) if (!files.modules.includes(file)) known.delete(file);
      for (const file of files.modules) await look(file);
    }
    return report(typeof files === 'string' ? [{ file: 'RETORT_DETECTIONS_DIR', what: files }] : files.problems);
  }

  /** Two endings of one name would be one detection twice: the first file has it. */
  function report(others: readonly Omit<FileProblem, 'kept'>[]): OwnReport {
    const detections = new Map<string, Detection>();
    const problems: FileProblem[] = others.map((other) => ({ ...other, kept: false }));
    for (const [file, { detection, problem }] of [...known].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      if (problem !== undefined) problems.push({ file, ...problem, kept: detection !== undefined });
      if (detection === undefined) continue;
      if (detections.has(detection.id)) {
        problems.push({ file, field: 'id', what: `${detection.id} is in another file as well`, kept: false });
      } else {
        detections.set(detection.id, detection);
      }
    }
    return { detections: [...detections.values()], problems };
  }

  // One look at a time: two would load a file twice.
  let running: Promise<OwnReport> | undefined;
  return {
    refresh() {
      running ??= refresh().finally(() => (running = undefined));
      return running;
    },
  };
}

/** The modules of a folder; what is wrong with it as a text. */
async function listModules(
  folder: string,
): Promise<{ modules: string[]; problems: Omit<FileProblem, 'kept'>[] } | string> {
  try {
    const files = (await readdir(folder)).filter((file) => !file.startsWith('.')).toSorted();
    const modules = files.filter((file) => MODULE.test(file));
    const unbuilt = files.filter(
      (file) =>
        /\.m?ts$/.test(file) &&
        !file.endsWith('.d.ts') &&
        !modules.some((built) => built.replace(MODULE, '') === file.replace(/\.m?ts$/, '')),
    );
    return {
      modules: modules.slice(0, MOST_FILES),
      problems: [
        ...unbuilt.map((file) => ({ file, what: 'is TypeScript: build it to a .mjs beside it' })),
        ...modules.slice(MOST_FILES).map((file) => ({ file, what: `is one of more than ${MOST_FILES} files` })),
      ],
    };
  } catch (fault) {
    return faultText(fault);
  }
}

/** A module that waits for ever must not hold up the others. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const late = wait(LOAD_MS, undefined, { ref: false, signal: ended.signal }).then(() => {
    throw new Error(`not loaded after ${LOAD_MS / 1000} s`);
  });
  late.catch(() => {});
  return Promise.race([work, late]).finally(() => ended.abort());
}
