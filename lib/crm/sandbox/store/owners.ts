import type { Store } from './open-store.ts';

type Team = { id: string; name: string; primary: boolean };

/** A CRM user who can own records; `email` is empty where nobody knows it. */
export type Owner = {
  id: string;
  userId: number;
  email: string;
  firstName: string;
  lastName: string;
  teams: Team[];
  createdAt: number;
};

const COLUMNS = 'id, user_id, email, first_name, last_name, teams, created_at';

function read(row: Record<string, string | number | null>): Owner {
  return {
    id: String(row['id']),
    userId: Number(row['user_id']),
    email: String(row['email']),
    firstName: String(row['first_name']),
    lastName: String(row['last_name']),
    teams: JSON.parse(String(row['teams'])) as Team[],
    createdAt: Number(row['created_at']),
  };
}

/** Owners in order of id; `after` is an id that was the last of the page before. */
export function listOwners(store: Store, options: { after?: number; limit?: number; email?: string } = {}) {
  const { after = 0, limit = -1, email } = options;
  return store
    .all(
      `SELECT ${COLUMNS} FROM owner WHERE id > ? AND (? IS NULL OR email = ? COLLATE NOCASE) ORDER BY id LIMIT ?`,
      after,
      email ?? null,
      email ?? null,
      limit,
    )
    .map(read);
}

export function findOwner(store: Store, id: string): Owner | undefined {
  const row = store.get(`SELECT ${COLUMNS} FROM owner WHERE id = ?`, Number(id));
  return row && read(row);
}

export function saveOwner(store: Store, owner: Owner): void {
  const { id, userId, email, firstName, lastName, teams, createdAt } = owner;
  store.run(
    `INSERT OR REPLACE INTO owner (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
    Number(id),
    userId,
    email,
    firstName,
    lastName,
    JSON.stringify(teams),
    createdAt,
  );
}

/** Ids of the first user and the first team of an account that has none. */
export const FIRST_USER = 60_001;
export const FIRST_TEAM = 7_001;

type NewOwner = { firstName: string; lastName: string; email: string; teams: string[] };

/** Adds a user who can own records. Teams are joined by name, the first as the primary one; new names are new teams. */
export function addOwner(store: Store, { teams: names, ...person }: NewOwner): Owner {
  const all = listOwners(store);
  const known = new Map(all.flatMap(({ teams }) => teams.map(team => [team.name, Number(team.id)] as const)));
  for (const name of names) {
    if (!known.has(name)) known.set(name, Math.max(FIRST_TEAM - 1, ...known.values()) + 1);
  }
  const owner: Owner = {
    ...person,
    id: String(Math.max(0, ...all.map(({ id }) => Number(id))) + 1),
    userId: Math.max(FIRST_USER - 1, ...all.map(({ userId }) => userId)) + 1,
    teams: names.map((name, place) => ({ id: String(known.get(name)), name, primary: place === 0 })),
    createdAt: store.now(),
  };
  saveOwner(store, owner);
  return owner;
}
