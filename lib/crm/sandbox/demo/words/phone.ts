import type { Random } from '#lib/crm/sandbox/demo/random.ts';
import type { Place } from './places.ts';

/** A number in the country's form, mostly tidy. US ones use the 555-01xx range kept for fiction. */
export function createPhone(place: Place, random: Random): string {
  const digits = (count: number): string => Array.from({ length: count }, () => random.int(0, 9)).join('');
  if (place.country === 'United States') return `+1 ${random.int(201, 989)}-555-01${digits(2)}`;
  const number = `${random.int(20, 89)} 5550 ${digits(4)}`;
  return random.weighted([
    [`${place.dial} ${number}`, 8],
    [`0${number.replaceAll(' ', '')}`, 2],
    [`${place.dial}(0)${number.replaceAll(' ', '-')}`, 1],
  ]);
}
