import { saveReleases } from '../db/model.ts';
import type { LoadOptions } from './load-accounts.ts';
import { loadRecords } from './load-records.ts';
import { ModelRelease } from './records.ts';

/** Loads releases of models; a later line for the same model replaces the earlier one. */
export function loadReleases({ pool, input, fingerprinter, clock, transact }: LoadOptions) {
  return loadRecords({
    pool,
    input,
    transact,
    schema: ModelRelease,
    fingerprinter,
    now: clock(),
    save: (tx, releases) => saveReleases(tx, releases),
  });
}
