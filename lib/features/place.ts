import { getAllCountries, getCountryForTimezone } from 'countries-and-timezones';
import { localTime, type LocalTime } from '#lib/core/local-time.ts';
import type { Fact } from '#lib/core/fact.ts';
import { zoneIn } from '#lib/core/zones.ts';
import type { Visible } from './see.ts';
import type { FactSource } from './types.ts';

/** Where somebody is, as far as the time of day and the holidays go. */
export type Place = {
  time: LocalTime | null;
  /** ISO 3166 code. */
  country: string | null;
  /** The fields that say so. */
  facts: Fact[];
};

const FIELDS = ['hs_timezone', 'timezone', 'city', 'country'];
export const PLACE_FIELDS: FactSource[] = FIELDS.flatMap(
  name => [`fields.${name}`, `account.${name}`] as const,
);

/** What the person's own record says, where it says nothing the account's. A zone says the country too. */
export function placeOf(seen: Visible): Place {
  const records = [seen.field, seen.accountField];
  const zones = records.flatMap(read => {
    const found = zoneIn(name => read(name)?.value ?? null);
    return found ? [{ zone: found.zone, fact: read(found.field) }] : [];
  });
  const countries = records.flatMap(read => {
    const fact = read('country');
    const code = codeOf(fact?.value ?? null);
    return code === null ? [] : [{ code, fact }];
  });
  const [zone, country] = [zones[0], countries[0]];
  const facts = new Set([zone?.fact ?? null, country?.fact ?? null]);
  return {
    time: zone ? localTime(new Date(seen.asOf), zone.zone) : null,
    country: country?.code ?? (zone ? countryOfZone(zone.zone) : null),
    facts: [...facts].filter(fact => fact !== null),
  };
}

const ALIASES: Record<string, string> = {
  uk: 'GB', 'great britain': 'GB', england: 'GB', scotland: 'GB', wales: 'GB', usa: 'US', 'united states': 'US',
  'united states of america': 'US', deutschland: 'DE', österreich: 'AT', schweiz: 'CH', italia: 'IT', españa: 'ES',
  polska: 'PL', türkiye: 'TR', 'the netherlands': 'NL', 'czech republic': 'CZ', brasil: 'BR', uae: 'AE', korea: 'KR',
}; // prettier-ignore

let codes: ReadonlyMap<string, string> | null = null;

/** ISO 3166 code of a country by its English name or code; null when it is none. */
function codeOf(country: string | null): string | null {
  if (country === null) return null;
  codes ??= new Map([
    ...Object.values(getAllCountries()).flatMap(({ id, name }) => [
      [id.toLowerCase(), id] as const,
      [name.toLowerCase(), id] as const,
    ]),
    ...Object.entries(ALIASES),
  ]);
  return codes.get(country.trim().toLowerCase()) ?? null;
}

const countryOf = new Map<string, string | null>();

/** The country of which a zone bears a city's name; there are some hundred zones. */
function countryOfZone(zone: string): string | null {
  let country = countryOf.get(zone);
  if (country === undefined) {
    country = getCountryForTimezone(zone)?.id ?? null;
    countryOf.set(zone, country);
  }
  return country;
}
