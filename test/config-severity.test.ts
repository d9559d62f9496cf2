import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

const rotaOf = (environment: Record<string, string>) => readConfig(environment).rota;

describe('what is told by severity', () => {
  it('keeps the usual value of what is not named', () => {
    expect(rotaOf({ RETORT_ANSWER_WITHIN: 'critical=5m, LOW=2d' }).answerWithinMs).toEqual({
      critical: 300_000,
      high: 3_600_000,
      medium: 8 * 3_600_000,
      low: 172_800_000,
    });
    expect(rotaOf({ RETORT_ACK_HOLDS: 'critical=none' }).holdsMs.critical).toBeNull();
    expect(readConfig({ RETORT_ALERT_ROUTES: 'critical=#abuse-critical' }).alertRoutes).toEqual({
      critical: 'abuse-critical',
      high: null,
      medium: null,
      low: null,
    });
    expect(rotaOf({ RETORT_ONCALL_GROUPS: '@abuse-oncall, S0NEXT' }).groups).toEqual(['abuse-oncall', 'S0NEXT']);
  });

  it.each([
    ['RETORT_ANSWER_WITHIN', 'severe=5m', /knows critical, high, medium, low, not severe/],
    ['RETORT_ANSWER_WITHIN', 'critical=soon', /has for critical: must be a time such as 15m/],
    ['RETORT_ANSWER_WITHIN', 'critical', /has for critical/],
    ['RETORT_ALERT_ROUTES', 'critical=', /has for critical: a channel is missing/],
    ['RETORT_QUIET_HOURS', '22-7', /must be two times of day/],
    ['RETORT_ONCALL_GROUPS', 'a,b,c,d,e,f', /five groups at most/],
  ])('%s refuses %s', (variable, value, says) => {
    expect(() => readConfig({ [variable]: value })).toThrow(says);
  });
});
