import { readdirSync, readFileSync } from 'node:fs';
import type { PolicySet } from './types.ts';

const VERSION = '2';

/**
 * Reads the policy set that ships with the product. For plain Node (worker, command line): a bundler would not carry
 * the .cedar files along, so pages take the set from its artifact.
 */
export function loadPolicySet(): PolicySet {
  const folder = new URL('./policies/', import.meta.url);
  const names = readdirSync(folder).filter(name => name.endsWith('.cedar'));
  return {
    version: VERSION,
    schema: readFileSync(new URL('./schema.cedarschema', import.meta.url), 'utf8'),
    files: Object.fromEntries(names.sort().map(name => [name, readFileSync(new URL(name, folder), 'utf8')])),
  };
}
