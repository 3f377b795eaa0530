import { SalesforceRefusal } from '../refusal.ts';

export type Token =
  | { kind: 'name' | 'number' | 'date' | 'datetime'; text: string; at: number }
  | { kind: 'string'; text: string; like: string; at: number }
  | { kind: 'sign'; text: string; at: number }
  | { kind: 'end'; text: ''; at: number };

const LONGEST = 100_000;
const PATTERNS = [
  ['space', /\s+/y],
  ['datetime', /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})/y],
  ['date', /\d{4}-\d{2}-\d{2}/y],
  ['number', /[+-]?(?:\d+(?:\.\d+)?|\.\d+)/y],
  ['name', /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*(?::\d+)?/y],
  ['sign', /<=|>=|!=|<>|[=<>(),]/y],
] as const;
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

export function malformed(message: string): SalesforceRefusal {
  return new SalesforceRefusal('MALFORMED_QUERY', message);
}

/** A quoted text: as it stands, and as a LIKE pattern in which an escaped `%` or `_` is the character itself. */
function readString(soql: string, from: number): { token: Token; next: number } {
  let text = '';
  let like = '';
  for (let i = from + 1; i < soql.length; i++) {
    const letter = soql[i]!;
    if (letter === "'") return { token: { kind: 'string', text, like, at: from }, next: i + 1 };
    if (letter !== '\\') {
      text += letter;
      like += letter;
      continue;
    }
    i += 1;
    const escaped = soql[i] ?? '';
    if (escaped === 'u' && /^[0-9a-f]{4}$/i.test(soql.slice(i + 1, i + 5))) {
      const sign = String.fromCharCode(Number.parseInt(soql.slice(i + 1, i + 5), 16));
      [text, like, i] = [text + sign, like + sign, i + 4];
    } else if (escaped in ESCAPES || /^['"\\_%]$/.test(escaped)) {
      const sign = ESCAPES[escaped] ?? escaped;
      text += sign;
      like += /[\\_%]/.test(sign) ? `\\${sign}` : sign;
    } else
      throw malformed(
        `Invalid string literal '${soql.slice(from + 1, i + 1)}'. Illegal character sequence '\\${escaped}' in string literal.`,
      );
  }
  throw malformed('line 1:' + from + " mismatched character '<EOF>' expecting '''");
}

/** Cuts a query into tokens; refuses what no token begins with. */
export function tokenise(soql: string): Token[] {
  if (soql.length > LONGEST) {
    throw new SalesforceRefusal(
      'QUERY_TOO_COMPLICATED',
      `SOQL statements cannot be longer than ${LONGEST} characters.`,
    );
  }
  const tokens: Token[] = [];
  let at = 0;
  scan: while (at < soql.length) {
    if (soql[at] === "'") {
      const { token, next } = readString(soql, at);
      tokens.push(token);
      at = next;
      continue;
    }
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const text = pattern.exec(soql)?.[0];
      if (text === undefined) continue;
      if (kind !== 'space') tokens.push({ kind, text, at });
      at += text.length;
      continue scan;
    }
    throw malformed(`line 1:${at} no viable alternative at character '${soql[at] ?? ''}'`);
  }
  tokens.push({ kind: 'end', text: '', at });
  return tokens;
}
