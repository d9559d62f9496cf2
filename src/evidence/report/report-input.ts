import type { Attribution } from '../attribution.ts';
import type { BenignCheck } from '../benign-checks.ts';
import type { DossierFacts } from '../gather-dossier.ts';
import type { ManifestHead } from '../manifest.ts';
import type { Names } from '../names.ts';

/** What the report is made of; every section takes it. */
export interface ReportInput {
  facts: DossierFacts;
  names: Names;
  head: ManifestHead;
  checks: readonly BenignCheck[];
  attribution: Attribution | undefined;
}
