import { phrase, say, type Voice } from './phrase.ts';

const snippets = [
  `def {snake}({noun}, limit={number}):\n    total = 0\n    for item in {noun}:\n        if item.{noun} > limit:\n            total += item.{verb}()\n    return total`,
  `async function {camel}({noun}) {\n  const found = await store.{camel}({noun}.id);\n  if (!found) throw new Error('{adj} {noun}');\n  return found.{noun} ?? {number};\n}`,
  `func {Camel}({noun} *{Noun}) (int, error) {\n\tif {noun} == nil {\n\t\treturn 0, errors.New("no {noun}")\n\t}\n\treturn {noun}.Count * {small}, nil\n}`,
  `select {noun}.id, count(*) as {nouns}\nfrom {noun}\njoin {noun}_log on {noun}_log.ref = {noun}.id\nwhere {noun}.{noun} > {number}\ngroup by 1`,
  `impl {Camel} {\n    fn {snake}(&mut self, step: u32) -> Option<u32> {\n        let next = self.{noun}.checked_add(step)?;\n        self.{noun} = next;\n        Some(next / {small})\n    }\n}`,
  `{noun}:\n  image: registry/{noun}:{small}\n  replicas: {small}\n  limits:\n    {noun}: {number}\n  after: [{noun}, {noun}]`,
  `class {Camel}:\n    """Keeps {nouns} that {noun} can {verb}."""\n\n    def {verb}(self, {noun}):\n        self._{noun}[{noun}.key] = {noun}\n        return len(self._{noun}) < {number}`,
  `public {Camel} {camel}(List<{Noun}> {nouns}) {\n    return {nouns}.stream()\n        .filter(x -> x.size() > {number})\n        .findFirst()\n        .orElseThrow();\n}`,
].map((template) => phrase(template));

const traces = [
  `Traceback (most recent call last):\n  File "{noun}/{snake}.py", line {number}, in {snake}\nKeyError: '{noun}'`,
  `TypeError: Cannot read properties of undefined (reading '{noun}')\n    at {camel} (src/{noun}.ts:{number}:{small})`,
  `panic: runtime error: index out of range [{number}] with length {small}\n\tmain.{camel}(...)`,
  `FAIL {noun}_test › {verbs} the {noun}\n  expected {number}, received {small}`,
].map((template) => phrase(template));

export const codeBlock = (voice: Voice): string => `\`\`\`\n${say(snippets, voice)}\n\`\`\``;
export const stackTrace = (voice: Voice): string => say(traces, voice);
