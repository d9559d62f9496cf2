import { z } from 'zod';

/** `enabled` counts; `shadow` runs and records what it finds, and counts for nothing; `disabled` does not run. */
export const DETECTION_STATES = ['enabled', 'shadow', 'disabled'] as const;
export const DetectionState = z.enum(DETECTION_STATES);
export type DetectionState = z.output<typeof DetectionState>;

/** What a person decided of a detection; `at` is epoch milliseconds. */
export interface DetectionChange {
  state: DetectionState;
  by: string;
  at: number;
  reason: string;
}
