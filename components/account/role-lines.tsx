import type { CrmPages } from '#lib/core/record-url.ts';
import type { HeldRole } from '#lib/views/account-graph-types.ts';
import { EvidenceList } from '#components/record/evidence-link.tsx';
import { roleWord } from './groups.ts';

export const basisWord = {
  stated: 'as the CRM says',
  inferred: 'guessed from the job title',
} satisfies Record<HeldRole['basis'], string>;

/** The parts that somebody plays, how each is known, and where it stands. */
export function RoleLines({ roles, crmPages }: { roles: readonly HeldRole[]; crmPages: CrmPages | null }) {
  return (
    <ul className="space-y-2">
      {roles.map(({ role, basis, why, evidence }) => (
        <li key={`${role} ${basis}`}>
          <span className="font-medium">{roleWord[role]}</span>{' '}
          <span className="text-muted">({basisWord[basis]})</span>
          <p className="text-xs text-muted">{why}</p>
          <EvidenceList evidence={evidence} crmPages={crmPages} />
        </li>
      ))}
    </ul>
  );
}
