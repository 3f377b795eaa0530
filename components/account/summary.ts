import type { AccountGraphView } from '#lib/views/account-graph-types.ts';
import { countOf } from '#components/ui/number-format.ts';
import { roleWord } from './groups.ts';
import type { Tie } from './ties.ts';

/** In place of people where there are none to be shown. */
export const noPeople = ({ hidden }: Pick<AccountGraphView, 'hidden'>): string =>
  hidden.people > 0
    ? 'Everybody who is known here belongs to others.'
    : 'Nobody of this account is known yet.';

/** The map in a sentence or three, for those who have half a minute. */
export function summarise({ nodes, missing, hidden }: AccountGraphView, ties: readonly Tie[]): string {
  const users = new Set(nodes.filter(node => node.kind === 'user').map(node => node.key));
  const people = nodes.filter(node => node.kind === 'person');
  if (people.length === 0) return noPeople({ hidden });
  const met = ties.filter(({ from, lastAt }) => users.has(from) && lastAt !== null);
  const known = new Set(met.map(tie => tie.to)).size;
  const knowing = new Set(met.map(tie => tie.from)).size;
  const who =
    known === 0
      ? `Nobody of us is in touch with ${people.length === 1 ? 'the one person' : `any of the ${people.length} people`} here.`
      : `${known} of ${countOf(people.length, 'person', 'people')} here ${known === 1 ? 'is' : 'are'} in touch with ${
          knowing === 1 ? 'one of us' : `${knowing} of us`
        }.`;
  const words = missing.map(role => roleWord[role].toLowerCase());
  return words.length === 0 ? who : `${who} No ${inList(words)} is known.`;
}

const inList = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
