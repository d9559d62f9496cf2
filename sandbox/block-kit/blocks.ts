import { dataVisualization } from './charts.ts';
import { anyText, id, plainText } from './composition.ts';
import { accessory, actionElement, contextElement, inputElement } from './elements.ts';
import { limits } from './limits.ts';
import { richText } from './rich-text.ts';
import { anything, bool, choice, isObject, list, object, oneOfFields, problem, type Rule, string } from './shape.ts';
import { dataTable, table } from './tables.ts';

export type Surface = 'message' | 'modal' | 'home';

const blockId = { block_id: id };

const distinctActions: Rule = (block, at, problems) => {
  const elements = isObject(block) && Array.isArray(block.elements) ? block.elements.filter(isObject) : [];
  const ids = elements.map((element) => element.action_id).filter((each) => each !== undefined);
  if (new Set(ids).size < ids.length) problems.push(problem('`action_id` must be unique in a block', `${at}/elements`));
};

const everywhere: Record<string, Rule> = {
  section: object(
    {},
    {
      ...blockId,
      text: anyText(limits.sectionText),
      fields: list(anyText(limits.sectionField), { max: limits.sectionFields }),
      accessory,
      expand: bool,
    },
    oneOfFields(['text', 'fields']),
  ),
  header: object({ text: plainText(limits.header) }, blockId),
  divider: object({}, blockId),
  context: object({ elements: list(contextElement, { max: limits.contextElements }) }, blockId),
  actions: object({ elements: list(actionElement, { max: limits.actionsElements }) }, blockId, distinctActions),
  image: object(
    { alt_text: string({ max: limits.altText }) },
    {
      ...blockId,
      image_url: string({ max: limits.imageUrl }),
      slack_file: anything,
      title: plainText(limits.imageTitle),
    },
    oneOfFields(['image_url', 'slack_file'], { exactly: true }),
  ),
  input: object(
    { label: plainText(limits.inputLabel), element: inputElement },
    { ...blockId, hint: plainText(limits.inputHint), optional: bool, dispatch_action: bool },
  ),
  rich_text: richText,
};

/** Which blocks stand where. */
export const blockRules: Record<Surface, Record<string, Rule>> = {
  message: {
    ...everywhere,
    markdown: object({ text: string({ max: limits.markdown }) }, blockId),
    table,
    data_table: dataTable,
    data_visualization: dataVisualization,
  },
  modal: {
    ...everywhere,
    alert: object(
      { text: anyText(limits.sectionText) },
      { ...blockId, level: choice('default', 'info', 'warning', 'error', 'success') },
    ),
  },
  home: everywhere,
};
