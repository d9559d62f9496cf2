import type { FileRefusal } from './file-refusal.ts';

type DossierOutcome =
  /** `asOf` is RFC 3339; `manifestSha256` is what to note elsewhere. */
  { ok: true; asOf: string; manifestSha256: string } | { ok: false; reason: 'busy' } | FileRefusal;

/** Evidence packages for people in Slack. */
export interface DossierDesk {
  /** Makes a campaign's pseudonymised dossier and puts it into its thread, with an audit entry; one at a time. */
  post(number: number, by: { actor: string; now: number }): Promise<DossierOutcome>;
}
