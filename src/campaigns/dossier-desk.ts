type DossierOutcome =
  /** `asOf` is RFC 3339; `manifestSha256` is what to note elsewhere. */
  | { ok: true; asOf: string; manifestSha256: string }
  | { ok: false; reason: 'not_found' | 'no_thread' | 'busy' }
  /** It could not be made, or Slack would not take it; what is said is for a person. */
  | { ok: false; reason: 'refused'; says: string }
  /** Slack did not say whether it arrived. */
  | { ok: false; reason: 'unknown' };

/** Evidence packages for people in Slack. */
export interface DossierDesk {
  /** Makes a campaign's pseudonymised dossier and puts it into its thread, with an audit entry; one at a time. */
  post(number: number, by: { actor: string; now: number }): Promise<DossierOutcome>;
}
