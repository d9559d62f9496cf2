import type { Adapter } from './adapter.ts';

/** The format of records.ts itself. */
export const native: Adapter = { name: 'native' };
