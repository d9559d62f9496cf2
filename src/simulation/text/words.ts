/** The simulator's own vocabulary: common English words only, so that no text means anything or quotes anyone. */

const list = (words: string): readonly string[] => words.trim().split(/\s+/);

/** Subjects. An application keeps to one or two of them; a campaign sweeps them all. */
export const Topics: readonly (readonly string[])[] = [
  list('beehive honeycomb apiary swarm pollen frame smoker nectar drone brood extractor veil meadow clover keeper'),
  list('pendulum escapement mainspring dial chime bezel cogwheel winder balance jewel repeater ratchet gnomon watch'),
  list('schooner rudder halyard anchor keel spinnaker mooring buoy lighthouse harbour tide bosun winch jetty pontoon'),
  list('sourdough ladle skillet brine marinade pantry oven whisk dumpling saffron kettle recipe griddle broiler'),
  list('postcard parcel sorter courier stamp mailbox envelope depot carrier pouch route counter registry waybill'),
  list('curtain spotlight understudy prop rehearsal balcony script usher matinee backdrop trapdoor overture chorus'),
  list('sapling canopy sawmill timber ranger trail thicket lumberyard firebreak acorn burrow ridge seedling grove'),
  list('nebula telescope orbiter eclipse crater comet observatory asteroid parallax spectrum lander beacon probe'),
  list('kiln glaze potter wheel slip porcelain urn tile mould spatula bisque trimmer studio vase handle shard'),
  list('tram turnstile platform timetable conductor viaduct junction depot signal carriage track commuter buffer'),
  list('ledger invoice auditor voucher account balance receipt margin dividend forecast budget broker premium bond'),
  list('scheduler queue parser endpoint cache cursor payload webhook migration shard socket buffer tokenizer mutex'),
  list('pipeline runner artifact container registry namespace replica rollout canary snapshot volume daemon probe'),
  list('clinic ward ointment thermometer splint nurse dosage syringe bandage vaccine triage referral chart patient'),
  list('tenant landlord clause deposit lease statute notary easement petition tribunal witness affidavit docket'),
  list('enzyme isotope pipette centrifuge reagent crystal beaker polymer catalyst solvent membrane culture assay'),
];

export const Nouns: readonly string[] = [...new Set(Topics.flat())];

const bases = list(`adjust align anchor append approve assemble assign attach audit balance borrow calibrate collect
  combine compare compress confirm convert correct count deliver deploy describe detect display divide document
  enclose encode estimate evaluate expand extend filter fold follow gather group handle import inspect install
  isolate label launch lift limit list load locate maintain measure mend merge monitor mount order organise pack
  parse patch plant polish position prepare print process protect publish recover reduce refactor register release
  render repair replace report reset resolve restore return review rotate sample scan schedule seal select separate
  shift sketch sort split stack store strengthen summarise support test trace track transfer trim update validate
  verify weigh wrap`);

const DOUBLING = new Set(['trim', 'plan', 'wrap', 'scan', 'split', 'reset']);
const IRREGULAR: Record<string, string> = { split: 'split', reset: 'reset' };

function pastOf(verb: string): string {
  if (IRREGULAR[verb]) return IRREGULAR[verb];
  if (verb.endsWith('e')) return `${verb}d`;
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ied`;
  return `${DOUBLING.has(verb) ? verb + verb.at(-1) : verb}ed`;
}

function gerundOf(verb: string): string {
  if (verb.endsWith('e')) return `${verb.slice(0, -1)}ing`;
  return `${DOUBLING.has(verb) ? verb + verb.at(-1) : verb}ing`;
}

function thirdOf(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  return /(s|x|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`;
}

export const Verbs = bases;
export const PastVerbs = bases.map(pastOf);
export const Gerunds = bases.map(gerundOf);
export const ThirdVerbs = bases.map(thirdOf);

export const Adjectives = list(`amber ancient bare bold brittle broad calm careful central cheap clean coarse cold
  common compact crisp curved damp dense distant double dusty early eager empty even faded fast final firm flat
  formal fragile fresh frozen gentle glossy grand hidden hollow idle inner large late lean level light local loose
  minor modest narrow neat northern obvious odd open outer pale partial patient plain polite portable proud quick
  quiet rapid rare ready remote robust rough round rusty shallow sharp silent simple slim slow smooth soft solid
  sparse spare stable steady steep stiff stray strict sturdy subtle sudden tall temporary thick tidy tiny upper
  usual vague vivid warm wide wooden young`);

export const Adverbs = list(`again almost barely briefly calmly carefully closely directly early easily evenly exactly
  fairly finally freely fully gladly hardly highly lightly mainly mostly nearly neatly often openly partly plainly
  politely poorly quickly quietly rarely really roughly safely seldom sharply silently simply slowly smoothly softly
  steadily strictly suddenly surely thoroughly tightly usually wholly`);

export const People = list(`Ada Bao Chidi Dagny Emre Farah Goran Hana Imre Jorun Kavya Lior Mei Nadia Oskar Pilar Quinn
  Rosa Sefa Tomas Ulla Vikram Wanda Xenia Yara Zoltan Amara Bruno Celeste Dmitri Elif Fumiko`);

export const Cities = list(`Aarhus Bilbao Cusco Durban Essen Fukuoka Ghent Hobart Izmir Jaipur Kazan Lagos Malmo Nantes
  Oaxaca Porto Quito Riga Split Tampere Utrecht Varna Windhoek Xiamen Yerevan Zadar`);

export const Months = list('January February March April May June July August September October November December');

export const Languages = list('German French Spanish Portuguese Polish Turkish Japanese Korean Italian Dutch Swedish');

const plurals = new Map<string, string>();
for (const noun of Nouns) {
  if (/[^aeiou]y$/.test(noun)) plurals.set(noun, `${noun.slice(0, -1)}ies`);
  else plurals.set(noun, /(s|x|ch|sh)$/.test(noun) ? `${noun}es` : `${noun}s`);
}

export const pluralOf = (noun: string): string => plurals.get(noun) ?? `${noun}s`;
