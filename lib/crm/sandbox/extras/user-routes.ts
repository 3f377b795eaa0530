import { Hono } from 'hono';
import { notFound } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { listOwners, type Owner } from '#lib/crm/sandbox/store/owners.ts';
import { readPage } from '#lib/crm/sandbox/wire/read-query.ts';
import { renderPage } from './render-page.ts';

function render({ userId, email, firstName, lastName, teams }: Owner, place: number) {
  const primary = teams.find(team => team.primary);
  const others = teams.filter(team => team !== primary).map(({ id }) => id);
  return {
    id: String(userId),
    email,
    firstName,
    lastName,
    roleIds: [],
    superAdmin: place === 0,
    ...(primary && { primaryTeamId: primary.id }),
    ...(others.length > 0 && { secondaryTeamIds: others }),
  };
}

function teamsOf(owners: Owner[]) {
  const members = owners.flatMap(({ userId, teams }) => teams.map(team => ({ ...team, userId })));
  const idsOf = (id: string, primary: boolean) =>
    members.filter(each => each.id === id && each.primary === primary).map(each => String(each.userId));
  return [...new Map(members.map(({ id, name }) => [id, name])).entries()]
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([id, name]) => ({ id, name, userIds: idsOf(id, true), secondaryUserIds: idsOf(id, false) }));
}

/** The account's users and teams: `/settings/users/2026-09`. */
export function userRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/', c => {
    const page = readPage(c, { most: 100, standard: 100 });
    const users = listOwners(store).map(render);
    const { total: _total, ...answer } = renderPage(users, page, user => user);
    return c.json(answer);
  });

  routes.get('/teams', c => c.json({ results: teamsOf(listOwners(store)) }));

  routes.get('/:userId', c => {
    const { userId } = c.req.param();
    const byEmail = c.req.query('idProperty') === 'EMAIL';
    const user = listOwners(store)
      .map(render)
      .find(({ id, email }) => (byEmail ? email.toLowerCase() === userId.toLowerCase() : id === userId));
    if (!user) throw notFound(userId);
    return c.json(user);
  });

  return routes;
}
