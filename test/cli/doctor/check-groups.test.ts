import { expect, it, onTestFinished } from 'vitest';
import { createSandbox } from '../../../sandbox/server.ts';
import { checkSlack } from '../../../src/cli/doctor/check-slack.ts';
import { readConfig } from '../../../src/config.ts';

async function check(environment: Record<string, string>) {
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  const slack = {
    SLACK_BOT_TOKEN: sandbox.tokens.bot,
    SLACK_APP_TOKEN: sandbox.tokens.app,
    SLACK_API_URL: sandbox.apiUrl,
  };
  const checks = async () => {
    const found = await checkSlack(readConfig({ ...slack, ...environment }));
    return found.map(({ ok, name, says }) => `${ok ? 'ok' : 'ill'} ${name}: ${says}`);
  };
  return { sandbox, checks };
}

it('says which groups and channels are there, and what to mend of those that are not', async () => {
  const { sandbox, checks } = await check({
    RETORT_RESPONDERS_GROUP: '@abuse-oncall',
    RETORT_APPROVERS_GROUP: 'S0APPROVERS',
    RETORT_ONCALL_GROUPS: 'abuse-oncall, nobody-knows',
    RETORT_ALERT_ROUTES: 'critical=#general high=nowhere',
  });
  sandbox.control.setGroupMembers('abuse-approvers', []);
  const told = await checks();
  expect(told).toContainEqual(expect.stringContaining('ok Slack channel: #abuse-alerts is there'));
  expect(told).toContainEqual(
    expect.stringContaining('ok Slack channel: #general is there; Retort enters it with its first post'),
  );
  expect(told).toContainEqual(expect.stringContaining('ill Slack channel: there is no channel "nowhere"'));
  expect(told).toContainEqual(
    expect.stringContaining('ok Slack group abuse-oncall: is there, 2 in it; name it by its id, S0ONCALL'),
  );
  expect(told).toContainEqual(expect.stringContaining('ill Slack group S0APPROVERS: is there, and nobody is in it'));
  expect(told).toContainEqual(expect.stringContaining('ill Slack group nobody-knows: there is none'));
});

it('asks nothing of groups where none is named', async () => {
  const { sandbox, checks } = await check({});
  expect((await checks()).every((line) => line.startsWith('ok'))).toBe(true);
  expect(sandbox.control.calls('usergroups.list')).toEqual([]);
});
