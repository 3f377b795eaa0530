import type { Field } from '../model/field.ts';
import type { SObject } from '../model/sobject.ts';
import type { Org } from '../org.ts';
import { SalesforceRefusal } from '../refusal.ts';
import type { Path } from './ast.ts';

const DEEPEST_PATH = 5;
/** What may be asked of a lookup that leads to several objects. */
const NAME_FIELDS =
  'Id|Name|Type|FirstName|LastName|Email|Phone|Title|Username|Alias|IsActive|UserRoleId'.split('|');

/** A path with its lookups; `field` is undefined for "Type" of a polymorphic lookup: the object's name. */
export type Resolved = { lookups: Field[]; field: Field | undefined };

function noSuchColumn(object: string, name: string, text: string, at: number): SalesforceRefusal {
  const isRelationship = name.includes(' relationship');
  const start = Math.max(0, at - 30);
  const context = `\n${text.slice(start, at + 40)}\n${' '.repeat(at - start)}^\nERROR at Row:1:Column:${at + 1}\n`;
  const hint =
    "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. " +
    'Please reference your WSDL or the describe call for the appropriate names.';
  const message = isRelationship
    ? `Didn't understand relationship '${name.replace(' relationship', '')}' in field path. ${hint}`
    : `No such column '${name}' on entity '${object}'. ${hint}`;
  return new SalesforceRefusal('INVALID_FIELD', context + message);
}

/** The object a query names, or INVALID_TYPE in Salesforce's words. */
export function requireObject(org: Org, name: string, text: string, at: number): SObject {
  const object = org.schema.find(name);
  if (object) return object;
  const start = Math.max(0, at - 30);
  throw new SalesforceRefusal(
    'INVALID_TYPE',
    `\n${text.slice(start, at + 40)}\n${' '.repeat(at - start)}^\nERROR at Row:1:Column:${at + 1}\n` +
      `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append ` +
      "the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
  );
}

/** Finds what a path leads to. A leading object name ("Lead.Email") is the object itself. */
export function resolvePath(org: Org, object: SObject, { names, at }: Path, text: string): Resolved {
  const own = names[0]?.toLowerCase() === object.name.toLowerCase() && names.length > 1;
  const parts = own && !org.schema.lookup(object, names[0]!) ? names.slice(1) : names;
  if (parts.length > DEEPEST_PATH + 1) throw noSuchColumn(object.name, parts.join('.'), text, at);
  const lookups: Field[] = [];
  let targets = [object];
  for (const name of parts.slice(0, -1)) {
    const lookup = targets.length === 1 ? org.schema.lookup(targets[0]!, name) : undefined;
    if (!lookup) throw noSuchColumn(targets[0]!.name, `${name} relationship`, text, at);
    lookups.push(lookup);
    targets = lookup.referenceTo.flatMap(to => org.schema.find(to) ?? []);
  }
  const last = parts.at(-1)!;
  if (targets.length > 1) {
    const known = NAME_FIELDS.find(name => name.toLowerCase() === last.toLowerCase());
    if (known === 'Type') return { lookups, field: undefined };
    const field = known && targets.map(target => org.schema.field(target, known)).find(Boolean);
    if (!field) throw noSuchColumn('Name', last, text, at);
    return { lookups, field };
  }
  const field = org.schema.field(targets[0]!, last);
  if (!field) throw noSuchColumn(targets[0]!.name, last, text, at);
  return { lookups, field };
}
