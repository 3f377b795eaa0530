import { z } from 'zod';

export const Role = z.enum(['rep', 'manager', 'operations', 'admin', 'auditor', 'service']);
export type Role = z.infer<typeof Role>;

/** Who acts. `ownerId` is the person's user in the CRM, where they have one. */
export const Actor = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  role: Role,
  ownerId: z.string().nullable(),
});
export type Actor = z.infer<typeof Actor>;

/** Tenant and who acts: the first argument of everything that has an effect. */
export const Scope = z.object({ tenantId: z.string().min(1), actor: Actor });
export type Scope = z.infer<typeof Scope>;

/** The product acting by itself on a trigger. */
export const serviceScope = (tenantId: string, name = 'sidecard'): Scope => ({
  tenantId,
  actor: { id: `service:${name}`, name, role: 'service', ownerId: null },
});
