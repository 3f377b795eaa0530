/** Languages in which a country may be written; codes of two and three letters are known besides. */
const languages = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pt',
  'pl',
  'sv',
  'da',
  'nb',
  'fi',
  'cs',
  'tr',
  'ja',
  'zh',
  'ru',
  'ar',
];

/** What people write that no list of countries has. */
const others =
  'uk; u.k.; usa; u.s.; u.s.a.; us of a; america; united states of america; great britain; england; scotland; wales; northern ireland; holland; the netherlands; czech republic; czechia; uae; korea; republic of korea; russian federation; viet nam; hong kong; macau; macao; taiwan; ivory coast; burma; macedonia; swaziland; republic of ireland; türkiye; turkey; tanzania; iran'.split(
    '; ',
  );

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/\band\b|&/g, 'and')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

let known: Set<string> | null = null;

/** Made when it is first asked for: it takes some milliseconds. */
function knownNames(): Set<string> {
  if (known) return known;
  known = new Set(others.map(plain));
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));
  const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const codes = letters.flatMap(a => letters.map(b => a + b)).filter(code => english.of(code) !== undefined);
  for (const code of codes) known.add(code.toLowerCase());
  for (const language of languages) {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of codes) known.add(plain(names.of(code) ?? code));
  }
  return known;
}

/** Whether a text names a country, in one of the languages in which our users write them. */
export const isCountry = (text: string): boolean =>
  /^[a-z]{3}$/i.test(text.trim()) || knownNames().has(plain(text));
