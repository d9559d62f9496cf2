/** Words of no meaning together; a world's prompts are made of them. */

const list = (text: string): string[] => text.trim().split(/\s+/);

export const NOUNS = list(`
anchor basin beacon bellows blanket bobbin bolt bracket bridge bucket buffer cabinet cache canal candle canyon carton
cellar channel chapel charter chimney circuit cistern clamp closet clover cluster cobbler column compass copper coral
corridor cradle crate cursor curtain cushion dial digest dossier drawer drum easel ember engine envelope estuary fabric
ferry fiddle filter flask flute folder forge fossil fountain furnace galley garland gasket glacier gravel grove hammock
harbor harness hatch hinge hopper index inlet jacket journal kernel kettle kiln ladder lagoon lantern lattice ledger
lever lighthouse locker loom magnet manifold mantle marble marsh meadow meter mirror monitor mortar nozzle oar orbit
orchard outlet paddle panel parcel pasture pebble pedal pendulum pillar pipeline pivot plank plaza plum pocket portal
prism pulley quarry queue quilt rafter ramp ravine reactor recipe reef relay ribbon ridge rivet roster rudder saddle
satchel scaffold schooner sensor shard shelf shovel shuttle sieve signal silo sleeve socket spindle spool stairwell
stencil stirrup studio summit surge swivel tablet tannery terrace thimble thread tide timber token torch tower trellis
trolley trunk tunnel turbine valley valve vault vineyard violin voucher wagon walnut warehouse watchtower weaver wharf
wheel whistle willow windmill workshop yarn yoke zeppelin`);

export const ADJECTIVES = list(`
amber ample ancient arid austere bare bitter blunt bold brittle broad bronze calm candid careful chilly clear coarse
cobalt compact cool crisp curved damp dense distant dull eager early earnest elastic even faint firm flat fragile fresh
frozen gentle gilded grainy grand gray hasty heavy hollow humble idle inner ivory jagged jolly keen late lean level
light liquid lively local lofty long loose loud lucid mellow mild misty modest muddy narrow neat nimble noisy oblique
odd opaque open oval pale patient plain polished prompt proper quick quiet rapid rare rigid ripe rough round rustic
salty scarce secret shallow sharp silent simple slender slow small smooth sober soft solid spare stable steep stiff
still stout subtle sudden sunny supple swift tame tart tender thick thin tidy tight timid tough uneven urban vague
vast vivid warm weary wild windy wooden young`);

export const VERBS = list(`
adjust align anchor arrange assemble assign audit balance bind borrow brace bundle calibrate carry catalog chart check
clean collect combine compare compile convert copy count cover debug decode defer deliver deploy design detach draft
drain encode examine export extend fasten fetch fold forward gather grade group guard handle hoist import inspect
install join label launch lift link list load lower map mark measure mend merge mount move name order pack patch plan
plot pour prepare press print prune pull query rank rebuild record reduce refactor refill relay release rename repair
replace restore rotate sample scan schedule seal search send settle shape share sketch slice sort split stack steer
stitch store stretch study supply swap tag test tighten time trace trade trim tune turn unpack update verify wash weigh
wind wrap write`);

export const NAMES = list(`
Abena Agnes Aldo Amira Anders Annika Arturo Bashir Bianca Bjorn Carla Chidi Clement Dalia Darius Devi Dmitri Edda Elio
Emeka Esther Farid Fiona Florian Gita Goran Hana Hector Ida Ines Isak Jarek Joanna Jonah Kaito Keiko Kwame Lena Lorenzo
Luca Maeve Malik Marta Mateo Mei Milo Nadia Nils Noor Olga Omar Paolo Petra Priya Quentin Ravi Rhea Rosalind Rui Sana
Selma Sergei Shira Silas Sofia Stefan Talia Tariq Tove Ulrich Vera Viktor Wanda Xenia Yara Yusuf Zara Zoltan`);

export const CITIES = list(`
Accra Antwerp Arequipa Bergen Bilbao Bogota Brno Bruges Cairo Calgary Cusco Dakar Dresden Durban Esbjerg Fez Galway
Gdansk Geneva Ghent Haifa Hanoi Hobart Izmir Jaipur Kigali Krakow Lagos Leeds Lima Linz Lyon Malmo Manila Medellin
Mendoza Nagoya Nantes Odense Osaka Oulu Perth Porto Pune Quebec Recife Riga Rosario Salvador Sapporo Split Tampere
Trieste Turin Uppsala Utrecht Valletta Varna Vigo Wroclaw York Zagreb`);

export const TECHNOLOGIES = list(`
Python TypeScript Rust Java Kotlin Swift Ruby Elixir Haskell PHP Perl Scala Clojure PostgreSQL MySQL Redis Kafka Docker
Kubernetes Terraform Ansible React Svelte Vue Django Flask Rails FastAPI Spark Airflow NumPy PyTorch Bash Nginx GraphQL`);

const SYLLABLES = list(`ba bel bri cor da den dor el fa fen gar hal il jor ka kes lo lum mar mi nor o pel qua ren sa sil
ta tor ul va ven wes xa yor zen`);
const TRADES = list(`Labs Systems Works Group Software Analytics Health Retail Logistics Media Robotics Finance Foods`);

/** A firm's name, from syllables. */
export function companyName(random: {
  pick: <T>(from: readonly T[]) => T;
  int: (a: number, b: number) => number;
}): string {
  const stem = Array.from({ length: random.int(2, 3) }, () => random.pick(SYLLABLES)).join('');
  const name = `${stem.charAt(0).toUpperCase()}${stem.slice(1)}`;
  return random.int(0, 3) === 0 ? name : `${name} ${random.pick(TRADES)}`;
}
