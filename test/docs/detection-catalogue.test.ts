import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Detection } from '../../src/detections/detection.ts';
import { DETECTIONS } from '../../src/detections/registry.ts';
import { generatedPart } from './generated-part.ts';

const Properties = z.record(z.string(), z.object({ default: z.unknown(), description: z.string() }));

/** Each parameter with its default and what it trades; throws for one that lacks either. */
function parametersOf({ params }: Detection): { name: string; unset: string; trades: string }[] {
  const properties = Properties.parse(z.toJSONSchema(params, { io: 'input' }).properties ?? {});
  return Object.entries(properties).map(([name, { default: unset, description }]) => ({
    name,
    unset: JSON.stringify(unset),
    trades: description,
  }));
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
const list = (texts: readonly string[]) => texts.map((text) => `- ${text}`).join('\n');

function chapter(detection: Detection): string {
  const { id, family, role, state = 'enabled', title, looksFor, benignCauses, knownGaps, runbook } = detection;
  const parameters = parametersOf(detection).map(({ name, unset, trades }) => `| \`${name}\` | ${unset} | ${trades} |`);
  return [
    `## ${id}`,
    `${sentence(title)} Family \`${family}\`, role \`${role}\`, state \`${state}\`.`,
    looksFor,
    ['| parameter | default | trades |', '| --- | --- | --- |', ...parameters].join('\n'),
    `Honest causes:\n\n${list(benignCauses)}`,
    `Does not see:\n\n${list(knownGaps)}`,
    `Look first: ${runbook}`,
  ].join('\n\n');
}

it('every parameter of every detection has a default and says what it trades', () => {
  const bare = DETECTIONS.flatMap((detection) =>
    parametersOf(detection)
      .filter(({ unset, trades }) => unset === undefined || trades.length < 10)
      .map(({ name }) => `${detection.id}: ${name}`),
  );
  expect(bare).toEqual([]);
});

it('the catalogue of docs/detections.md is the registry’s', () => {
  const contents = DETECTIONS.map(
    ({ id, family, role, title }) => `| [${id}](#${id}) | ${family} | ${role} | ${title} |`,
  );
  const text = [
    ['| detection | family | role | finds |', '| --- | --- | --- | --- |', ...contents].join('\n'),
    ...DETECTIONS.map(chapter),
  ].join('\n\n');
  expect(generatedPart({ file: 'docs/detections.md', name: 'detections', text })).toBe(text);
});
