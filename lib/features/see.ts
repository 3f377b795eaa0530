import type { Evidence } from '#lib/core/evidence.ts';
import { evidenceOfFact, evidenceOfTouch } from '#lib/core/evidence-of.ts';
import type { Fact, Facts, Known, Touch } from '#lib/core/fact.ts';
import type { Subject } from '#lib/core/subject.ts';
import { DAY_MS, type Instant } from '#lib/core/time.ts';

/** An activity with its distance in days from the time of looking, negative when it lies ahead. */
export type Seen = { touch: Touch; at: number; days: number };

/**
 * What of the facts could be known at a time (in ms), in an order that does not depend on how the facts were stored:
 * activities newest first, fields by name, records by id.
 */
export type Visible = {
  /** The record from whose page a person would look for the evidence. */
  subject: Subject;
  asOf: number;
  /** Null when the subject did not exist yet, or its creation has no readable time. */
  createdAt: number | null;
  /** The subject's fact of that name as of then; null when there is none or it is blank. */
  field: (name: string) => Fact | null;
  accountField: (name: string) => Fact | null;
  /** Of all fields that hold something, sorted. */
  fieldNames: string[];
  /** Written by the person: automatic replies and bounces are left out, of both directions. */
  emailsIn: Seen[];
  emailsOut: Seen[];
  bounced: Seen[];
  calls: Seen[];
  meetings: Seen[];
  /** Meetings that were in the calendar then and lay ahead. */
  upcoming: Seen[];
  account: Known | null;
  people: Known[];
  deals: Known[];
  evidence: (touches: Seen[]) => Evidence[];
};

const AUTOMATIC =
  /^\W*(automatic reply|auto(matic)?[- ]?(reply|response)|out of (the )?office|automatische antwort|abwesen|respuesta automática|risposta automatica|réponse automatique|undeliver|delivery (status|failure))/i;

/** Leaves out whatever was learnt or became true after `asOf`, and whatever has no readable time. */
export function see(facts: Facts, asOf: Instant): Visible {
  const now = Date.parse(asOf);
  if (Number.isNaN(now)) throw new RangeError(`"${asOf}" is no time`);
  const knownThen = (fact: Fact) => Date.parse(fact.learntAt) <= now && Date.parse(fact.at) <= now;
  const fieldThen = (name: string) => findThen(facts, name, knownThen);
  const known = (record: Known): Known => ({
    ...record,
    fields: Object.fromEntries(Object.entries(record.fields).filter(([, fact]) => knownThen(fact))),
  });
  const knownRecords = (records: Known[]) =>
    records
      .map(known)
      .filter(record => Object.keys(record.fields).length > 0)
      .sort((a, b) => compare(a.subject.id, b.subject.id));
  const [account] = facts.account ? knownRecords([facts.account]) : [];
  const touches = facts.touches
    .filter(touch => Date.parse(touch.learntAt) <= now && !Number.isNaN(Date.parse(touch.at)))
    .map(touch => ({ touch, at: Date.parse(touch.at), days: (now - Date.parse(touch.at)) / DAY_MS }))
    .sort((a, b) => b.at - a.at || compare(a.touch.ref.id, b.touch.ref.id));
  const past = touches.filter(seen => seen.at <= now);
  const emails = past.filter(seen => seen.touch.channel === 'email' && !AUTOMATIC.test(seen.touch.title));
  const created = Date.parse(facts.createdAt);
  return {
    subject: facts.subject,
    asOf: now,
    createdAt: created <= now ? created : null,
    field: fieldThen,
    accountField: name => nonBlank(account?.fields[name]),
    fieldNames: [...new Set([...Object.keys(facts.fields), ...facts.history.map(fact => fact.name)])]
      .filter(name => fieldThen(name) !== null)
      .sort(),
    emailsIn: emails.filter(seen => seen.touch.direction === 'in' && seen.touch.status !== 'BOUNCED'),
    emailsOut: emails.filter(seen => seen.touch.direction === 'out' && seen.touch.status !== 'BOUNCED'),
    bounced: emails.filter(seen => seen.touch.status === 'BOUNCED'),
    calls: past.filter(seen => seen.touch.channel === 'call'),
    meetings: past.filter(seen => seen.touch.channel === 'meeting'),
    upcoming: touches.filter(seen => seen.at > now && seen.touch.channel === 'meeting'),
    account: account ?? null,
    people: knownRecords(facts.people),
    deals: knownRecords(facts.deals),
    evidence: shown => shown.slice(0, 3).map(({ touch }) => evidenceOfTouch(touch, facts.subject)),
  };
}

/** The current value when it was known then, else the newest earlier one that was. */
function findThen(facts: Facts, name: string, knownThen: (fact: Fact) => boolean): Fact | null {
  const current = facts.fields[name];
  if (current && knownThen(current)) return nonBlank(current);
  return nonBlank(facts.history.findLast(fact => fact.name === name && knownThen(fact)));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const nonBlank = (fact: Fact | undefined): Fact | null => (fact?.value?.trim() ? fact : null);

export const evidenceOf = (...facts: (Fact | null)[]): Evidence[] =>
  facts.filter(fact => fact !== null).map(evidenceOfFact);
