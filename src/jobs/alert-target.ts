import type { Severity } from '../campaigns/campaign.ts';

export interface AlertTargets {
  /** Name or id. */
  alertChannel: string;
  /** Channels of their own by severity. */
  alertRoutes?: Readonly<Record<Severity, string | null>> | undefined;
}

/** The channel, by name or id, that campaigns of a severity are told in. */
export function alertTarget(severity: Severity, { alertChannel, alertRoutes }: AlertTargets): string {
  return alertRoutes?.[severity] ?? alertChannel;
}
