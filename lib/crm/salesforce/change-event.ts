import { z } from 'zod';
import type { CrmEvent } from '#lib/core/record.ts';
import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';
import { clientName } from './api.ts';
import { subjectsOf } from './subjects-of.ts';

const endOfYear9999 = 253_402_300_799_999;

const Header = z.looseObject({
  entityName: z.string().max(100),
  recordIds: z.array(z.string().max(18)).max(1000),
  changeType: z.enum([
    'CREATE',
    'UPDATE',
    'DELETE',
    'UNDELETE',
    'GAP_CREATE',
    'GAP_UPDATE',
    'GAP_DELETE',
    'GAP_UNDELETE',
    'GAP_OVERFLOW',
  ]),
  changeOrigin: z.string().nullish(),
  transactionKey: z.string().max(100),
  sequenceNumber: z.number().int(),
  commitTimestamp: z.coerce.number().int().min(0).max(endOfYear9999),
  changedFields: z.array(z.string()).nullish(),
});

const Payload = z.looseObject({ ChangeEventHeader: Header });

/** What one change event says: what happened to which records, and objects of which more happened than it can say. */
export interface Told {
  events: CrmEvent[];
  resync: CrmObject[];
}

const nothing: Told = { events: [], resync: [] };

/**
 * Reads the payload of a change event. A gap (Salesforce could not make the event) asks for its records to be read again;
 * an overflow, for the whole object. What cannot be read, or is of an object that we do not follow, says nothing.
 */
export function changesIn(payload: unknown): Told {
  const read = Payload.safeParse(payload);
  if (!read.success) return nothing;
  const { ChangeEventHeader: header, ...fields } = read.data;
  const { entityName, changeType } = header;
  if (changeType === 'GAP_OVERFLOW')
    return { events: [], resync: subjectsOf(entityName, '').map(({ object }) => object) };
  const subtype = textOr(fields['TaskSubtype']);
  const ids = header.recordIds.filter(id => /^[a-zA-Z0-9]{15,18}$/.test(id));
  const about = ids.flatMap(id =>
    subjectsOf(entityName, id, subtype).map(ref => ({ ref, kind: kindOf(changeType) })),
  );
  const linked = farEnds(entityName, fields).map(ref => ({ ref, kind: 'linked' as const }));
  return {
    events: [...about, ...linked].map(({ ref, kind }) => eventOf(ref, kind, header)),
    resync: [],
  };
}

function eventOf(ref: Subject, kind: CrmEvent['kind'], header: z.infer<typeof Header>): CrmEvent {
  const { entityName, transactionKey, sequenceNumber, commitTimestamp, changeOrigin } = header;
  return {
    key: ['salesforce', entityName, transactionKey, sequenceNumber, ref.object, ref.id].join(':'),
    ref,
    kind,
    field: fieldIn(header),
    occurredAt: toInstant(commitTimestamp),
    own: isOurs(changeOrigin),
  };
}

const kindOf = (changeType: string): CrmEvent['kind'] =>
  changeType === 'CREATE' ? 'created' : changeType === 'DELETE' ? 'deleted' : 'changed';

/** The one field that changed; null where it were several, or their names are still packed as bits. */
function fieldIn({ changedFields }: z.infer<typeof Header>): string | null {
  const names = (changedFields ?? []).filter(name => name !== 'LastModifiedDate');
  const [only] = names;
  return names.length === 1 && only !== undefined && !/^(?:\d+-)?0x/i.test(only) ? only : null;
}

/** The origin names the client as our `Sforce-Call-Options` told it. */
const isOurs = (origin: string | null | undefined): boolean =>
  origin?.split(';').some(part => part.split('/')[0] === `client=${clientName}`) ?? false;

/** A role is no record of ours, but who has one is news about the opportunity and the person. */
function farEnds(entityName: string, fields: Record<string, unknown>): Subject[] {
  if (entityName !== 'OpportunityContactRole') return [];
  const [deal, contact] = [textOr(fields['OpportunityId']), textOr(fields['ContactId'])];
  return [
    ...(deal ? subjectsOf('Opportunity', deal) : []),
    ...(contact ? subjectsOf('Contact', contact) : []),
  ];
}

const textOr = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
