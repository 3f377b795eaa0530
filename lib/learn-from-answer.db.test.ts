import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Subject } from '#lib/core/subject.ts';
import { answerTo } from '#lib/platform/testing/demo/mixed-history.ts';
import { openDemo, scopeOf, type Demo } from '#lib/platform/testing/demo/open-demo.ts';
import { forgetMemory } from './teach.ts';
import { learnedFrom } from './views/memory.ts';

let demo: Demo;
beforeAll(async () => {
  demo = await openDemo();
});
afterAll(() => demo.close());

const manager = scopeOf('manager');

/** Decides, signs the draft in another way, and gives what that suggested to remember. */
async function signAs(lead: Subject, signOff: string) {
  const decision = await demo.decide(lead);
  const { suggestion } = decision;
  const task = suggestion.outcome === 'propose' ? suggestion.changes[0] : undefined;
  if (task?.kind !== 'task' || !task.draft) throw new Error('a follow-up drafts an e-mail');
  const body = task.draft.body.replace(/Best regards[\s\S]*$/, signOff);
  await answerTo(demo, decision, {
    kind: 'edit',
    changes: [{ ...task, draft: { subject: task.draft.subject, body } }],
  });
  return demo.tenant(tx => learnedFrom(tx, manager, decision.id, demo.clock.now()));
}

it('what somebody turned down does not come back with the same edit; another one is asked', async () => {
  const [first, ...others] = await signAs(await demo.newLead(), 'Cheers,\nTom');
  expect(first).toMatchObject({ text: 'Cheers,\nTom', state: 'suggested' });
  expect(others).toEqual([]);
  await demo.tenant(tx => forgetMemory(tx, manager, first?.id ?? '', demo.clock.now()));
  expect(await signAs(await demo.newLead(), 'Cheers,\nTom')).toEqual([]);
  expect(await signAs(await demo.newLead(), 'Warm regards,\nTom')).toMatchObject([
    { text: 'Warm regards,\nTom' },
  ]);
});
