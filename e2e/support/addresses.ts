import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/**
 * Where the product under test listens. `crash.spec.ts` has one of its own, which it kills, and so have `connect.spec.ts`
 * and `salesforce.spec.ts`.
 */
export const ports = {
  app: 4300,
  sandbox: 4301,
  crash: { app: 4310, sandbox: 4311 },
  connect: { hubspot: 4320, salesforce: 4321 },
  salesforce: { app: 4330, sandbox: 4331 },
};

export const productUrl = (port: number = ports.app): string => `http://127.0.0.1:${port}`;

/** The CRM as a person opens it, and as the product links to it. */
export const crmUrl = `http://localhost:${ports.sandbox}`;

export const recordUrl = (contactId: string): string => `${crmUrl}/contacts/${contactId}`;
