import { answer } from '#lib/answer.ts';
import { apply } from '#lib/apply.ts';
import { undo } from '#lib/undo.ts';
import type { Answer } from '#lib/core/answer.ts';
import type { Decision } from '#lib/core/decision.ts';
import type { Scope } from '#lib/core/scope.ts';
import { defaultSettings } from '#lib/core/settings.ts';
import { run } from '#lib/run.ts';
import { changeSettings } from '#lib/settings.ts';
import { scopeOf, type Demo } from './open-demo.ts';

let answers = 0;

/** An answer of a manager to a decision as it stands. */
export function answerTo(
  demo: Demo,
  decision: Decision,
  given: Partial<Answer> & Pick<Answer, 'kind'>,
  by: Scope = scopeOf('manager'),
): Promise<Decision> {
  demo.clock.tick(1000);
  return answer(demo.flow, by, decision.id, {
    answer: { changesHash: decision.changesHash ?? 'none', ...given },
    idempotencyKey: `answer ${++answers}`,
  });
}

/** A bit of everything that goes into the ledger. */
export async function makeMixedHistory(demo: Demo): Promise<void> {
  const { flow, service } = demo;
  const propose = async () => demo.decide(await demo.newLead());
  const approved = await propose();
  await answerTo(demo, approved, { kind: 'question', reason: 'Why today?' });
  await answerTo(demo, approved, { kind: 'approve' });
  await apply(flow, service, approved.id);
  await undo(flow, scopeOf('manager'), approved.id);

  const edited = await propose();
  const changes = edited.suggestion.outcome === 'propose' ? edited.suggestion.changes : [];
  await answerTo(demo, edited, {
    kind: 'edit',
    changes: changes.map(change =>
      change.kind === 'task' ? { ...change, title: 'Call Ada – 15 Uhr €' } : change,
    ),
  });
  await apply(flow, service, edited.id);

  const turnedDown = await propose();
  await answerTo(demo, turnedDown, { kind: 'reject', reason: 'Not now' });
  await demo.decide(turnedDown.subject);
  const open = await propose();
  await demo.decide(open.subject);
  await run(flow, service);
  await demo.tenant(tx =>
    changeSettings(
      tx,
      scopeOf('admin'),
      { ...defaultSettings, writes: { ...defaultSettings.writes, task: true }, touchesPerWeek: 2 },
      demo.clock.now(),
    ),
  );
}
