import { describe, expect, it, onTestFinished } from 'vitest';
import { createSandbox } from '../../../sandbox/server.ts';
import type { Check } from '../../../src/cli/doctor/check.ts';
import { checkEnforcement } from '../../../src/cli/doctor/check-enforcement.ts';
import { checkEscalation } from '../../../src/cli/doctor/check-escalation.ts';
import { checkSlack } from '../../../src/cli/doctor/check-slack.ts';
import { readConfig } from '../../../src/config.ts';

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const KEY = '0123456789abcdef0123456789abcdef';
const told = (checks: Check[]) => checks.map(({ ok, name, says }) => `${ok ? 'ok' : 'ill'} ${name}: ${says}`);

describe('enforcement', () => {
  const check = async (environment: Record<string, string>) => told(await checkEnforcement(readConfig(environment)));

  it('is a dry run until it is switched on, and says so', async () => {
    expect(await check({})).toEqual([expect.stringContaining('ok enforcement: is a dry run')]);
  });

  it('needs an address that may be spoken to, and somebody who approves', async () => {
    const live = { RETORT_ENFORCEMENT: 'on', RETORT_WEBHOOK_SECRETS: `${SECRET},${SECRET}` };
    expect(await check({ ...live, RETORT_ENFORCEMENT_URL: 'https://10.20.0.3/actions' })).toEqual([
      expect.stringContaining('ok enforcement: is live'),
      'ok webhook secrets: 2 secrets to sign with',
      expect.stringMatching(/^ill enforcement webhook: 10\.20\.0\.3 is at .* name it in RETORT_WEBHOOK_ALLOW/),
      expect.stringContaining('ill approvers: nobody can approve anything: set RETORT_APPROVERS_GROUP'),
    ]);
    const mended = { ...live, RETORT_WEBHOOK_ALLOW: '10.20.0.0/16', RETORT_APPROVERS_GROUP: 'S0APPROVERS' };
    const all = await check({ ...mended, RETORT_ENFORCEMENT_URL: 'http://10.20.0.3/actions' });
    expect(all.filter((line) => line.startsWith('ill'))).toEqual([]);
    expect(await check({ ...mended, RETORT_ENFORCEMENT_URL: 'http://93.184.216.34/actions' })).toContainEqual(
      expect.stringMatching(/^ill enforcement webhook: .* without encryption.* https:\/\//),
    );
  });
});

describe('escalation', () => {
  const check = async (environment: Record<string, string>) => told(await checkEscalation(readConfig(environment)));

  it('names what would reach somebody', async () => {
    expect(await check({})).toEqual([expect.stringContaining('it needs RETORT_PAGERDUTY_ROUTING_KEY,')]);
  });

  it('says which addresses may not be spoken to, and never the key', async () => {
    const lines = await check({
      RETORT_PAGERDUTY_ROUTING_KEY: KEY,
      RETORT_PAGERDUTY_URL: 'https://169.254.169.254/v2/enqueue',
      RETORT_ESCALATION_URL: 'https://nowhere.invalid/hook',
      RETORT_WEBHOOK_SECRETS: SECRET,
    });
    expect(lines).toEqual([
      expect.stringContaining('ok PagerDuty key: looks like one'),
      expect.stringContaining('ill PagerDuty: 169.254.169.254 is at'),
      expect.stringMatching(/^ill escalation webhook: nowhere\.invalid is not found .* RETORT_ESCALATION_URL/),
    ]);
    expect(lines.join()).not.toContain(KEY);
  });

  it('asks Slack for the legal channel', async () => {
    const sandbox = await createSandbox();
    onTestFinished(() => sandbox.close());
    const check = async (channel: string) => {
      const { bot: SLACK_BOT_TOKEN, app: SLACK_APP_TOKEN } = sandbox.tokens;
      const slack = { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_API_URL: sandbox.apiUrl };
      return told(await checkSlack(readConfig({ ...slack, RETORT_LEGAL_CHANNEL: channel })));
    };
    expect(await check('#abuse-legal')).toContainEqual(
      expect.stringContaining('ill legal channel: there is no channel "abuse-legal" that Retort can see'),
    );
    expect(await check('general')).toContainEqual('ill legal channel: Retort is not in #general: invite it there.');
    sandbox.control.inviteBot('abuse-legal');
    sandbox.control.inviteBot('general');
    expect(await check('abuse-legal')).toContainEqual('ok legal channel: #abuse-legal is there, with Retort in it');
    expect(await check('general')).toContainEqual(expect.stringContaining('and public: everyone can read'));
  });
});
