import { writesNote } from '#lib/crm/sandbox/demo/activities.ts';
import { disqualified, qualifies } from '#lib/crm/sandbox/demo/phrases/notes.ts';
import { setLifecycle, setStatus, wait, type Story } from '#lib/crm/sandbox/demo/story.ts';

/** The lead ends without an opportunity; with chance `forgotten` nobody ever says so in the CRM. */
export function closeLead(
  story: Story,
  why: string,
  forgotten = 0.12,
  status: 'UNQUALIFIED' | 'BAD_TIMING' = 'UNQUALIFIED',
): false {
  const { random } = story;
  if (random.chance(forgotten)) return false;
  wait(story, random.int(2, 16));
  if (random.chance(0.65)) writesNote(story, disqualified(story.voice, why));
  setStatus(story, status);
  return false;
}

/** The lead becomes an opportunity, with the reason noted for the team. */
export function qualifyLead(story: Story): true {
  setLifecycle(story, 'marketingqualifiedlead');
  setLifecycle(story, 'salesqualifiedlead');
  wait(story, story.random.pick([1, 3, 6, 11]));
  setStatus(story, 'OPEN_DEAL');
  setLifecycle(story, 'opportunity');
  if (story.random.chance(0.75)) writesNote(story, qualifies(story.voice));
  return true;
}
