import { getDomain } from 'tldts';
import { addressKind } from '#lib/core/freemail.ts';
import { isPerson, type Subject } from '#lib/core/subject.ts';
import { firmName, nameWords } from './names.ts';
import { phoneNumber } from './phone.ts';

type Fields = Readonly<Record<string, string | null>>;

/** A person's or an account's own words by which it is recognised. */
export interface Marks {
  /** Small letters; null: none. */
  email: string | null;
  phones: string[];
  name: string;
  /** Under which the organisation is registered on the net; null: none, or a mail host for everybody. */
  domain: string | null;
  country: string | null;
  /** Of accounts. */
  industry: string | null;
}

const text = (fields: Fields, name: string): string | null => fields[name]?.trim() || null;

export function marksOf(subject: Subject, fields: Fields): Marks {
  const email = text(fields, 'email')?.toLowerCase() ?? null;
  const country = text(fields, 'country');
  if (!isPerson(subject)) {
    const site = text(fields, 'domain') ?? text(fields, 'website');
    const domain = site === null ? null : getDomain(site.toLowerCase());
    const isHost = domain !== null && addressKind(`x@${domain}`) === 'freemail';
    return {
      email: null,
      phones: [],
      name: text(fields, 'name') ?? '',
      domain: isHost ? null : domain,
      country,
      industry: text(fields, 'industry'),
    };
  }
  const phones = ['phone', 'mobilephone'].flatMap(name => {
    const written = text(fields, name);
    return (written && phoneNumber(written, country)) ?? [];
  });
  const domain =
    email !== null && addressKind(email) === 'business'
      ? getDomain(email.slice(email.lastIndexOf('@') + 1))
      : null;
  const name = [text(fields, 'firstname'), text(fields, 'lastname')].filter(part => part !== null).join(' ');
  return { email, phones: [...new Set(phones)], name, domain, country, industry: null };
}

/** The keys under which others with the same marks are found. Addresses have an index of their own. */
export function keysOf(subject: Subject, marks: Marks): string[] {
  if (!isPerson(subject)) {
    const firm = firmName(marks.name);
    return [
      ...(marks.domain ? [`domain:${marks.domain}`] : []),
      ...(firm ? [`firm:${firm.slice(0, 200)}`] : []),
    ];
  }
  const words = nameWords(marks.name);
  const named =
    marks.domain && words.length >= 2
      ? [`name:${words.toSorted().join(' ').slice(0, 200)}@${marks.domain}`]
      : [];
  return [...marks.phones.map(phone => `phone:${phone}`), ...named];
}

/** The key under which accounts of an industry in a country are found. */
export const industryKey = (industry: string, country: string | null): string =>
  `industry:${industry.trim().toLowerCase()}@${country?.trim().toLowerCase() ?? ''}`;

/** Keys under which a record is found that say nothing of who it is. */
export const likenessOf = ({ industry, country }: Marks): string[] =>
  industry === null ? [] : [industryKey(industry, country)];
