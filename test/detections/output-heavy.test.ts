import { outputHeavy } from '../../src/detections/output-heavy.ts';
import { describeDetection } from './describe-detection.ts';
import { type Life, START } from './world.ts';

const tokens = (input_tokens: number | null, output_tokens: number | null, perDay = 8): Life => ({
  rhythm: (day) => Array.from({ length: perDay }, (_, index) => day + (8 + index) * 3_600_000),
  exchange: () => ({ input_tokens, output_tokens }),
});

describeDetection(outputHeavy, {
  fires: {
    'long answers to short prompts': (world) => world.pool(6, tokens(150, 2_000)),
    'just two and a half times the input': (world) => [world.add(tokens(400, 1_000))],
  },
  staysQuiet: {
    'a little less than two and a half times the input': (world) => world.pool(6, tokens(400, 999)),
    'long contexts, as agents have': (world) => world.pool(6, tokens(30_000, 2_000)),
    'nine exchanges': (world) =>
      world.pool(6, { ...tokens(10, 2_000), rhythm: (day) => (day === START ? Array(9).fill(day + 1) : []) }),
    'a gateway that counts no tokens': (world) => world.pool(6, tokens(null, null)),
    'a gateway that counts output alone': (world) => world.pool(6, tokens(null, 900)),
  },
});
