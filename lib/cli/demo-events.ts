import type { CrmRecord } from '#lib/core/record.ts';
import { subjectKey } from '#lib/core/subject.ts';
import { DAY_MS } from '#lib/core/time.ts';
import { sha256 } from '#lib/platform/hash.ts';

/** In [0, 1), the same for the same words. */
const drawn = (...words: (string | number)[]): number =>
  Number.parseInt(sha256(words.join(' ')).slice(0, 8), 16) / 2 ** 32;

/** One of a list that is not empty. */
const oneOf = <T>(list: readonly [T, ...T[]], at: number): T => list[Math.floor(at * list.length)] ?? list[0];

/** Of a hundred people, so many are seen on the website or in the product. */
const seen = 9;
const longestDays = 90;
/** Whose company pays or is about to: they use the product. */
const users = new Set(['customer', 'opportunity', 'salesqualifiedlead', 'evangelist']);

interface Deed {
  type: string;
  properties: Record<string, string | number | boolean>;
}

const pages = [
  '/pricing',
  '/product/route-planner',
  '/customers',
  '/docs/getting-started',
  '/security',
] as const;
const campaigns = ['Route planning made simple', 'Autumn webinar', 'Fleet cost guide'] as const;

function visit(at: number, more: number): Deed {
  const url = `https://halvern.example${oneOf(pages, more)}`;
  const campaign = oneOf(campaigns, more);
  if (at < 0.5) return { type: 'page_viewed', properties: { url, seconds: 5 + Math.floor(more * 240) } };
  if (at < 0.65) return { type: 'email_opened', properties: { campaign } };
  if (at < 0.78) return { type: 'email_clicked', properties: { campaign, url } };
  if (at < 0.87) return { type: 'file_downloaded', properties: { file: 'fleet-cost-guide.pdf', campaign } };
  if (at < 0.94)
    return { type: 'webinar_attended', properties: { campaign, minutes: 10 + Math.floor(more * 50) } };
  return {
    type: 'form_submitted',
    properties: { form: oneOf(['Request a demo', 'Talk to sales'], more), url },
  };
}

function use(at: number, more: number): Deed {
  if (at < 0.45) return { type: 'signed_in', properties: { device: oneOf(['web', 'phone'], more) } };
  if (at < 0.75) return { type: 'route_planned', properties: { stops: 4 + Math.floor(more * 60) } };
  if (at < 0.9)
    return { type: 'report_exported', properties: { report: oneOf(['fuel', 'delays', 'drivers'], more) } };
  return { type: 'seat_invited', properties: { seats: 1 + Math.floor(more * 6) } };
}

/**
 * Plausible events of a website and a product about some of these people, the same for the same people and time: visitors
 * before they buy, users after; with some it becomes more, with others less.
 */
export function demoEvents(people: readonly CrmRecord[], now: Date, seed = 7): object[] {
  return people
    .filter(({ archived, ref }) => !archived && drawn(seed, ref.id, 'seen') * 100 < seen)
    .flatMap(person => eventsOf(person, now, seed));
}

function eventsOf({ ref, createdAt, fields }: CrmRecord, now: Date, seed: number): object[] {
  const draw = (...words: (string | number)[]) => drawn(seed, subjectKey(ref), ...words);
  const isUser = users.has(fields['lifecyclestage'] ?? '');
  const span = Math.min(longestDays * DAY_MS, now.getTime() - Date.parse(createdAt));
  const rising = draw('trend') < 0.6;
  return Array.from({ length: 3 + Math.floor(draw('count') * 9) }, (_, i) => {
    // Squared, times lie close to one end.
    const share = draw(i, 'when') ** 2;
    const ago = Math.max(0.01, rising ? share : 1 - share) * Math.max(0, span);
    const deed = (isUser ? use : visit)(draw(i, 'what'), draw(i, 'more'));
    return {
      id: `demo:${subjectKey(ref)}:${i}`,
      ...deed,
      occurredAt: new Date(now.getTime() - ago).toISOString(),
      subject: ref,
    };
  });
}
