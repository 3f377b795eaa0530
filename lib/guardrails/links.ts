import { phoneDigits, type Knowledge } from './knowledge.ts';
import { repair } from './repair.ts';
import type { Guardrail } from './types.ts';

const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/giu;
/** With or without a scheme: any dotted word that ends in letters may become a link in a mail program. */
const url =
  /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:|javascript:|data:)[^\s<>"'”)]+|(?:[\p{L}\p{N}_-]+\.)+\p{L}{2,}(?:[:/][^\s<>"'”)]*)?|\b\d{1,3}(?:\.\d{1,3}){3}\b[^\s<>"'”)]*/giu;
const phone = /(?:\+|\b00)?\(?\d(?:[\s()./-]*\d){7,}/g;
const spelled =
  /\b\S+\s*(?:\(at\)|\[at\]|\{at\})\s*\S+|\b\S+\s+(?:dot|punkt)\s+(?:com|org|net|io|de)\b|hxxps?:/i;

const trim = (text: string): string => text.toLowerCase().replace(/[.,;:!?]+$/, '');

/**
 * A link, address or number stands only where our own side wrote it before, or where it is the recipient's or owner's
 * own. What others wrote supports none: text in a record cannot send anybody anywhere.
 */
export function pointsOnlyToOurs(sentence: string, { ours, own }: Knowledge): boolean {
  if (spelled.test(sentence)) return false;
  const emails = [...sentence.matchAll(email)].map(m => trim(m[0]));
  const rest = sentence.replaceAll(email, ' ');
  const urls = [...rest.matchAll(url)].map(m => trim(m[0]));
  const phones = [
    ...rest
      .replaceAll(url, ' ')
      .replaceAll(/\d{4}-\d{2}-\d{2}(?:T[\d:.]+Z?)?/g, ' ')
      .matchAll(phone),
  ].map(m => phoneDigits(m[0]));
  const oursDigits = phones.length > 0 ? ours.replaceAll(/[^\d\n]/g, '') : '';
  const oursUrls =
    urls.length > 0 ? new Set([...ours.matchAll(url)].map(m => trim(m[0]))) : new Set<string>();
  const oursEmails =
    emails.length > 0 ? new Set([...ours.matchAll(email)].map(m => trim(m[0]))) : new Set<string>();
  return (
    emails.every(found => own.emails.has(found) || oursEmails.has(found)) &&
    urls.every(found => oursUrls.has(found)) &&
    phones.every(found => own.phones.has(found) || oursDigits.includes(found))
  );
}

export const links: Guardrail = {
  name: 'links',
  version: '1',
  check: (proposal, knowledge) =>
    repair({
      proposal,
      fault: 'pointing to a link, address or number that is not ours',
      holds: sentence => pointsOnlyToOurs(sentence, knowledge),
    }),
};
