import type { ObjectName } from '#lib/crm/sandbox/model/object-types.ts';
import { refuseValues } from '#lib/crm/sandbox/records/check-properties.ts';
import type { RefusalDetail } from '#lib/crm/sandbox/records/refusal.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { listRules, type Rule } from './rule.ts';

type Values = Record<string, string>;

/** A rule looks at a write that touches what it speaks of; a create touches everything. */
function concerns({ property, when }: Rule, use: 'create' | 'update', touched: Set<string>): boolean {
  return use === 'create' || touched.has(property) || (when !== undefined && touched.has(when.property));
}

function breach(rule: Rule, after: Values): { code: string; message: string } | undefined {
  const value = after[rule.property] ?? '';
  if (rule.kind === 'regex') {
    if (value === '' || new RegExp(rule.pattern ?? '', 'u').test(value)) return undefined;
    const message = `The value "${value}" for property "${rule.property}" does not meet the validation rule`;
    return { code: 'INVALID_FORMAT', message };
  }
  if (value !== '') return undefined;
  const { when } = rule;
  if (when && after[when.property] !== when.equals) return undefined;
  const condition = when ? ` when "${when.property}" is "${when.equals}"` : '';
  return { code: 'REQUIRED_PROPERTY', message: `Property "${rule.property}" is required${condition}` };
}

/**
 * Holds a record as it would become against the admin's rules. Throws one Refusal that lists every breach.
 * `touched` are the properties that the write names.
 */
export function checkRules(
  store: Store,
  type: ObjectName,
  after: Values,
  touched: Set<string>,
  use: 'create' | 'update',
): void {
  const details = listRules(store)
    .filter(rule => rule.objectType === type && rule.on.includes(use) && concerns(rule, use, touched))
    .flatMap((rule): RefusalDetail[] => {
      const found = breach(rule, after);
      if (!found) return [];
      const context = { propertyName: [rule.property] };
      return [{ message: rule.message ?? found.message, code: found.code, context }];
    });
  refuseValues(details);
}
