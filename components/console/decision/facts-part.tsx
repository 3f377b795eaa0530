import type { Lineage } from '#lib/core/decision.ts';
import { recordHref, type CrmPages } from '#lib/core/record-url.ts';
import { fieldWords } from '#components/record/record-words.ts';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Hash } from '#components/ui/hash.tsx';
import { countOf } from '#components/ui/number-format.ts';
import { Empty } from '#components/ui/panel.tsx';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { groupFacts } from './group-facts.ts';
import type { FactGroup } from './group-facts.ts';

function FactTable({ group, name }: { group: FactGroup; name: string }) {
  return (
    <Table caption={`Facts of ${name}`}>
      <thead>
        <tr>
          <HeadCell>Field</HeadCell>
          <HeadCell>Version</HeadCell>
          <HeadCell>True since</HeadCell>
        </tr>
      </thead>
      <tbody>
        {group.facts.map(fact => (
          <tr key={`${fact.field} ${fact.version} ${fact.at}`}>
            <RowHead className="font-normal">
              {fact.field ? fieldWords(fact.field) : 'the record itself'}
            </RowHead>
            <Cell>
              <Hash value={fact.version} length={16} />
            </Cell>
            <Cell>
              <Time at={fact.at} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Every fact that was used, under the record on which it stands, with its version. */
export function FactsPart({
  facts,
  memories,
  withheld = [],
  crmPages,
}: {
  facts: Lineage['facts'];
  memories: Lineage['memories'];
  withheld?: Lineage['memoriesWithheld'];
  crmPages: CrmPages | null;
}) {
  if (facts.length === 0 && memories.length === 0) return <Empty>No facts were read.</Empty>;
  return (
    <ul className="space-y-2">
      {groupFacts(facts).map(group => {
        const { object, id } = group.record;
        const name = `${object} ${id}`;
        const href = recordHref(crmPages, `/${object}/${encodeURIComponent(id)}`);
        return (
          <li key={`${group.record.crm} ${name}`}>
            <Disclosure summary={`${name}: ${countOf(group.facts.length, 'fact')}`}>
              {href && (
                <TextLink href={href} opens="tab">
                  Open in the CRM
                </TextLink>
              )}
              <FactTable group={group} name={name} />
            </Disclosure>
          </li>
        );
      })}
      {memories.map(memory => (
        <li key={memory.id}>
          Remembered: {memory.text} <Hash value={memory.id} />
        </li>
      ))}
      {withheld.map(({ scope, count, reason }) => (
        <li key={`${scope} ${reason}`} className="text-muted">
          Withheld by policy: {countOf(count, `${scope} memory`, `${scope} memories`)}. {reason}
        </li>
      ))}
    </ul>
  );
}
