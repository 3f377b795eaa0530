import type { Change, Proposal, TaskChange } from '#lib/core/proposal.ts';
import type { Claim } from '#lib/core/evidence.ts';
import { keepSentences, saysSomething } from './sentences.ts';
import type { Finding } from './types.ts';

type Test = (sentence: string) => boolean;

type Repair = {
  proposal: Proposal;
  /** What a message of the guardrail calls it, e.g. "not found in the record". */
  fault: string;
  /** For words that go to the person, and for talking points. */
  holds: Test;
  /** For what rules wrote for the rep; default: as `holds`. */
  holdsForRep?: Test;
  /** For reasons, which rules and a model may both have written; default: as `holdsForRep`. */
  holdsForWhy?: Test;
};

/** Rules write the reasons of a call; its talking points follow after the first empty line. */
function parts(task: TaskChange): { reasons: string; points: string } {
  const gap = task.draft ? -1 : task.body.indexOf('\n\n');
  return gap < 0
    ? { reasons: task.body, points: '' }
    : { reasons: task.body.slice(0, gap), points: task.body.slice(gap + 2) };
}

/** Applies a sentence test to everything that a model may have worded, and says what is left. */
export function repair({ proposal, fault, holds, ...tests }: Repair): Finding {
  const { holdsForRep = holds } = tests;
  const { holdsForWhy = holdsForRep } = tests;
  let removed = 0;
  let blocked: string | null = null;
  const trim = (text: string, test: Test, isEnough: (left: string) => boolean, what: string): string => {
    const kept = keepSentences(text, test);
    removed += kept.removed.length;
    if (kept.removed.length > 0 && !isEnough(kept.text)) blocked ??= `${what} is ${fault}.`;
    return kept.text;
  };
  const some = (left: string) => left.trim() !== '';
  const any = () => true;
  const trimTask = (task: TaskChange): TaskChange => {
    if (!holdsForRep(task.title)) blocked ??= `The title of the task is ${fault}.`;
    const { reasons, points } = parts(task);
    const body = [
      trim(reasons, holdsForRep, any, ''),
      ...(points
        ? [trim(points, holds, saysSomething, 'Too little is left of the talking points: the rest')]
        : []),
    ].join('\n\n');
    const draft = task.draft && {
      subject: trim(task.draft.subject, holds, some, 'The subject of the draft'),
      body: trim(task.draft.body, holds, saysSomething, 'Too little is left of the draft: the rest'),
    };
    return { ...task, body, draft };
  };
  const trimChange = (change: Change): Change => {
    if (change.kind === 'task') return trimTask(change);
    return change.kind === 'note'
      ? {
          ...change,
          body: trim(change.body, holds, saysSomething, 'Too little is left of the note: the rest'),
        }
      : change;
  };
  const trimClaims = (claims: Claim[], test: Test) => {
    const kept = claims.filter(claim => test(claim.text));
    removed += claims.length - kept.length;
    return kept;
  };
  const repaired: Proposal = {
    ...proposal,
    changes: proposal.changes.map(trimChange),
    claims: trimClaims(proposal.claims, holds),
    why: trimClaims(proposal.why, holdsForWhy),
  };
  if (repaired.why.length === 0) blocked ??= `Every reason given for it is ${fault}.`;
  if (blocked !== null) return { outcome: 'blocked', detail: blocked };
  if (removed === 0) return { outcome: 'pass' };
  const detail = `${removed} ${removed === 1 ? 'sentence' : 'sentences'} removed: ${fault}.`;
  return { outcome: 'repaired', proposal: repaired, detail };
}
