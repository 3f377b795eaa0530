import type { StoredRecord } from '#lib/crm/sandbox/store/records.ts';

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** "12 Mar 2026" in UTC, or an empty text for no moment. */
export function formatDay(at: string | number | undefined): string {
  return at === undefined || at === '' ? '' : DAY.format(new Date(at));
}

/** "12 Mar 2026, 14:05" in UTC. */
export function formatMoment(at: string | number): string {
  return MOMENT.format(new Date(at));
}

/** An amount with its currency; an unknown currency code stands before the number as it is. */
export function formatMoney(amount: string | undefined, currency = 'USD'): string {
  if (amount === undefined || amount === '') return '';
  const digits = { maximumFractionDigits: 0 };
  try {
    return new Intl.NumberFormat('en-US', { style: 'currency', currency, ...digits }).format(Number(amount));
  } catch {
    return `${currency} ${new Intl.NumberFormat('en-US', digits).format(Number(amount))}`;
  }
}

/** What a person calls the record. */
export function nameOf({ type, id, properties: p }: StoredRecord): string {
  const person = [p['firstname'], p['lastname']].filter(Boolean).join(' ');
  const names: Partial<Record<StoredRecord['type'], string | undefined>> = {
    contacts: person || p['email'],
    companies: p['name'] || p['domain'],
    deals: p['dealname'],
    tasks: p['hs_task_subject'],
  };
  return names[type] || `${type} ${id}`;
}

/** Two letters for a record's badge. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map(word => word?.charAt(0).toUpperCase() ?? '')
    .join('');
}

const ENTITIES: Record<string, string> = {
  lt: '<',
  gt: '>',
  quot: '"',
  '#39': "'",
  apos: "'",
  nbsp: ' ',
  amp: '&',
};

/** The words of an HTML fragment, lines kept. The result is plain text and must be escaped like any other. */
export function textOfHtml(fragment: string): string {
  return fragment
    .replaceAll(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replaceAll(/<br\s*\/?>|<\/(p|div|li|h\d|tr)>/gi, '\n')
    .replaceAll(/<[a-z/!][^>]*>/gi, '')
    .replaceAll(/&(lt|gt|quot|#39|apos|nbsp|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}
