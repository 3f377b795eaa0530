import { Hono } from 'hono';
import { z } from 'zod';
import { invalid, notFound } from '#lib/crm/sandbox/records/refusal.ts';
import { findDocument, listDocuments, saveDocument } from '#lib/crm/sandbox/store/documents.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { nextRecordId, COMPANY_CURRENCY } from '#lib/crm/sandbox/store/settings.ts';
import { readBody } from '#lib/crm/sandbox/wire/read-body.ts';
import { readPage } from '#lib/crm/sandbox/wire/read-query.ts';
import { renderPage } from './render-page.ts';

const code = z.string().regex(/^[A-Z]{3}$/, 'a currency code of three letters');
const rateBody = z.object({
  fromCurrencyCode: code,
  conversionRate: z.number().positive(),
  effectiveAt: z.iso.datetime({ offset: true }).optional(),
});

/** How much one unit of a currency is worth in the company's own, from `effectiveAt` on. */
export type ExchangeRate = {
  id: string;
  fromCurrencyCode: string;
  conversionRate: number;
  effectiveAt: string;
  createdAt: string;
};

/** Ids grow, and so stand in the order in which rates were entered. */
export function saveExchangeRate(store: Store, rate: ExchangeRate): void {
  saveDocument(store, 'exchange-rate', rate.id, rate);
}

function listRates(store: Store): ExchangeRate[] {
  return listDocuments<ExchangeRate>(store, 'exchange-rate');
}

/** For each currency the rate that is in effect at `now`. */
function currentRates(store: Store): ExchangeRate[] {
  const now = new Date(store.now()).toISOString();
  const current = new Map<string, ExchangeRate>();
  for (const rate of listRates(store)) {
    const best = current.get(rate.fromCurrencyCode);
    if (rate.effectiveAt > now || (best && best.effectiveAt > rate.effectiveAt)) continue;
    current.set(rate.fromCurrencyCode, rate);
  }
  return [...current.values()];
}

function render({ id, fromCurrencyCode, conversionRate, effectiveAt, createdAt }: ExchangeRate) {
  return {
    id,
    fromCurrencyCode,
    toCurrencyCode: COMPANY_CURRENCY,
    conversionRate,
    effectiveAt,
    createdAt,
    updatedAt: createdAt,
    visibleInUI: true,
  };
}

/** Currencies and their dated rates: `/settings/currencies/2026-09`. */
export function currencyRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/company-currency', c =>
    c.json({ id: '1', currencyCode: COMPANY_CURRENCY, currencyName: 'Euro' }),
  );

  routes.get('/exchange-rates', c => {
    const page = readPage(c, { most: 100, standard: 100 });
    const { fromCurrencyCode, toCurrencyCode } = c.req.query();
    const found = listRates(store).filter(
      rate =>
        (fromCurrencyCode === undefined || rate.fromCurrencyCode === fromCurrencyCode) &&
        (toCurrencyCode === undefined || toCurrencyCode === COMPANY_CURRENCY),
    );
    const { total: _total, ...answer } = renderPage(found, page, render);
    return c.json(answer);
  });

  routes.get('/exchange-rates/current', c => c.json({ results: currentRates(store).map(render) }));

  routes.get('/exchange-rates/:id', c => {
    const rate = findDocument<ExchangeRate>(store, 'exchange-rate', c.req.param('id'));
    if (!rate) throw notFound(c.req.param('id'));
    return c.json(render(rate));
  });

  routes.post('/exchange-rates', async c => {
    const { fromCurrencyCode, conversionRate, effectiveAt } = await readBody(c, rateBody);
    if (fromCurrencyCode === COMPANY_CURRENCY) throw invalid(`${COMPANY_CURRENCY} is the company's currency`);
    const now = new Date(store.now()).toISOString();
    const from = effectiveAt === undefined ? now : new Date(effectiveAt).toISOString();
    const rate = store.transact(() => {
      const id = String(nextRecordId(store));
      const made: ExchangeRate = { id, fromCurrencyCode, conversionRate, effectiveAt: from, createdAt: now };
      saveExchangeRate(store, made);
      return made;
    });
    return c.json(render(rate));
  });

  return routes;
}
