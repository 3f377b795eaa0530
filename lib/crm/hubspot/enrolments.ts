import { z } from 'zod';
import { AppError } from '#lib/core/errors.ts';
import { chunksOf } from '../chunks.ts';
import type { Page, ReadRecord } from '../doors.ts';
import { version, type HubSpot } from './api.ts';
import { plainRecord } from './normalise.ts';
import { searchIds } from './search.ts';
import { Moment } from './wire.ts';

/** Requests at once: each enrolment is a request of its own. */
const atOnce = 10;

const WireEnrolment = z.looseObject({
  id: z.string(),
  sequenceId: z.string(),
  sequenceName: z.string().nullish(),
  enrolledAt: Moment,
  enrolledBy: z.string().nullish(),
  updatedAt: Moment,
});

/** Contacts who are in a sequence at this moment, each with its sequence. One that ended is no longer among them. */
export async function readEnrolments(hubspot: HubSpot, after: string | null): Promise<Page> {
  const enrolled = { propertyName: 'hs_sequences_is_enrolled', operator: 'EQ', value: 'true' };
  const { ids, next } = await searchIds(hubspot, 'contacts', [enrolled], after);
  const records: ReadRecord[] = [];
  for (const chunk of chunksOf(ids, atOnce)) {
    const found = await Promise.all(chunk.map(contactId => readEnrolment(hubspot, contactId)));
    records.push(...found.filter(record => record !== null));
  }
  return { records, next };
}

async function readEnrolment(hubspot: HubSpot, contactId: string): Promise<ReadRecord | null> {
  const wire = await hubspot
    .send(
      {
        method: 'GET',
        path: `/automation/sequences/${version}/enrollments/contact/${encodeURIComponent(contactId)}`,
        doing: 'reading sequence enrolments',
      },
      WireEnrolment.optional(),
    )
    .catch((error: unknown) => {
      // It ended between the search and this request.
      if (error instanceof AppError && error.code === 'not_found') return undefined;
      throw error;
    });
  if (wire === undefined) return null;
  const fields = {
    contactId,
    sequenceId: wire.sequenceId,
    name: wire.sequenceName || wire.sequenceId,
    enrolledAt: wire.enrolledAt,
    enrolledBy: wire.enrolledBy || null,
    active: 'true',
  };
  const links = [{ to: { crm: 'hubspot', object: 'contacts', id: contactId } as const, kind: 'plain' }];
  return plainRecord('enrolments', wire.id, fields, wire, links);
}
