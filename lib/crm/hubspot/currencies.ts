import { z } from 'zod';
import type { Page } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { plainRecord } from './normalise.ts';
import { readPage } from './page.ts';
import { Moment } from './wire.ts';

const WireRate = z.looseObject({
  id: z.string(),
  fromCurrencyCode: z.string(),
  toCurrencyCode: z.string(),
  conversionRate: z.number(),
  effectiveAt: Moment.nullish(),
  createdAt: Moment,
  updatedAt: Moment,
});

/** Exchange rates: one unit of `from` is `rate` units of `to`, from `effectiveAt` on. */
export async function readCurrencies(hubspot: HubSpot, after: string | null): Promise<Page> {
  const path = `/settings/currencies/${version}/exchange-rates`;
  const { results, next } = await readPage(
    hubspot,
    { path, after, doing: 'reading exchange rates' },
    WireRate,
  );
  const records = results.map(rate =>
    plainRecord(
      'currencies',
      rate.id,
      {
        from: rate.fromCurrencyCode,
        to: rate.toCurrencyCode,
        rate: String(rate.conversionRate),
        effectiveAt: rate.effectiveAt ?? rate.createdAt,
      },
      rate,
    ),
  );
  return { records, next };
}
