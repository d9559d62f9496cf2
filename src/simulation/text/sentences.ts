import { phrases, say, type Voice } from './phrase.ts';

const frames = phrases(`
  The {adj} {noun} {verbed} the {noun} near {city}.
  We {adv} {verb} every {noun} before the {noun} arrives.
  {name} asked {name} to {verb} the {adj} {noun}.
  About {percent} of the {nouns} were {adj} in {month}.
  A {noun} that {verbs} too {adv} will need {number} {nouns}.
  Nobody could {verb} the {noun} without {anAdj} {noun}.
  It has {small} {nouns} and only one {noun}.
  The {noun} from {city} is due on {day} {month}.
  After the {noun}, {name} {verbed} {number} {adj} {nouns}.
  Each {noun} costs {money} unless the {noun} is {adj}.
  {Verbing} the {noun} took longer than {verbing} the {noun}.
  If the {noun} looks {adj}, {verb} it {adv}.
  Both {nouns} in the {adj} {noun} were {verbed} by {name}.
  There were {number} {nouns} beside the {noun} last {month}.
  Our {noun} {verbs} {nouns} faster than any {adj} {noun}.
  Some {nouns} {adv} {verb} while others stay {adj}.
  The {noun} and the {noun} never share {aNoun}.
  {name} keeps {anAdj} {noun} in {city} for {verbing} {nouns}.
  Without {aNoun}, the {noun} {verbs} at {percent} of its {adj} pace.
  The previous {noun} was {verbed} {small} times in {city}.
  They say {anAdj} {noun} cannot {verb} {nouns}.
  {Nouns} from {month} were {adv} {verbed}, then stored.
`);

/** `count` unrelated sentences about the speaker's nouns. */
export function sentences(voice: Voice, count: number): string {
  let text = '';
  for (let i = 0; i < count; i++) text += (i === 0 ? '' : ' ') + say(frames, voice);
  return text;
}
