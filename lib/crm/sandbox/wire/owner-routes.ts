import { Hono } from 'hono';
import { notFound } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { findOwner, listOwners, type Owner } from '#lib/crm/sandbox/store/owners.ts';
import { readArchived, readPage, renderPaging } from './read-query.ts';

/** The owner as the interface shows it. */
export function renderOwner(owner: Owner) {
  const at = new Date(owner.createdAt).toISOString();
  const { id, userId, email, firstName, lastName, teams } = owner;
  return {
    id,
    userId,
    userIdIncludingInactive: userId,
    type: 'PERSON',
    ...(email === '' ? {} : { email }),
    firstName,
    lastName,
    createdAt: at,
    updatedAt: at,
    archived: false,
    ...(teams.length > 0 ? { teams } : {}),
  };
}

export function ownerRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/', c => {
    const { limit, after } = readPage(c, { most: 500, standard: 100 });
    if (readArchived(c)) return c.json({ results: [] }); // Nobody has been deactivated.
    const email = c.req.query('email');
    const found = listOwners(store, { after, limit: limit + 1, ...(email ? { email } : {}) });
    const page = found.slice(0, limit);
    return c.json({
      results: page.map(renderOwner),
      ...renderPaging(found.length > limit ? page.at(-1)?.id : undefined),
    });
  });

  routes.get('/:id', c => {
    const id = c.req.param('id');
    const byUser = c.req.query('idProperty') === 'userId';
    const owner = byUser
      ? listOwners(store).find(({ userId }) => String(userId) === id)
      : findOwner(store, id);
    if (!owner) throw notFound(id);
    return c.json(renderOwner(owner));
  });

  return routes;
}
