/** What an exchange's text or labels show about its purpose: a bit set, made at ingest, kept without the text. */
export const MARKS = {
  /** Asks for the reasoning to be written out. */
  elicits_reasoning: 1,
  /** Grades an answer by a rubric: the model as a reward model. */
  grades: 2,
  /** Asks for training data, or for many variants of an item. */
  generates_data: 4,
  /** Tries ways around the hiding of reasoning. */
  probes_bypass: 8,
  /** Bears a reasoning signature made in another conversation. */
  replays_reasoning: 16,
} as const;

export type Mark = keyof typeof MARKS;

/** What a model is used for; 0 is unknown. The codes are stored: add at the end, never renumber. */
export const CAPABILITIES = [
  'unknown',
  'agentic_coding',
  'tool_use',
  'math',
  'reasoning',
  'rubric_grading',
  'data_generation',
  'information_extraction',
  'question_answering',
  'customer_support',
  'creative_writing',
  'translation',
  'tutoring',
  'chat',
] as const;

export type Capability = (typeof CAPABILITIES)[number];

/** Codes of `exchange.access_path`; anything else is `other`. */
export const ACCESS_PATHS = ['unknown', 'api', 'chat', 'bedrock', 'vertex', 'foundry', 'other'] as const;
