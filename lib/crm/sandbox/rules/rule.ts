import { z } from 'zod';
import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { listDocuments, removeDocuments, saveDocument } from '#lib/crm/sandbox/store/documents.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { nextRecordId } from '#lib/crm/sandbox/store/settings.ts';

/** A rule as an admin states it; the object may be named in any of its ways. */
export const ruleBody = z
  .object({
    objectType: z.string(),
    on: z
      .array(z.enum(['create', 'update']))
      .min(1)
      .default(['create', 'update']),
    property: z.string().min(1),
    kind: z.enum(['required', 'regex', 'requiredWhen']),
    pattern: z.string().max(500).optional(),
    when: z.object({ property: z.string().min(1), equals: z.string() }).optional(),
    message: z.string().max(500).optional(),
  })
  .refine(rule => (rule.kind === 'regex') === (rule.pattern !== undefined), 'a regex rule needs a pattern')
  .refine(rule => (rule.kind === 'requiredWhen') === (rule.when !== undefined), 'requiredWhen needs when');

/** What an admin demands of an object's values, beyond what the CRM itself demands. */
export type Rule = Omit<z.infer<typeof ruleBody>, 'objectType'> & { id: string; objectType: ObjectName };

const known = new WeakMap<Store, Rule[]>();

export function listRules(store: Store): Rule[] {
  const cached = known.get(store) ?? listDocuments<Rule>(store, 'validation-rule');
  known.set(store, cached);
  return cached;
}

export function addRule(store: Store, rule: Omit<Rule, 'id'>): Rule {
  const kept = { ...rule, id: String(nextRecordId(store)) };
  saveDocument(store, 'validation-rule', kept.id, kept);
  known.delete(store);
  return kept;
}

/** Removes one rule, or all of them. */
export function removeRules(store: Store, id?: string): number {
  known.delete(store);
  return removeDocuments(store, 'validation-rule', id);
}
