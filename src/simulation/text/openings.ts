import { phrases } from './phrase.ts';

/** How requests begin, by what they ask for. */

export const software = phrases(`
  Why does {camel} fail when the {noun} is {adj}?
  Refactor this so that {snake} no longer depends on the {noun}.
  Add tests for the {adj} {noun} path.
  Write a function {snake} that {verbs} {nouns} and keeps the {noun} order.
  The build breaks after {name} {verbed} the {noun}; find the cause.
  Make {Camel} safe when two {nouns} {verb} at once.
  Port this to a version without the {noun} dependency.
  Explain what {camel} does and where it could leak {aNoun}.
  Review the change below. It should {verb} {nouns} only if {anAdj} {noun} exists.
  {snake} is slow with {number} {nouns}. How would you speed it up?
  Implement {anAdj} {noun} with a limit of {number} entries.
`);

export const agentic = phrases(`
  Find every place where {camel} is called and {verb} the {noun} there.
  The previous step returned {number} {nouns}. Decide what to call next.
  Open the {noun} folder, {verb} the {adj} file, then run the checks.
  Plan the steps to {verb} the {noun} in {city}, then carry out the first.
  Use the search tool to locate the {adj} {noun} and {verb} it.
  Continue: the {noun} was {verbed}, {small} steps are left.
  Book {aNoun} for {name} on {day} {month}, unless the {noun} is {adj}.
  The command {snake} ended early. Recover and go on.
  Compare the {noun} on disk with the one in {city} and report what differs.
`);

export const math = phrases(`
  {name} has {small} {nouns} and buys {number} more at {money} each. What is the total?
  How many ways can {small} {nouns} be placed in {small} {nouns} if none stays empty?
  Let a {noun} hold {number} litres and lose {percent} an hour. When is it half empty?
  Solve for x: {small}x + {number} = {number}.
  A {noun} leaves {city} at {small} o'clock and covers {number} km. How fast must the {noun} be?
  Prove that the sum of {small} consecutive {nouns} cannot equal {number}.
  Find the probability that {small} of {small} {adj} {nouns} are {verbed}.
  What is the area between the {noun} and the {noun} if the ratio is {small} to {small}?
`);

export const rubric = phrases(`
  Rate the answer below from 1 to {small} for how well it {verbs} the {noun}.
  Which of the two replies about the {noun} is better, and by how much?
  Score this essay on the {adj} {noun} against the criteria.
  Grade the following solution. Criteria: {adj}, {adj}, {adj}.
  Does the response {verb} every {noun}? Give a mark out of {number}.
  Mark the submission of {name} about {nouns}.
  Judge whether the reply is {adj} enough for {aNoun}. Give a verdict and a score.
`);

export const translation = phrases(`
  Translate into {language}:
  Please put this into {language}, keep it {adj}:
  How would one say this in {language}?
  {language} version, and keep the names of the {nouns}:
`);

export const chat = phrases(`
  hey, what should I do with {anAdj} {noun}?
  Can you help me {verb} my {noun} before {month}?
  I think my {noun} is too {adj}. Thoughts?
  thanks! and what about the {noun}?
  what's the difference between {aNoun} and {aNoun}?
  Suggest {small} names for {anAdj} {noun}.
  My friend {name} says {nouns} are {adj}. Is that so?
  ok but shorter please
  Plan a weekend in {city} around {aNoun}.
  Draft a note to {name} about the {adj} {noun}.
`);

export const support = phrases(`
  My order of {small} {nouns} has not arrived in {city} yet.
  I was charged {money} for {aNoun} I returned on {day} {month}.
  How do I {verb} my {noun}?
  The {noun} you sent is {adj}. I want a refund.
  Can I change the {noun} on my account?
  Your {noun} page says {adj}, but my {noun} was {verbed}.
  Where can I {verb} the {noun} number {number}?
`);

export const extraction = phrases(`
  List the people, places and dates in this text:
  Return the {noun}, the {noun} and the {noun} as JSON.
  Which {nouns} are mentioned, and how often?
  Classify the report as {adj}, {adj} or other:
  Summarise for {aNoun} in one line:
  Pull all amounts from the {noun} below:
  Tag each sentence with its {noun}:
`);

export const tutoring = phrases(`
  I don't understand why {anAdj} {noun} {verbs}. Can you explain it more slowly?
  Give me a hint for exercise {small}: the {noun} is {adj} and the {noun} is not.
  Is my answer right? I got {number} {nouns}.
  Quiz me on {nouns} and {nouns}.
  Explain {nouns} to a beginner and show your steps.
  What is the next step after {verbing} the {noun}?
`);

export const creative = phrases(`
  Write a short scene in which {aNoun} and {aNoun} meet in {city}.
  Continue the story: {name} {verbed} the {adj} {noun}.
  A poem of {small} lines about {nouns} in {month}.
  Describe {anAdj} {noun} as {name} would see it.
  Give the {noun} a voice and let it complain about the {noun}.
`);

export const generation = phrases(`
  Write {small} varied questions that a {noun} keeper might ask about {nouns}.
  Produce {number} records with {noun}, {noun} and {noun}, one a line.
  Make up a dialogue of {small} turns between {name} and {aNoun}.
  Create {small} hard examples where {anAdj} {noun} must {verb} {nouns}.
  Invent a task about {nouns}, then solve it.
`);

export const questions = phrases(`
  Why do {nouns} {verb} {adv} in {month}?
  What makes {anAdj} {noun} better than {aNoun}?
  Which {noun} came first, the {adj} or the {adj} one?
  How is {aNoun} {verbed} without {aNoun}?
  Compare {nouns} with {nouns} when both are {adj}.
  When should one {verb} {aNoun} instead of {verbing} {aNoun}?
  What would happen if every {noun} in {city} {verbed} at once?
  Describe the three main causes of {anAdj} {noun}.
  Under what conditions does the {noun} {verb} the {noun}?
`);
