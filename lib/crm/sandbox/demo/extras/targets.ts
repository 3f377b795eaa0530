import type { Book } from '#lib/crm/sandbox/demo/book.ts';
import { DAY, iso, quarterEnd } from '#lib/crm/sandbox/demo/calendar.ts';
import { OWNERS, REPS } from '#lib/crm/sandbox/demo/owners.ts';
import type { Random } from '#lib/crm/sandbox/demo/random.ts';

/** First moment of the quarter that `ms` lies in (UTC). */
function quarterStart(ms: number): number {
  const day = new Date(ms);
  return Date.UTC(day.getUTCFullYear(), Math.floor(day.getUTCMonth() / 3) * 3, 1);
}

/** What each rep is to sell this quarter, and what each has submitted as a forecast so far. */
export function tellTargets(book: Book, random: Random): void {
  const start = quarterStart(book.now);
  const end = quarterEnd(book.now);
  const quarter = String(Math.floor(new Date(start).getUTCMonth() / 3) + 1);
  const year = String(new Date(start).getUTCFullYear());
  for (const [i, rep] of REPS.entries()) {
    const target = random.int(9, 16) * 10_000;
    const at = Math.max(start - 7 * DAY, book.now - 80 * DAY);
    book.add({
      type: 'goal_targets',
      at,
      properties: {
        hs_goal_name: `Revenue Q${quarter} ${year}: ${rep.firstName} ${rep.lastName}`,
        hs_target_amount: String(target),
        hs_start_datetime: iso(start),
        hs_end_datetime: iso(end),
        hs_created_by_user_id: '60001',
        hubspot_owner_id: rep.id,
      },
    });
    if (i % 4 === 3) continue; // Some reps never submit.
    book.add({
      type: 'forecasts',
      at: Math.max(at, book.now - random.int(1, 12) * DAY),
      properties: {
        hubspot_owner_id: rep.id,
        hs_amount: String(Math.round((target * (0.6 + random.next() * 0.6)) / 1_000) * 1_000),
        hs_created_by_user_id: String(60_001 + OWNERS.findIndex(({ id }) => id === rep.id)),
        hs_milestone: 'quarterly',
        hs_year: year,
        hs_fiscal_quarter: quarter,
        hs_forecast_start_date: String(start),
        hs_forecast_end_date: String(end),
        hs_deal_pipeline_id: 'default',
      },
    });
  }
}
