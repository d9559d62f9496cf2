import { type Surface, blockRules } from './blocks.ts';
import { plainText } from './composition.ts';
import { limits } from './limits.ts';
import { bool, byType, choice, isObject, type Json, list, object, problem, type Rule, string } from './shape.ts';
import { tableCharacters } from './tables.ts';

/** What Slack would complain of in these blocks; empty when it would take them. */
export function validateBlocks(blocks: unknown, surface: Surface, at = '/blocks'): string[] {
  const problems: string[] = [];
  blockList(surface)(blocks, at, problems);
  return problems;
}

function blockList(surface: Surface): Rule {
  const max = surface === 'message' ? limits.messageBlocks : limits.viewBlocks;
  const each = list(byType(blockRules[surface], 'block'), { min: 0, max });
  return (blocks, at, problems) => {
    each(blocks, at, problems);
    if (!Array.isArray(blocks)) return;
    const known = blocks.filter(isObject);
    distinctIds(known, at, problems);
    countedTogether(known, at, problems);
  };
}

function distinctIds(blocks: Json[], at: string, problems: string[]): void {
  const seen = new Set<unknown>();
  for (const [index, block] of blocks.entries()) {
    if (block.block_id === undefined) continue;
    if (seen.has(block.block_id)) {
      problems.push(
        problem(`\`block_id\` ${JSON.stringify(block.block_id)} already exists`, `${at}/${index}/block_id`),
      );
    }
    seen.add(block.block_id);
  }
}

function countedTogether(blocks: Json[], at: string, problems: string[]): void {
  const ofType = (type: string) => blocks.filter((block) => block.type === type);
  if (ofType('data_visualization').length > limits.chartsPerMessage) {
    problems.push(problem(`no more than ${limits.chartsPerMessage} data_visualization blocks allowed`, at));
  }
  if (ofType('table').length > 1) problems.push(problem('only_one_table_allowed', at));
  const cells = tableCharacters([...ofType('table'), ...ofType('data_table')]);
  if (cells > limits.tableCharacters) {
    problems.push(problem(`tables must be less than ${limits.tableCharacters + 1} characters`, at));
  }
}

const shared = {
  private_metadata: string({ min: 0, max: limits.privateMetadata }),
  callback_id: string({ min: 0, max: limits.id }),
  external_id: string({ min: 0, max: limits.id }),
};

const submitForInputs: Rule = (view, at, problems) => {
  if (!isObject(view) || view.submit !== undefined || !Array.isArray(view.blocks)) return;
  if (view.blocks.some((block) => isObject(block) && block.type === 'input')) {
    problems.push(problem('missing required field: submit', at));
  }
};

const viewRule = byType(
  {
    modal: object(
      { title: plainText(limits.modalTitle), blocks: blockList('modal') },
      {
        ...shared,
        submit: plainText(limits.modalButton),
        close: plainText(limits.modalButton),
        clear_on_close: bool,
        notify_on_close: bool,
        submit_disabled: bool,
      },
      submitForInputs,
    ),
    home: object({ blocks: blockList('home') }, shared),
  },
  'view',
);

/** What Slack would complain of in this view; `surface` is what the method takes. */
export function validateView(view: unknown, surface: 'modal' | 'home'): string[] {
  const problems: string[] = [];
  viewRule(view, '/view', problems);
  if (isObject(view)) choice(surface)(view.type, '/view/type', problems);
  return problems;
}

/** Characters that a person would see in these blocks. */
export function visibleCharacters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, each) => sum + visibleCharacters(each), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce((sum, [name, each]) => {
    if (typeof each === 'string') return shown.has(name) ? sum + each.length : sum;
    return sum + visibleCharacters(each);
  }, 0);
}

const shown = new Set(['text', 'alt_text', 'title', 'label', 'name', 'caption']);
