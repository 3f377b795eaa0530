import { findObjectType, type ObjectName } from '#lib/crm/sandbox/model/object-types.ts';

/** The object a seed names, or an error that says which seed is wrong. */
export function requireSeedType(name: string): ObjectName {
  const type = findObjectType(name);
  if (!type) throw new Error(`Seed names the object "${name}", which the sandbox does not have`);
  return type.name;
}
