import { getCountries, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

let byName: ReadonlyMap<string, CountryCode> | null = null;

/** The names of countries in the languages in which CRMs have them. */
function countriesByName(): ReadonlyMap<string, CountryCode> {
  byName ??= new Map(
    ['en', 'de', 'fr', 'es', 'it', 'nl'].flatMap(language => {
      const names = new Intl.DisplayNames(language, { type: 'region' });
      return getCountries().map(code => [(names.of(code) ?? code).toLowerCase(), code] as const);
    }),
  );
  return byName;
}

function countryOf(country: string | null): CountryCode | undefined {
  const written = country?.trim().toLowerCase();
  if (!written) return undefined;
  const code = getCountries().find(one => one.toLowerCase() === written);
  return code ?? countriesByName().get(written);
}

/** A telephone number in the form +4930123456; null where it is none, or it cannot be known of which country. */
export function phoneNumber(written: string, country: string | null): string | null {
  const text = written.trim();
  if (text.length < 6 || text.length > 40) return null;
  const number = parsePhoneNumberFromString(text.replace(/^00/, '+'), countryOf(country));
  return number?.isPossible() ? number.number : null;
}
