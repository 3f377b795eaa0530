import type { Store } from './open-store.ts';

type Team = { id: string; name: string; primary: boolean };

/** A CRM user who can own records. */
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
