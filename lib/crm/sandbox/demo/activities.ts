import { clock, dateWords, HOUR, iso, MINUTE } from './calendar.ts';
import { callNotes, callTitle, type CallMood, type CallOutcome } from './phrases/calls.ts';
import { agenda, meetingTitle } from './phrases/meetings.ts';
import type { Story } from './story.ts';
import { links, tick } from './story.ts';
import { set, settle, type Track } from './track.ts';

export function calls(
  story: Story,
  outcome: CallOutcome,
  mood: CallMood = 'lukewarm',
  direction: 'OUTBOUND' | 'INBOUND' = 'OUTBOUND',
): void {
  const { person, random, voice } = story;
  const at = tick(story);
  const spoken =
    outcome === 'Connected' ? random.int(3, mood === 'keen' ? 24 : 9) * MINUTE : random.int(12, 70) * 1000;
  story.book.add({
    type: 'calls',
    at,
    associations: links(story),
    properties: {
      hs_call_title: callTitle(voice, false),
      hs_call_body: callNotes(voice, outcome, mood),
      hs_call_direction: direction,
      hs_call_disposition: outcome,
      hs_call_duration: String(spoken),
      hs_call_status: outcome === 'Connected' ? 'COMPLETED' : outcome === 'Busy' ? 'BUSY' : 'NO_ANSWER',
      hs_timestamp: iso(at),
      hubspot_owner_id: person.rep.id,
    },
  });
  story.t += spoken;
}

export function writesNote(story: Story, body: string): void {
  const at = tick(story);
  const properties = { hs_note_body: body, hs_timestamp: iso(at), hubspot_owner_id: story.person.rep.id };
  story.book.add({ type: 'notes', at, associations: links(story), properties });
}

/** Books a meeting at `start` and moves the story to when its outcome is known; before that it is SCHEDULED. */
export function meets(story: Story, start: number, outcome: 'COMPLETED' | 'NO_SHOW' | 'CANCELED'): void {
  const { person, voice, random } = story;
  const booked = tick(story);
  const end = start + random.pick([30, 30, 45, 60]) * MINUTE;
  const known =
    outcome === 'CANCELED' ? Math.max(booked + HOUR, start - random.int(2, 20) * HOUR) : end + 5 * MINUTE;
  const track: Track = new Map();
  set(track, 'hs_meeting_outcome', 'SCHEDULED', booked);
  set(track, 'hs_meeting_outcome', outcome, known);
  const { properties, history } = settle(track, story.book.now);
  story.book.add({
    type: 'meetings',
    at: booked,
    associations: links(story),
    history,
    properties: {
      ...properties,
      hs_meeting_title: meetingTitle(voice),
      hs_meeting_body: agenda(voice),
      hs_meeting_start_time: iso(start),
      hs_meeting_end_time: iso(end),
      hs_timestamp: iso(start),
      hubspot_owner_id: person.rep.id,
    },
  });
  story.t = known;
}

type Task = {
  subject: string;
  body?: string;
  type: 'EMAIL' | 'CALL' | 'TODO';
  due: number;
  doneAt?: number;
  priority?: 'LOW' | 'MEDIUM' | 'HIGH';
};

/** A task that the rep sets now; `doneAt` in the future leaves it open. */
export function setsTask(story: Story, task: Task): void {
  const created = tick(story);
  const track: Track = new Map();
  set(track, 'hs_task_status', 'NOT_STARTED', created);
  if (task.doneAt !== undefined)
    set(track, 'hs_task_status', 'COMPLETED', Math.max(task.doneAt, created + MINUTE));
  const { properties, history } = settle(track, story.book.now);
  story.book.add({
    type: 'tasks',
    at: created,
    associations: links(story),
    history,
    properties: {
      ...properties,
      hs_task_subject: task.subject,
      hs_task_body: task.body ?? '',
      hs_task_type: task.type,
      hs_task_priority: task.priority ?? 'MEDIUM',
      hs_timestamp: iso(task.due),
      hubspot_owner_id: story.person.rep.id,
    },
  });
}

/** "Thursday 14 May at 10:30", on the contact's clock. */
export function slotWords(story: Story, start: number): string {
  const { zone } = story.person.company.place;
  return `${dateWords(start, zone)} at ${clock(start, zone)}`;
}
