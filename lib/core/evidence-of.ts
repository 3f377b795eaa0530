import type { Evidence } from './evidence.ts';
import type { Fact, Touch } from './fact.ts';
import { recordPath } from './record-url.ts';
import type { CrmObject } from './subject.ts';

export const evidenceOfFact = (fact: Fact): Evidence => ({
  crm: fact.source.crm,
  object: fact.source.object,
  id: fact.source.id,
  ...(fact.source.field === null ? {} : { field: fact.source.field }),
  version: fact.source.version,
  at: fact.at,
  snippet: (fact.value ?? '').slice(0, 300),
  url: recordPath(fact.source),
});

/** Evidence for an activity, linked from the record page on which a person would look for it. */
export const evidenceOfTouch = (
  touch: Touch,
  page: { object: CrmObject; id: string },
  snippet = touch.body || touch.title,
): Evidence => ({
  crm: touch.ref.crm,
  object: touch.ref.object,
  id: touch.ref.id,
  version: touch.version,
  at: touch.at,
  snippet: snippet.slice(0, 300),
  url: recordPath(page, touch.ref),
});
