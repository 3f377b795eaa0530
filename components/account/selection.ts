import type { MapNode } from '#lib/views/account-graph-types.ts';
import { formatMoney } from '#components/ui/number-format.ts';
import { roleWord } from './groups.ts';
import { relationWord, strengthWord } from './relation-words.ts';
import type { Tie } from './ties.ts';

/** What of the map is looked at: a node by its key, or a tie by its id. */
export interface Selection {
  kind: 'node' | 'tie';
  id: string;
}

/** What stands near enough to a selection to stay bright: nodes and ties by their ids; null: nothing is selected. */
export function nearTo(selection: Selection | null, ties: readonly Tie[]): Set<string> | null {
  if (selection === null) return null;
  const near = ties.filter(({ id, from, to }) =>
    selection.kind === 'tie' ? id === selection.id : from === selection.id || to === selection.id,
  );
  return new Set([selection.id, ...near.flatMap(({ id, from, to }) => [id, from, to])]);
}

/** A tie in a sentence, for those who hear it: "Ada Lind knows Ben Ito, strong: 4 e-mails". */
export function sayTie({ relations: [first], strength }: Tie, nameOf: (key: string) => string): string {
  if (!first) return '';
  const sentence = `${nameOf(first.from)} ${relationWord[first.kind]} ${nameOf(first.to)}`;
  return `${sentence}${strength === null ? '' : `, ${strengthWord(strength)}`}: ${first.why}`;
}

/** A node's second line: what a person's part or job is, at which stage a deal stands. */
export const nodeLine = ({ title, money, roles: [surest] }: MapNode): string =>
  [
    ...(surest ? [roleWord[surest.role]] : []),
    ...(title ? [title] : []),
    ...(money ? [formatMoney(money.amount, money.currency)] : []),
  ].join(' · ');
