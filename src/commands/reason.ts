import { z } from 'zod';

/** Why a person does something, in their words: kept in the audit, and read by others. */
export const Reason = z
  .string()
  .trim()
  .min(3, 'the reason is too short to help the next person')
  .max(500, 'the reason is longer than 500 characters');
