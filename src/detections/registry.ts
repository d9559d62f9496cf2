import { bypassProbing } from './bypass-probing.ts';
import { cardedTemplate } from './carded-template.ts';
import type { Detection } from './detection.ts';
import { evenDays } from './even-days.ts';
import { evenElicitation } from './even-elicitation.ts';
import { networkRotation } from './network-rotation.ts';
import { noNight } from './no-night.ts';
import { noRamp } from './no-ramp.ts';
import { outputHeavy } from './output-heavy.ts';
import { replayedReasoning } from './replayed-reasoning.ts';
import { sharedClient } from './shared-client.ts';
import { sharedIndicator } from './shared-indicator.ts';
import { sharedNetwork } from './shared-network.ts';
import { sharedPayment } from './shared-payment.ts';
import { sharedTemplate } from './shared-template.ts';
import { signupCohort } from './signup-cohort.ts';

/** Every detection that Retort brings, in the order in which their evidence is told. */
export const DETECTIONS: readonly Detection[] = [
  sharedTemplate,
  evenElicitation,
  replayedReasoning,
  sharedPayment,
  cardedTemplate,
  sharedNetwork,
  networkRotation,
  sharedClient,
  signupCohort,
  sharedIndicator,
  noNight,
  evenDays,
  outputHeavy,
  noRamp,
  bypassProbing,
];
