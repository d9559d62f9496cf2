import type { Surroundings } from './group.ts';
import { type Network, networksOf, type Place, placeIn, placeInV4 } from './networks.ts';
import type { Random } from './random.ts';
import { HOUR } from './rhythm.ts';

export type Whereabouts = (at: number, random: Random) => Place;

/** Somebody's home, whose address the provider renews now and then, and a phone on the way. */
export function atHome(world: Surroundings, random: Random, country: string): Whereabouts {
  const home = random.pick(networksOf(world.networks, 'home', country));
  const mobile = random.pick(networksOf(world.networks, 'mobile', country));
  const outside = random.between(0, 0.25);
  let place = placeIn(home, random);
  return (_, dice) => {
    if (dice.chance(0.004)) place = placeIn(home, dice);
    return dice.chance(outside) ? placeIn(mobile, dice) : place;
  };
}

/** A server's few addresses in one hosting network. */
export function onServers(world: Surroundings, random: Random, count = 2): Whereabouts {
  const network = random.pickPopular(networksOf(world.networks, 'hosting'), 1.6);
  const places = Array.from({ length: count }, () => placeIn(network, random));
  return (_, dice) => dice.pick(places);
}

/** A handful of addresses that all of a network's people share. */
export function behindGateway(network: Network, random: Random, count: number): Whereabouts {
  const places = Array.from({ length: count }, () => placeInV4(network, random));
  return (_, dice) => dice.pick(places);
}

/**
 * Exits of residential proxies: subscribers' addresses in ordinary home networks, each kept by a user for `hours`.
 * Every pool rents from the same subscribers, whoever its users are.
 */
export function throughProxies(world: Surroundings, random: Random, hours: number): Whereabouts {
  const homes = networksOf(world.networks, 'home');
  let place = placeIn(random.pick(homes), random);
  let until = 0;
  return (at, dice) => {
    if (at >= until) {
      place = placeIn(dice.pick(homes), dice);
      until = at + hours * HOUR * dice.between(0.4, 1.6);
    }
    return place;
  };
}

/** Mostly the first, sometimes the second. */
export function mixedPlaces(first: Whereabouts, second: Whereabouts, shareOfSecond: number): Whereabouts {
  return (at, dice) => (dice.chance(shareOfSecond) ? second(at, dice) : first(at, dice));
}
