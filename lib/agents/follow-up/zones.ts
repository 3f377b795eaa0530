/** Zones of countries that have one for practically everybody, by name and ISO 3166 code, lower case. */
const countries: Record<string, string> = Object.fromEntries(
  [
    ['Europe/Berlin', 'germany', 'deutschland', 'de'],
    ['Europe/Vienna', 'austria', 'österreich', 'at'],
    ['Europe/Zurich', 'switzerland', 'schweiz', 'ch'],
    ['Europe/Paris', 'france', 'fr'],
    ['Europe/London', 'united kingdom', 'uk', 'gb', 'great britain', 'england', 'scotland', 'wales'],
    ['Europe/Dublin', 'ireland', 'ie'],
    ['Europe/Amsterdam', 'netherlands', 'the netherlands', 'nl'],
    ['Europe/Brussels', 'belgium', 'be'],
    ['Europe/Luxembourg', 'luxembourg', 'lu'],
    ['Europe/Rome', 'italy', 'it'],
    ['Europe/Copenhagen', 'denmark', 'dk'],
    ['Europe/Stockholm', 'sweden', 'se'],
    ['Europe/Oslo', 'norway', 'no'],
    ['Europe/Helsinki', 'finland', 'fi'],
    ['Europe/Warsaw', 'poland', 'pl'],
    ['Europe/Prague', 'czech republic', 'czechia', 'cz'],
    ['Europe/Budapest', 'hungary', 'hu'],
    ['Europe/Bucharest', 'romania', 'ro'],
    ['Europe/Sofia', 'bulgaria', 'bg'],
    ['Europe/Athens', 'greece', 'gr'],
    ['Europe/Istanbul', 'turkey', 'türkiye', 'tr'],
    ['Asia/Kolkata', 'india', 'in'],
    ['Asia/Tokyo', 'japan', 'jp', 'jpn'],
    ['Asia/Seoul', 'south korea', 'korea', 'kr'],
    ['Asia/Shanghai', 'china', 'cn'],
    ['Asia/Hong_Kong', 'hong kong', 'hk'],
    ['Asia/Taipei', 'taiwan', 'tw'],
    ['Asia/Singapore', 'singapore', 'sg'],
    ['Asia/Manila', 'philippines', 'ph'],
    ['Asia/Bangkok', 'thailand', 'th'],
    ['Asia/Dubai', 'united arab emirates', 'uae', 'ae'],
    ['Asia/Riyadh', 'saudi arabia', 'sa'],
    ['Asia/Qatar', 'qatar', 'qa'],
    ['Asia/Kuwait', 'kuwait', 'kw'],
    ['Asia/Bahrain', 'bahrain', 'bh'],
    ['Asia/Muscat', 'oman', 'om'],
    ['Asia/Amman', 'jordan', 'jo'],
    ['Asia/Jerusalem', 'israel', 'il'],
    ['Asia/Dhaka', 'bangladesh', 'bd'],
    ['Asia/Colombo', 'sri lanka', 'lk'],
    ['Africa/Johannesburg', 'south africa', 'za'],
    ['Africa/Nairobi', 'kenya', 'ke'],
    ['Africa/Lagos', 'nigeria', 'ng'],
    ['Africa/Accra', 'ghana', 'gh'],
    ['Africa/Cairo', 'egypt', 'eg'],
    ['America/Bogota', 'colombia', 'co'],
    ['America/Lima', 'peru', 'pe'],
    ['America/Panama', 'panama', 'pa'],
  ].flatMap(([zone = '', ...names]) => names.map(name => [name, zone])),
);

/** Large cities of countries that have several zones. */
const cities: Record<string, string> = Object.fromEntries(
  [
    ['America/New_York', 'new york', 'boston', 'atlanta', 'miami', 'philadelphia', 'washington', 'charlotte'],
    ['America/Detroit', 'detroit'],
    ['America/Chicago', 'chicago', 'houston', 'dallas', 'austin', 'minneapolis', 'nashville', 'new orleans'],
    ['America/Denver', 'denver', 'boulder', 'salt lake city'],
    ['America/Phoenix', 'phoenix', 'tucson'],
    ['America/Los_Angeles', 'los angeles', 'san francisco', 'san diego', 'seattle', 'portland', 'oakland'],
    ['America/Toronto', 'toronto', 'ottawa', 'montreal'],
    ['America/Vancouver', 'vancouver'],
    ['America/Edmonton', 'calgary', 'edmonton'],
    ['America/Mexico_City', 'mexico city', 'guadalajara'],
    ['America/Sao_Paulo', 'são paulo', 'sao paulo', 'rio de janeiro'],
    ['Australia/Sydney', 'sydney', 'canberra'],
    ['Australia/Melbourne', 'melbourne'],
    ['Australia/Brisbane', 'brisbane'],
    ['Australia/Perth', 'perth'],
    ['Pacific/Auckland', 'auckland', 'wellington'],
    ['Europe/Madrid', 'madrid', 'barcelona', 'valencia', 'seville'],
    ['Europe/Lisbon', 'lisbon', 'porto'],
    ['Europe/Moscow', 'moscow'],
    ['Asia/Jakarta', 'jakarta'],
  ].flatMap(([zone = '', ...names]) => names.map(name => [name, zone])),
);

const clean = (text: string | null): string => (text ?? '').trim().toLowerCase();

export const zoneOfCountry = (country: string | null): string | null => countries[clean(country)] ?? null;

export const zoneOfCity = (city: string | null): string | null => cities[clean(city)] ?? null;

/** A CRM's own zone value as an IANA name; HubSpot writes America/New_York as america_slash_new_york. */
export function zoneOfProperty(value: string | null): string | null {
  if (!value?.trim()) return null;
  const name = value.trim().replaceAll('_slash_', '/').replaceAll('_hyphen_', '-').replaceAll('_plus_', '+');
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}
