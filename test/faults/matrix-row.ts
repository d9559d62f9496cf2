/** A test that shows a row: where it stands, and how its title is written there. */
interface Shown {
  file: string;
  title: string;
}

/** One fault of the published table. `seen` is what a run showed; nothing stands there that was not run. */
export interface MatrixRow {
  fault: string;
  /** What the tests do to Retort. */
  injected: string;
  /** How often with every change, and in the long form where that does more. */
  short: string;
  long?: string;
  promised: string;
  seen: string;
  /** What of the fault is not tested yet. */
  missing?: string;
  tests: Shown[];
}

/** Tests of one file. */
export const shown = (file: string, ...titles: string[]): Shown[] =>
  titles.map((title) => ({ file: `test/${file}`, title }));
