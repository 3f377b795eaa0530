import { AppError } from '#lib/core/errors.ts';
import { chunksOf } from '../chunks.ts';
import type { Salesforce } from './api.ts';
import { refusalIn } from './refusal.ts';
import { SaveResults } from './scores.ts';
import { select, textIn, unlessHidden } from './select.ts';
import { allOf, quoted } from './soql.ts';

const doing = 'recording an opt-out';

/** Salesforce keeps the wish on each record with the address: on all leads and contacts that have it. */
export async function optOut(salesforce: Salesforce, email: string): Promise<void> {
  const records: { attributes: { type: string }; Id: string; HasOptedOutOfEmail: true }[] = [];
  let seen = false;
  for (const [type, open] of [
    ['Lead', 'IsConverted = false'],
    ['Contact', undefined],
  ] as const) {
    const where = allOf(`Email = ${quoted(email)}`, 'HasOptedOutOfEmail = false', open);
    const rows = await unlessHidden(() =>
      select(salesforce, { sobject: type, fields: ['Id'], where, doing }),
    );
    seen ||= rows !== null;
    for (const row of rows ?? [])
      records.push({ attributes: { type }, Id: textIn(row, 'Id') ?? '', HasOptedOutOfEmail: true });
  }
  if (!seen)
    throw new AppError(
      'forbidden',
      'Salesforce does not show the field “Email Opt Out” of leads and contacts to Sidecard’s user: give it the permission, then record the opt-out again.',
    );
  for (const chunk of chunksOf(records, 200)) {
    const results = await salesforce.send(
      { method: 'PATCH', path: '/composite/sobjects', body: { allOrNone: false, records: chunk }, doing },
      SaveResults,
    );
    const refused = results.find(({ success }) => !success);
    if (refused) throw refusalIn(doing, refused.errors);
  }
}
