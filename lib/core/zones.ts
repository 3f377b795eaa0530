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
    ['Europe/Zagreb', 'croatia', 'hr'],
    ['Europe/Ljubljana', 'slovenia', 'si'],
    ['Europe/Bratislava', 'slovakia', 'sk'],
    ['Europe/Belgrade', 'serbia', 'rs'],
    ['Europe/Tallinn', 'estonia', 'ee'],
    ['Europe/Riga', 'latvia', 'lv'],
    ['Europe/Vilnius', 'lithuania', 'lt'],
    ['Atlantic/Reykjavik', 'iceland', 'is'],
    ['Europe/Malta', 'malta', 'mt'],
    ['Asia/Ho_Chi_Minh', 'vietnam', 'vn'],
    ['Asia/Karachi', 'pakistan', 'pk'],
    ['Asia/Kathmandu', 'nepal', 'np'],
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
    ['America/Montevideo', 'uruguay', 'uy'],
    ['America/Costa_Rica', 'costa rica', 'cr'],
    ['Africa/Casablanca', 'morocco', 'ma'],
    ['Africa/Tunis', 'tunisia', 'tn'],
    ['Africa/Algiers', 'algeria', 'dz'],
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

const zoneOfCountry = (country: string | null): string | null => countries[clean(country)] ?? null;

const zoneOfCity = (city: string | null): string | null => cities[clean(city)] ?? null;

/** Zones by what a CRM wrote: making a clock costs far more than looking one up, and few names are in use. */
const known = new Map<string, string | null>();
const MOST_KNOWN = 1000;

/** A CRM's own zone value as an IANA name; HubSpot writes America/New_York as america_slash_new_york. */
function zoneOfProperty(value: string | null): string | null {
  if (!value?.trim()) return null;
  let zone = known.get(value);
  if (zone === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    zone = readZone(value.trim());
    known.set(value, zone);
  }
  return zone;
}

function readZone(value: string): string | null {
  const name = value.replaceAll('_slash_', '/').replaceAll('_hyphen_', '-').replaceAll('_plus_', '+');
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

/** The fields from which a zone can be known, the surest first. */
const READINGS = [
  ['hs_timezone', zoneOfProperty],
  ['timezone', zoneOfProperty],
  ['city', zoneOfCity],
  ['country', zoneOfCountry],
] as const;

export type ZoneField = (typeof READINGS)[number][0];

/**
 * The zone of whom some fields describe, and the field that says so. A country with several zones is not enough: null,
 * so that a person is asked instead of a guess made.
 */
export function zoneIn(read: (field: ZoneField) => string | null): { zone: string; field: ZoneField } | null {
  for (const [field, zoneOf] of READINGS) {
    const zone = zoneOf(read(field));
    if (zone !== null) return { zone, field };
  }
  return null;
}
