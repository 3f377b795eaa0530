import type { BuyingRole, MapNode } from '#lib/views/account-graph-types.ts';

export const roleWord = {
  decision_maker: 'Decision maker',
  budget_holder: 'Budget holder',
  executive_sponsor: 'Executive sponsor',
  champion: 'Champion',
  end_user: 'End user',
  technical_evaluator: 'Technical evaluator',
  influencer: 'Influencer',
  legal: 'Legal reviewer',
  blocker: 'Blocker',
} satisfies Record<BuyingRole, string>;

export type GroupName = 'decide' | 'influence' | 'use' | 'unknown';

export interface Group {
  name: GroupName;
  title: string;
  /** Parts in buying that belong here and that nobody is known to play. */
  missing: readonly BuyingRole[];
}

const groupOfRole = {
  decision_maker: 'decide',
  budget_holder: 'decide',
  executive_sponsor: 'decide',
  champion: 'use',
  end_user: 'use',
  technical_evaluator: 'influence',
  influencer: 'influence',
  legal: 'influence',
  blocker: 'influence',
} satisfies Record<BuyingRole, GroupName>;

const titles = {
  decide: 'Decide and pay',
  influence: 'Influence and check',
  use: 'Champion or use it',
  unknown: 'Role not known',
} satisfies Record<GroupName, string>;

/** Where a person stands: by the part that is surest. */
export const groupOf = ({ roles: [surest] }: Pick<MapNode, 'roles'>): GroupName =>
  surest ? groupOfRole[surest.role] : 'unknown';

/** The groups in the order in which they stand below each other. */
export const groupsWith = (missing: readonly BuyingRole[]): Group[] =>
  (Object.keys(titles) as GroupName[]).map(name => ({
    name,
    title: titles[name],
    missing: missing.filter(role => groupOfRole[role] === name),
  }));

/** `Champion`, or with more than one part `Champion, end user`. */
export const rolesInWords = (roles: MapNode['roles']): string =>
  [...new Set(roles.map(({ role }) => roleWord[role]))]
    .map((word, i) => (i === 0 ? word : word.toLowerCase()))
    .join(', ');
