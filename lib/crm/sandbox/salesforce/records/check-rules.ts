import type { SObject } from '../model/sobject.ts';
import type { Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import { compileCondition } from '../soql/compile.ts';
import { parseCondition } from '../soql/parse.ts';
import { readSetting } from '../store/settings.ts';

/** An admin's rule: a record for which `when` (a SOQL condition) holds is refused with the admin's own words. */
export type ValidationRule = { object: string; name: string; when: string; message: string; field?: string };

export function checkRules(org: Org, object: SObject, id: string): void {
  const rules = readSetting<ValidationRule[]>(org.store, 'validation-rules') ?? [];
  for (const { when, message, field } of rules.filter(rule => rule.object === object.name)) {
    const { joins, where, values } = compileCondition(org, object, parseCondition(when));
    const sql = `SELECT 1 FROM sf_record r0 ${joins} WHERE r0.id = ? AND (${where})`;
    if (org.store.get(sql, id, ...values)) {
      throw new SalesforceRefusal('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, {
        fields: field === undefined ? [] : [field],
      });
    }
  }
}
