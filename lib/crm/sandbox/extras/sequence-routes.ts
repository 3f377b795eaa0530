import { Hono } from 'hono';
import { z } from 'zod';
import { requireEnd } from '#lib/crm/sandbox/records/link-records.ts';
import { invalid, notFound } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { listOwners, type Owner } from '#lib/crm/sandbox/store/owners.ts';
import { loadRecord } from '#lib/crm/sandbox/store/records.ts';
import { nextRecordId } from '#lib/crm/sandbox/store/settings.ts';
import { readBody } from '#lib/crm/sandbox/wire/read-body.ts';
import { readPage } from '#lib/crm/sandbox/wire/read-query.ts';
import { findEnrolment, listSequences, saveEnrolment, type Enrolment, type Sequence } from './enrolments.ts';
import { renderPage } from './render-page.ts';

const enrolBody = z.object({
  contactId: z.string().min(1),
  senderEmail: z.email(),
  sequenceId: z.string().min(1),
  senderAliasAddress: z.string().optional(),
});

function requireUser(store: Store, userId: string | undefined): Owner {
  if (!userId) throw invalid('The query parameter userId is required');
  const user = listOwners(store).find(owner => String(owner.userId) === userId);
  if (!user) throw invalid(`User ${userId} does not exist`);
  return user;
}

function renderSequence({ id, name, userId, createdAt, updatedAt }: Sequence) {
  return { id, name, userId, createdAt, updatedAt };
}

function renderLite({ id, toEmail, enrolledAt }: Enrolment) {
  return { id, toEmail, enrolledAt, updatedAt: enrolledAt };
}

/** Sequences of a user, and who is enrolled in them: `/automation/sequences/2026-09`. */
export function sequenceRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/', c => {
    const user = requireUser(store, c.req.query('userId'));
    const page = readPage(c, { most: 100, standard: 20 });
    const name = c.req.query('name')?.toLowerCase() ?? '';
    const own = listSequences(store).filter(
      each => each.userId === String(user.userId) && each.name.toLowerCase().includes(name),
    );
    return c.json(renderPage(own, page, renderSequence));
  });

  routes.post('/enrollments', async c => {
    const user = requireUser(store, c.req.query('userId'));
    const { contactId, senderEmail, sequenceId } = await readBody(c, enrolBody);
    const contact = loadRecord(store, 'contacts', requireEnd(store, 'contacts', contactId).id);
    const toEmail = contact?.properties['email'];
    if (!toEmail) throw invalid(`Contact ${contactId} has no e-mail address`);
    if (!listSequences(store).some(({ id }) => id === sequenceId)) throw notFound(sequenceId);
    if (findEnrolment(store, contactId)) {
      throw invalid(`Contact ${contactId} is enrolled in a sequence already`);
    }
    const enrolment = store.transact(() => {
      const made: Enrolment = {
        id: String(nextRecordId(store)),
        contactId,
        sequenceId,
        toEmail,
        enrolledBy: String(user.userId),
        enrolledByEmail: senderEmail,
        enrolledAt: new Date(store.now()).toISOString(),
      };
      saveEnrolment(store, made);
      return made;
    });
    return c.json(renderLite(enrolment));
  });

  routes.get('/enrollments/contact/:contactId', c => {
    const { contactId } = c.req.param();
    const enrolment = findEnrolment(store, contactId);
    if (!enrolment) throw notFound(contactId);
    const { enrolledBy, enrolledByEmail, sequenceId } = enrolment;
    const sequenceName = listSequences(store).find(({ id }) => id === sequenceId)?.name ?? '';
    return c.json({ ...renderLite(enrolment), enrolledBy, enrolledByEmail, sequenceId, sequenceName });
  });

  routes.get('/:sequenceId', c => {
    requireUser(store, c.req.query('userId'));
    const sequence = listSequences(store).find(({ id }) => id === c.req.param('sequenceId'));
    if (!sequence) throw notFound(c.req.param('sequenceId'));
    return c.json({ ...renderSequence(sequence), steps: [], dependencies: [] });
  });

  return routes;
}
