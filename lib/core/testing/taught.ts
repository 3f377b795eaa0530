import type { Memory } from '#lib/core/memory.ts';
import type { Subject } from '#lib/core/subject.ts';
import { newId } from '#lib/platform/ids.ts';

export const maria: Subject = { crm: 'hubspot', object: 'contacts', id: '7' };

/** A confirmed memory about Maria, typed by Ana. */
export const taught = (text: string, at: string, more: Partial<Memory> = {}): Memory => ({
  id: newId('mem'),
  version: 1,
  state: 'confirmed',
  scope: 'account',
  subject: maria,
  holder: null,
  kind: 'preference',
  text,
  author: 'ana',
  authorName: 'Ana',
  source: { kind: 'typed' },
  confidence: 1,
  at,
  expiresAt: null,
  ...more,
});

export const ana = { id: 'ana', name: 'Ana' };
