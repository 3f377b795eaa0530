export const masking = { name: 'masking', version: '1' };

/** Luhn's checksum (ISO/IEC 7812-1, annex B) over a run of digits. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let place = 0; place < digits.length; place += 1) {
    const digit = Number(digits[digits.length - 1 - place]);
    sum += place % 2 === 0 ? digit : digit < 5 ? digit * 2 : digit * 2 - 9;
  }
  return sum % 10 === 0;
}

/** ISO 13616: letters as numbers from 10, the country and check digits moved to the end, remainder 1 by 97. */
export function isIban(compact: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  let remainder = 0;
  for (const char of compact.slice(4) + compact.slice(0, 4))
    for (const digit of Number.parseInt(char, 36).toString())
      remainder = (remainder * 10 + Number(digit)) % 97;
  return remainder === 1;
}

/** Where an account number ends at the start of a text, in characters; 0: there is none. */
function ibanEnd(text: string): number {
  let compact = '';
  let end = 0;
  for (let index = 0; index < text.length && compact.length < 34; index += 1) {
    const char = (text[index] ?? '').toUpperCase();
    if (/[A-Z0-9]/.test(char)) {
      compact += char;
      if (isIban(compact)) end = index + 1;
    } else if (!/[\s.-]/.test(char)) break;
  }
  return end;
}

/** First digits that card schemes use, by the length of the number: tells a card from an order or a moment in time. */
const issuers: [RegExp, number[]][] = [
  [/^[456]/, [13]],
  [/^[356]/, [14]],
  [/^[12356]/, [15]],
  [/^[2-9]/, [16, 17, 18, 19]],
];

/** A run of digits, however it is broken up by spaces, dots or dashes, that holds a card number anywhere in it. */
function holdsCard(run: string): boolean {
  const digits = run.replaceAll(/\D/g, '');
  // A number after a plus sign is a phone number, of at most 15 digits (ITU-T E.164).
  if (run.startsWith('+') && digits.length <= 15) return false;
  for (const [first, lengths] of issuers)
    for (const length of lengths)
      for (let from = 0; from + length <= digits.length; from += 1) {
        const candidate = digits.slice(from, from + length);
        if (first.test(candidate) && passesLuhn(candidate)) return true;
      }
  return false;
}

/** Spain: the letter follows from the number by 23. */
const isDni = (text: string): boolean =>
  'TRWAGMYFPDXBNJZSQVHLCKE'[Number.parseInt(text, 10) % 23] === text.at(-1)?.toUpperCase();

/** France: the key is 97 less the remainder of the number by 97. */
function isNir(text: string): boolean {
  const digits = text.replaceAll(/\D/g, '');
  return 97 - Number(BigInt(digits.slice(0, 13)) % 97n) === Number(digits.slice(13));
}

type Mask = { kind: string; pattern: RegExp; placeholder: string; holds?: (match: string) => boolean };

const nationalId = { kind: 'national id', placeholder: '[national id removed]' };

const masks: Mask[] = [
  {
    kind: 'private key',
    pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
    placeholder: '[private key removed]',
  },
  {
    kind: 'access key',
    pattern:
      /\b(sk|pk|rk)[-_](live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{16,}|\bAKIA[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_\w{20,}|\bxox[abeprs]-[A-Za-z0-9-]{10,}|\bpat-(na|eu)\d-[0-9a-f-]{30,}|\bAIza[\w-]{30,}|\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{5,}/g,
    placeholder: '[access key removed]',
  },
  {
    kind: 'password',
    // The value must have a digit or a sign in it: "password reset" is no password.
    pattern:
      /\b(password|passwort|passcode|kennwort|passphrase|pwd|api[ _-]?key|secret[ _-]?key|secret|access[ _-]?token|pin)\b(\s+(is|ist|lautet))?\s*[:=]?\s*["'“„`]?(?=[^\s"'“”„`,;[\]]*[\d!#$%&*_+=@^~])[^\s"'“”„`,;[\]]{4,}["'”`]?/gi,
    placeholder: '[password removed]',
  },
  { ...nationalId, pattern: /\b\d{3}-\d{2}-\d{4}\b/g },
  {
    ...nationalId,
    pattern:
      /\b(Steuer-?ID|Steueridentifikationsnummer|IdNr|tax id|Aadhaar|SSN|social security( number)?|national insurance( number)?)\b\W{0,3}((is|ist|number|no)\b\W{0,3})?\d[\d -]{7,15}\d/gi,
  },
  { ...nationalId, pattern: /\b\d{8}[A-Z]\d{3}\b/g },
  { ...nationalId, pattern: /\b[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/g },
  {
    ...nationalId,
    pattern: /\b[12] ?\d{2} ?(?:0[1-9]|1[0-2]) ?\d{2} ?\d{3} ?\d{3} ?\d{2}\b/g,
    holds: isNir,
  },
  { ...nationalId, pattern: /\b\d{8}-?[A-HJ-NP-TV-Z]\b/gi, holds: isDni },
  {
    kind: 'card number',
    pattern: /\+?\d(?:[\s.\u00a0\u2010-\u2015-]*\d){12,}/g,
    placeholder: '[card number removed]',
    holds: holdsCard,
  },
];

const account = { kind: 'account number', placeholder: '[account number removed]' };

function maskAccounts(text: string, found: string[]): string {
  let clean = '';
  let rest = text;
  for (let start = rest.search(/\b[A-Za-z]{2}\d{2}/); start >= 0; start = rest.search(/\b[A-Za-z]{2}\d{2}/)) {
    const end = ibanEnd(rest.slice(start));
    clean += rest.slice(0, start) + (end > 0 ? account.placeholder : rest.slice(start, start + 4));
    rest = rest.slice(start + (end > 0 ? end : 4));
    if (end > 0) found.push(account.kind);
  }
  return clean + rest;
}

/**
 * Replaces what no draft and no model needs by stable placeholders. `found` has a kind for each replacement. What is
 * no card by its checksum (a phone number, an order) stays.
 */
export function maskText(text: string): { text: string; found: string[] } {
  const found: string[] = [];
  let clean = maskAccounts(text, found);
  for (const { kind, pattern, placeholder, holds } of masks)
    clean = clean.replaceAll(pattern, match => {
      if (holds && !holds(match)) return match;
      found.push(kind);
      return placeholder;
    });
  return { text: clean, found };
}

export const placeholders: readonly string[] = [
  ...new Set([account, ...masks].map(mask => mask.placeholder)),
];
