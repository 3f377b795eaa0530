import type { CrmObject, Subject } from '#lib/core/subject.ts';
import { isSourced, sources, sourcesOf } from './sources.ts';
import { longId } from './subject-of.ts';

const bySobject = new Map<string, CrmObject[]>();
for (const object of Object.keys(sources) as CrmObject[])
  for (const { sobject } of isSourced(object) ? sourcesOf(object) : [])
    bySobject.set(sobject, [...new Set([...(bySobject.get(sobject) ?? []), object])]);

const ofSubtype: Readonly<Record<string, CrmObject[]>> = {
  Call: ['calls'],
  Email: ['tasks', 'emails'],
  Task: ['tasks'],
  Cadence: ['tasks'],
};

/**
 * What a record of Salesforce may be with us; nothing for an object that we do not read. A task may be a task, a call or
 * an e-mail: without its subtype each is looked at, and those that it is not are found missing.
 */
export function subjectsOf(sobject: string, id: string, subtype?: string | null): Subject[] {
  const known = bySobject.get(sobject) ?? [];
  const objects = sobject === 'Task' && subtype ? (ofSubtype[subtype] ?? known) : known;
  return objects.map(object => ({ crm: 'salesforce', object, id: longId(id) }));
}

/** All objects that have records of their own. */
export const followed = (): CrmObject[] => Object.keys(sources) as CrmObject[];
