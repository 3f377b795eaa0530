import type { CrmRecord } from '#lib/core/record.ts';
import type { Facts } from '#lib/core/fact.ts';
import { serviceScope } from '#lib/core/scope.ts';
import { isPerson, subjectKey, type Subject } from '#lib/core/subject.ts';
import { DAY_MS, toInstant, type Instant } from '#lib/core/time.ts';
import type { TenantTx } from '#lib/platform/db.ts';
import { concerned } from './ask-for-decisions.ts';
import { matchSent } from './match-sent.ts';
import type { Stages } from './stages.ts';

/**
 * Notes what came of suggestions: which of the e-mails that the CRM logged was one of them, when somebody was first
 * touched after one was carried out, and when their outcome came.
 */
export async function keepOutcomes(
  tx: TenantTx,
  records: readonly CrmRecord[],
  now: Date,
  s: Stages,
): Promise<void> {
  const asOf = toInstant(now);
  const people = await peopleIn(tx, records, asOf, s);
  const everyLife = people.flatMap(one => one.lives);
  const carriedOut = await s.decisions.carriedOutFor(tx, everyLife);
  const since = toInstant(now.getTime() - s.decisions.SENT_WITHIN_DAYS * DAY_MS);
  const unsent = records.some(({ ref }) => ref.object === 'emails')
    ? await s.decisions.unsentFor(tx, everyLife, since)
    : [];
  const withNews = people.filter(({ lives }) => [...carriedOut, ...unsent].some(isAmong(lives)));
  const facts = await s.graph.factsAboutMany(
    tx,
    withNews.map(one => one.person),
    asOf,
  );
  for (const about of facts) {
    const of = isAmong(withNews.find(({ person }) => isSame(person, about.subject))?.lives ?? []);
    await matchSent(tx, about, unsent.filter(of), s);
    await keepMoments(tx, about, carriedOut.filter(of), s);
  }
}

interface LivingPerson {
  person: Subject;
  /** The person, and all that it was before. */
  lives: Subject[];
}

/** The people whom records are about, as whom they now are. */
async function peopleIn(
  tx: TenantTx,
  records: readonly CrmRecord[],
  asOf: Instant,
  s: Stages,
): Promise<LivingPerson[]> {
  const named = concerned(records, isPerson);
  const heirs = await s.graph.heirsOf(tx, named, asOf);
  const now = named.map(one => heirs.get(subjectKey(one)) ?? one);
  const people = [...new Map(now.map(one => [subjectKey(one), one])).values()];
  const earlier = await s.graph.earlierLivesOf(tx, people, asOf);
  return people.map(person => ({ person, lives: [person, ...(earlier.get(subjectKey(person)) ?? [])] }));
}

async function keepMoments(
  tx: TenantTx,
  about: Facts,
  carriedOut: readonly { id: string; at: Instant }[],
  s: Stages,
): Promise<void> {
  if (carriedOut.length === 0) return;
  const scope = serviceScope(tx.tenantId);
  const outcome = s.features.leadOutcome(about, about.asOf);
  const outgoing = about.touches.filter(({ direction, at }) => direction === 'out' && at <= about.asOf);
  const sent = await s.decisions.suggestionsOf(
    tx,
    outgoing.map(touch => touch.ref),
  );
  for (const { id, at } of carriedOut) {
    // What was sent of another suggestion says nothing of this one.
    const others = new Set(sent.filter(one => one.decisionId !== id).map(one => subjectKey(one.email)));
    const touches = outgoing.filter(touch => touch.at > at && !others.has(subjectKey(touch.ref)));
    const [first] = touches.map(touch => touch.at).sort();
    if (first) await s.decisions.keepMoment(tx, scope, id, 'first-touch', first);
    if (outcome.state !== 'open' && outcome.at > at)
      await s.decisions.keepMoment(tx, scope, id, 'outcome', outcome.at);
  }
}

const isSame = (a: Subject, b: Subject): boolean => subjectKey(a) === subjectKey(b);

const isAmong =
  (lives: readonly Subject[]) =>
  ({ subject }: { subject: Subject }): boolean =>
    lives.some(life => isSame(life, subject));
