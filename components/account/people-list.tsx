import type { ReactNode } from 'react';
import type { CrmPages } from '#lib/core/record-url.ts';
import type { AccountGraphView, MapNode } from '#lib/views/account-graph-types.ts';
import { cardHref } from '#components/record/record-href.ts';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Empty } from '#components/ui/panel.tsx';
import { TextLink } from '#components/ui/text-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { groupOf, groupsWith, roleWord, rolesInWords, type Group } from './groups.ts';
import { knownBest } from './layout.ts';
import { RelationLines, type NameOf } from './relation-lines.tsx';
import { strengthWord } from './relation-words.ts';
import { noPeople } from './summary.ts';
import type { Tie } from './ties.ts';

const columns = 'sm:grid sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_minmax(0,5fr)_7rem] sm:gap-x-4';

/** All people of the account by their part in buying, with who of us knows them: what the drawing shows, in words. */
export function PeopleList({
  view,
  ties,
  nameOf,
}: {
  view: AccountGraphView;
  ties: readonly Tie[];
  nameOf: NameOf;
}) {
  const people = knownBest(view.nodes, ties).filter(node => node.kind === 'person');
  if (people.length === 0) return <Empty>{noPeople(view)}</Empty>;
  const users = new Set(view.nodes.filter(node => node.kind === 'user').map(node => node.key));
  const withUs = (key: string) =>
    ties.filter(({ from, to }) => to === key && users.has(from)).toSorted(byStrength);
  return (
    <>
      <div
        aria-hidden
        className={`hidden border-b border-edge px-2 py-1.5 text-xs font-medium text-muted ${columns}`}
      >
        <span>Person</span>
        <span>Part in buying</span>
        <span>Who of us knows them</span>
        <span>Last touch</span>
      </div>
      {groupsWith(view.missing).map(group => (
        <GroupPart key={group.name} group={group} people={people.filter(one => groupOf(one) === group.name)}>
          {person => (
            <PersonLine
              key={person.key}
              person={person}
              knownBy={withUs(person.key)}
              nameOf={nameOf}
              crmPages={view.crmPages}
            />
          )}
        </GroupPart>
      ))}
    </>
  );
}

function GroupPart({
  group: { name, title, missing },
  people,
  children,
}: {
  group: Group;
  people: readonly MapNode[];
  children: (person: MapNode) => ReactNode;
}) {
  if (people.length === 0 && missing.length === 0) return null;
  return (
    <section aria-labelledby={`people-${name}`}>
      <h3 id={`people-${name}`} className="bg-sunken px-2 py-1 text-xs font-semibold text-muted">
        {title}
      </h3>
      <ul className="divide-y divide-line">
        {people.map(children)}
        {missing.map(role => (
          <li key={role} className="px-2 py-2 text-warn">
            No {roleWord[role].toLowerCase()} known
          </li>
        ))}
      </ul>
    </section>
  );
}

function PersonLine({
  person: { name, title, subject, roles, lastAt },
  knownBy,
  nameOf,
  crmPages,
}: {
  person: MapNode;
  /** Ties of ours to this person. */
  knownBy: readonly Tie[];
  nameOf: NameOf;
  crmPages: CrmPages | null;
}) {
  return (
    <li className={`space-y-1 px-2 py-2 sm:space-y-0 ${columns}`}>
      <div className="font-medium">
        {subject ? <TextLink href={cardHref(subject)}>{name}</TextLink> : name}
        {title !== null && <span className="block text-xs font-normal text-muted">{title}</span>}
      </div>
      <Labelled label="Part in buying">
        {roles.length > 0 ? rolesInWords(roles) : <span className="text-muted">not known</span>}
      </Labelled>
      <Labelled label="Who of us knows them">
        {knownBy.length === 0 ? (
          <span className="text-muted">nobody</span>
        ) : (
          <Disclosure summary={knownByInWords(knownBy, nameOf)}>
            <RelationLines
              relations={knownBy.flatMap(tie => tie.relations)}
              nameOf={nameOf}
              crmPages={crmPages}
            />
          </Disclosure>
        )}
      </Labelled>
      <Labelled label="Last touch">
        {lastAt === null ? (
          <span className="text-muted">none known</span>
        ) : (
          <Time at={lastAt} as="relative" />
        )}
      </Labelled>
    </li>
  );
}

/** A value under the head of its column, which narrow windows and screen readers have beside it instead. */
const Labelled = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="min-w-0">
    <span className="text-xs text-muted sm:sr-only">{label}: </span>
    {children}
  </div>
);

const byStrength = (a: Tie, b: Tie): number => (b.strength ?? -1) - (a.strength ?? -1);

/** `Ada Lind (strong), Ben Ito (weak)` */
const knownByInWords = (knownBy: readonly Tie[], nameOf: NameOf): string =>
  knownBy
    .map(({ from, strength }) =>
      strength === null ? nameOf(from) : `${nameOf(from)} (${strengthWord(strength)})`,
    )
    .join(', ');
