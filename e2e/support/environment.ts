import { Env } from '#lib/platform/env.ts';

/** Empty is unset: the tests never reach a database, CRM or model that this machine is set up for. */
export const unset = Object.fromEntries(Object.keys(Env.shape).map(name => [name, '']));
