import { z } from 'zod';
import { SEVERITIES, type Severity } from './campaigns/campaign.ts';

type BySeverity<T> = Record<Severity, T>;

/** `critical=15m high=1h`: something for each severity; what is not named keeps the value of `otherwise`. */
export function bySeverity<T>(value: z.ZodType<T, string>, otherwise: BySeverity<T>) {
  return z.string().transform((text, issues) => {
    const result = { ...otherwise };
    for (const part of text.split(/[\s,]+/).filter((each) => each !== '')) {
      const [name = '', given = ''] = part.split('=');
      const severity = SEVERITIES.find((each) => each === name.toLowerCase());
      const read = value.safeParse(given);
      if (severity === undefined) {
        issues.addIssue({
          code: 'custom',
          message: `knows ${SEVERITIES.join(', ')}, not ${name}; write critical=… high=…`,
        });
        return z.NEVER;
      }
      if (!read.success) {
        issues.addIssue({
          code: 'custom',
          message: `has for ${name}: ${read.error.issues[0]?.message ?? 'that does not fit'}`,
        });
        return z.NEVER;
      }
      result[severity] = read.data;
    }
    return result;
  });
}
