import type { Spot } from '../blocks/surface.tsx';
import { wordsOf } from './options.ts';

export interface ElementProps {
  spot: Spot;
  /** Whether a change goes to the app at once. */
  tells: boolean;
  /** Ids of the label and of hint and error, in an input block. */
  labelledBy?: string;
  describedBy?: string;
  invalid?: boolean;
  optional?: boolean;
}

/** The attributes that tie an element to its label, hint and error. */
export function describe({ spot, labelledBy, describedBy, invalid }: ElementProps) {
  const placeholder = wordsOf(spot.element['placeholder']);
  return {
    ...(labelledBy ? { 'aria-labelledby': labelledBy } : { 'aria-label': placeholder || 'Choose' }),
    ...(describedBy ? { 'aria-describedby': describedBy } : {}),
    ...(invalid ? { 'aria-invalid': true } : {}),
  };
}
