const MARKUP = /<\/?(a|b|i|p|br|div|span|em|strong|ul|ol|li|table|tr|td|html|head|body|style|h[1-6])\b/i;
const TAG = /^<\/?([a-z][a-z0-9]*)\b|^<!/i;
const NEW_LINE = new Set([
  'p',
  'br',
  'div',
  'li',
  'tr',
  'table',
  'ul',
  'ol',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
]);
const UNSEEN = new Set(['script', 'style', 'head', 'title']);
const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The words of an HTML text with its line breaks; plain text comes back as it is. Takes time linear in its length. */
export function textOfHtml(html: string): string {
  if (!MARKUP.test(html)) return html.trim();
  const lower = html.toLowerCase();
  let text = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    text += html.slice(at, open);
    const tag = TAG.exec(html.slice(open, open + 16));
    const close = tag ? html.indexOf('>', open) : -1;
    if (close < 0) {
      text += '<';
      at = open + 1;
      if (tag) break; // nothing closes from here on
      continue;
    }
    const name = tag?.[1]?.toLowerCase() ?? '';
    at = close + 1;
    if (NEW_LINE.has(name)) text += '\n';
    else if (UNSEEN.has(name) && html[open + 1] !== '/') {
      const end = lower.indexOf(`</${name}`, at);
      at = end < 0 ? html.length : end;
    }
  }
  return tidy(decode(text + html.slice(at)));
}

const decode = (text: string): string =>
  text.replaceAll(/&(#x[0-9a-f]{1,6}|#[0-9]{1,7}|[a-z]{2,6});/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const hex = name[1]?.toLowerCase() === 'x';
    const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole;
  });

const tidy = (text: string): string =>
  text
    .split('\n')
    .map(line => line.replaceAll(/[ \t]+/g, ' ').trim())
    .filter((line, index, lines) => line !== '' || lines[index - 1] !== '')
    .join('\n')
    .trim();
