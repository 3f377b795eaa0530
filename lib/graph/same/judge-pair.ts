import { isPerson, type Subject } from '#lib/core/subject.ts';
import type { IdentityReason } from '../graph-shapes.ts';
import type { Marks } from './marks-of.ts';
import { compareNames, firmName } from './names.ts';

export interface Marked {
  subject: Subject;
  marks: Marks;
}

/** What rules say of two records: one person or account, or a question for a person. `confidence` in [0, 1]. */
export interface Judged {
  state: 'same' | 'suggested';
  reason: IdentityReason;
  confidence: number;
}

/** Mailboxes that several people read. */
const shared =
  /^(?:info|sales|office|contact|kontakt|hello|hallo|mail|support|service|admin|team|buchhaltung|accounting|billing|invoice|einkauf|purchasing|hr|jobs|marketing|no-?reply|vertrieb|zentrale|reception|enquiries)@/;

/**
 * Whether two records are one. Strong marks are enough by rule: one person's e-mail address, a telephone number together
 * with the name, a domain together with the name. Weak ones, or strong ones that something speaks against, only raise the
 * question. Null: nothing says so.
 */
export function judgePair(a: Marked, b: Marked): Judged | null {
  const people = isPerson(a.subject);
  if (people !== isPerson(b.subject)) return null;
  return people ? judgePeople(a.marks, b.marks) : judgeAccounts(a.marks, b.marks);
}

const same = (reason: IdentityReason, confidence: number): Judged => ({ state: 'same', reason, confidence });
const suggested = (reason: IdentityReason, confidence: number): Judged => ({
  state: 'suggested',
  reason,
  confidence,
});

function judgePeople(a: Marks, b: Marks): Judged | null {
  const names = compareNames(a.name, b.name);
  if (a.email !== null && a.email === b.email) {
    if (shared.test(a.email)) return names === 'same' ? same('same-email', 0.9) : null;
    return names === 'different'
      ? suggested('same-email', 0.6)
      : same('same-email', names === 'partly' ? 0.9 : 0.98);
  }
  if (a.phones.some(phone => b.phones.includes(phone))) {
    if (names === 'same') return same('same-phone-and-name', 0.95);
    // Colleagues share a switchboard.
    return names === 'different' ? null : suggested('same-phone', names === 'partly' ? 0.45 : 0.5);
  }
  return names === 'same' && a.domain !== null && a.domain === b.domain
    ? suggested('same-name-and-domain', 0.75)
    : null;
}

function judgeAccounts(a: Marks, b: Marks): Judged | null {
  const sameName = a.name !== '' && firmName(a.name) === firmName(b.name);
  if (a.domain !== null && a.domain === b.domain)
    return sameName ? same('same-domain-and-name', 0.95) : suggested('same-domain', 0.6);
  const sameCountry = a.country !== null && a.country.toLowerCase() === b.country?.toLowerCase();
  return sameName && sameCountry
    ? suggested('same-name-and-country', a.domain && b.domain ? 0.45 : 0.55)
    : null;
}

const whys: Record<IdentityReason, string> = {
  'same-email': 'Both have the same e-mail address',
  'same-phone-and-name': 'Both have the same telephone number and name',
  'same-phone': 'Both have the same telephone number',
  'same-name-and-domain': 'Both have the same name, and addresses of one organisation',
  'same-domain-and-name': 'Both have the same domain, and the same name but for the legal form',
  'same-domain': 'Both have the same domain',
  'same-name-and-country': 'Both have the same name but for the legal form, in the same country',
  'said-by-a-person': 'A person said so',
};
export const whyOf = (reason: IdentityReason): string => whys[reason];
