import type { Link } from '#lib/core/record.ts';
import { version, type HubSpot } from './api.ts';
import { resultsOf } from './batch.ts';
import { wireName, type RecordObject } from './objects.ts';
import { batchOf, WireLinks } from './wire.ts';

/** HubSpot's own link types that mark the one main company, deal or contact of a record. */
const primaryTypes = new Set([1, 2, 5, 6, 25, 26, 577, 578]);

/** Links of up to 1,000 records to one other object, by record id. A link is `primary`, `plain`, or has its label. */
export async function readLinks(
  hubspot: HubSpot,
  from: RecordObject,
  to: RecordObject,
  ids: readonly string[],
): Promise<Map<string, Link[]>> {
  const links = new Map<string, Link[]>();
  let inputs: { id: string; after?: string }[] = ids.map(id => ({ id }));
  while (inputs.length > 0) {
    const reply = await hubspot.send(
      {
        method: 'POST',
        path: `/crm/associations/${version}/${wireName(from)}/${wireName(to)}/batch/read`,
        body: { inputs },
        doing: `reading which ${to} belong to ${from}`,
      },
      batchOf(WireLinks),
    );
    const results = resultsOf(reply, `reading which ${to} belong to ${from}`);
    for (const result of results)
      links.set(result.from.id, [
        ...(links.get(result.from.id) ?? []),
        ...result.to.flatMap(far =>
          kindsOf(far.associationTypes).map(kind => ({
            to: { crm: 'hubspot' as const, object: to, id: far.toObjectId },
            kind,
          })),
        ),
      ]);
    inputs = results.flatMap(({ from: { id }, paging }) =>
      paging?.next ? [{ id, after: paging.next.after }] : [],
    );
  }
  return links;
}

function kindsOf(types: readonly { typeId: number; label?: string | null | undefined }[]): string[] {
  const special = types.flatMap(({ typeId, label }) =>
    primaryTypes.has(typeId) ? ['primary'] : label ? [label] : [],
  );
  return special.length > 0 ? [...new Set(special)] : ['plain'];
}
