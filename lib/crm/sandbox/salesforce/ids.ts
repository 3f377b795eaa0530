const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const SUFFIX = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
const SHAPE = /^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/;

/** The pod part of every id this org gives out. */
const POD = '5g0';

function base62(n: number): string {
  let rest = n;
  let text = '';
  do {
    text = DIGITS[rest % 62]! + text;
    rest = Math.floor(rest / 62);
  } while (rest > 0);
  return text;
}

/** The three characters that say which of the first fifteen are capitals, so that ids survive a spreadsheet. */
function suffixOf(short: string): string {
  const block = (from: number) =>
    [0, 1, 2, 3, 4].reduce((bits, i) => bits | (/[A-Z]/.test(short[from + i]!) ? 1 << i : 0), 0);
  return [0, 5, 10].map(from => SUFFIX[block(from)]!).join('');
}

/** The 18-character form of a 15- or 18-character id; undefined where the text is none or its suffix is wrong. */
export function toLongId(id: string): string | undefined {
  if (!SHAPE.test(id)) return undefined;
  const long = id.slice(0, 15) + suffixOf(id.slice(0, 15));
  return id.length === 15 || id === long ? long : undefined;
}

/** An 18-character id: three characters for the object, then a number. */
export function makeId(prefix: string, n: number): string {
  const short = prefix + POD + base62(n).padStart(9, '0');
  return short + suffixOf(short);
}

/** The one organization, the same in every sandbox. */
export const ORGANIZATION_ID = makeId('00D', 1);
