import type { Evidence } from './evidence.ts';
import type { Fact, Interaction, QualityFlag, Touch } from './fact.ts';
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

type RecordRef = { object: CrmObject; id: string };

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

/** Evidence for an oddity: where it stands, and what is odd. That of an activity is linked from the page of a record. */
export function evidenceOfFlag({ source, text, learntAt }: QualityFlag, page: RecordRef): Evidence {
  const { crm, object, id, field, version } = source;
  return {
    crm,
    object,
    id,
    ...(field === null ? {} : { field }),
    version,
    at: learntAt,
    snippet: text.slice(0, 300).toWellFormed(),
    url: field === null ? recordPath(page, source) : recordPath(source),
  };
}

/**
 * Evidence for an event that was sent to us: no page of the CRM shows it, so that it points at the record that it is
 * about, with the event's type as field and its id as version. The snippet is what was sent, as `name: value`.
 */
export const evidenceOfInteraction = (interaction: Interaction): Evidence => ({
  crm: interaction.subject.crm,
  object: interaction.subject.object,
  id: interaction.subject.id,
  field: `event:${interaction.type}`,
  version: interaction.id,
  at: interaction.at,
  snippet: snippetOf(interaction).slice(0, 300).toWellFormed(),
  url: recordPath(interaction.subject),
});

function snippetOf({ type, properties }: Interaction): string {
  const told = Object.entries(properties).filter(([, value]) => value !== null && value !== '');
  return told.length === 0 ? type : told.map(([name, value]) => `${name}: ${String(value)}`).join(', ');
}
