import { calls, meets, setsTask, slotWords, writesNote } from '#lib/crm/sandbox/demo/activities.ts';
import { DAY, dateWords, HOUR, inOfficeHours, meetingSlot } from '#lib/crm/sandbox/demo/calendar.ts';
import { arrives, contactWrites, repWrites, startThread, type Thread } from '#lib/crm/sandbox/demo/mail.ts';
import * as answers from '#lib/crm/sandbox/demo/phrases/answers.ts';
import { outOfOffice, shortDate } from '#lib/crm/sandbox/demo/phrases/automatic.ts';
import { minutes } from '#lib/crm/sandbox/demo/phrases/meetings.ts';
import { givesOrders, isMarkup } from '#lib/crm/sandbox/demo/phrases/oddities.ts';
import { firstTouch, nudge, subject } from '#lib/crm/sandbox/demo/phrases/outreach.ts';
import * as replies from '#lib/crm/sandbox/demo/phrases/replies.ts';
import { involveColleague, setLifecycle, setStatus, type Story } from '#lib/crm/sandbox/demo/story.ts';
import { arrive } from './lead.ts';

/** Where an open lead stands today, and how many days ago its form came in (a range). */
export type Scene = {
  name: string;
  count: number;
  age: [number, number];
  tell: (story: Story, index: number) => void;
};

/** Moves to about `daysAgo` before now: in office hours where that does not lead past now. */
function reach(story: Story, daysAgo: number): void {
  const { book, random, person } = story;
  const wished = book.now - (daysAgo + random.next() * Math.min(0.3, daysAgo / 2)) * DAY;
  const polite = inOfficeHours(wished, person.rep.zone, random);
  story.t = Math.max(story.t + 4 * HOUR * Math.min(1, daysAgo), polite < book.now - HOUR ? polite : wished);
}

function opened(story: Story, daysAgo: number, withNudge = false): Thread {
  reach(story, daysAgo);
  setStatus(story, 'OPEN');
  const thread = startThread(story, subject(story.voice));
  repWrites(story, thread, firstTouch(story.voice));
  if (withNudge) {
    reach(story, daysAgo - 4);
    repWrites(story, thread, nudge(story.voice));
  }
  return thread;
}

function talked(story: Story, daysAgo: number): Thread {
  const { voice, person, random } = story;
  const thread = opened(story, daysAgo);
  reach(story, daysAgo - 2);
  setStatus(story, 'IN_PROGRESS');
  contactWrites(story, thread, replies.interested(voice));
  reach(story, daysAgo - 3);
  setStatus(story, 'CONNECTED');
  setLifecycle(story, 'marketingqualifiedlead');
  const start = meetingSlot(story.t, 5, person.company.place.zone, random);
  repWrites(story, thread, answers.proposesSlot(voice, slotWords(story, start)));
  reach(story, daysAgo - 4);
  contactWrites(story, thread, replies.accepts(voice, slotWords(story, start)));
  involveColleague(story);
  meets(story, start, 'COMPLETED');
  setLifecycle(story, 'salesqualifiedlead');
  writesNote(story, minutes(voice, true));
  repWrites(story, thread, answers.recaps(voice));
  return thread;
}

/** Twelve e-mails that nobody has answered yet, one after another from this list. */
const WAITING: ((story: Story) => string[])[] = [
  ({ voice }) => replies.interested(voice),
  ({ voice }) => replies.asksQuestion(voice),
  ({ voice }) => replies.asksPrice(voice),
  ({ voice }) => replies.objects(voice, 'security'),
  ({ voice }) => replies.refers(voice),
  ({ voice }) => replies.objects(voice, 'capacity'),
  ({ voice }) => replies.asksQuestion(voice),
  ({ voice }) => replies.complains(voice),
  ({ voice }) => replies.interested(voice),
  ({ voice }) => replies.asksPrice(voice),
];

function waitsForAnswer(story: Story, index: number): void {
  const thread = opened(story, story.random.int(7, 11), index % 3 === 0);
  reach(story, 0.15 + (index % 5) * 0.8 + story.random.next() * 0.3);
  setStatus(story, 'IN_PROGRESS');
  if (index === 10) return arrives(story, thread, givesOrders(story.voice.s), 'Re');
  if (index === 11) return arrives(story, thread, isMarkup(story.voice.s), 'Re');
  contactWrites(story, thread, WAITING[index % WAITING.length]!(story));
}

function bookMeetingAhead(story: Story): void {
  const { voice, random, person, book } = story;
  const thread = opened(story, random.int(6, 10));
  reach(story, 4);
  setStatus(story, 'CONNECTED');
  setLifecycle(story, 'marketingqualifiedlead');
  contactWrites(story, thread, replies.interested(voice));
  reach(story, 3);
  const start = meetingSlot(book.now, random.int(1, 8), person.company.place.zone, random);
  repWrites(story, thread, answers.proposesSlot(voice, slotWords(story, start)));
  reach(story, 1 + random.next());
  contactWrites(story, thread, replies.accepts(voice, slotWords(story, start)));
  involveColleague(story);
  if (random.chance(0.7))
    setsTask(story, {
      subject: `Prepare demo for ${voice.s.company}: ${voice.s.question.topic}`,
      type: 'TODO',
      due: start - 20 * HOUR,
      priority: 'HIGH',
    });
  meets(story, start, 'COMPLETED');
}

export const SCENES: Scene[] = [
  { name: 'waits for an answer', count: 12, age: [12, 18], tell: waitsForAnswer },
  {
    name: 'silent after a meeting',
    count: 7,
    age: [25, 31],
    tell: story => {
      const thread = talked(story, story.random.int(18, 24));
      reach(story, 6 + story.random.next() * 2);
      repWrites(story, thread, answers.asksAfterSilence(story.voice));
      setsTask(story, {
        subject: `Call ${story.person.first}: silent since the meeting`,
        type: 'CALL',
        due: story.t + story.random.int(2, 4) * DAY,
        priority: 'HIGH',
      });
    },
  },
  {
    name: 'asked for prices yesterday',
    count: 4,
    age: [19, 25],
    tell: story => {
      const thread = talked(story, story.random.int(13, 18));
      reach(story, 0.8 + story.random.next() * 0.5);
      contactWrites(story, thread, replies.asksPrice(story.voice));
    },
  },
  { name: 'meeting ahead', count: 6, age: [11, 16], tell: bookMeetingAhead },
  {
    name: 'missed the meeting',
    count: 3,
    age: [12, 17],
    tell: story => {
      const { voice, random, person, book } = story;
      const thread = opened(story, random.int(8, 11));
      reach(story, 6);
      setStatus(story, 'CONNECTED');
      contactWrites(story, thread, replies.interested(voice));
      reach(story, 5.7);
      const start = meetingSlot(Math.max(book.now - 5 * DAY, story.t), 1, person.company.place.zone, random);
      repWrites(story, thread, answers.proposesSlot(voice, slotWords(story, start)));
      meets(story, start, 'NO_SHOW');
      setsTask(story, {
        subject: `New date for ${voice.s.company}`,
        type: 'EMAIL',
        due: book.now + random.int(-1, 2) * DAY,
      });
    },
  },
  { name: 'came in now', count: 5, age: [0.1, 1.6], tell: () => undefined },
  {
    name: 'away',
    count: 3,
    age: [5, 8],
    tell: story => {
      const { person, voice, book, random } = story;
      const thread = opened(story, 2 + random.next() * 2);
      const away = outOfOffice(
        person.company.place.language,
        voice.s,
        shortDate(person.company.place.language, book.now + random.int(3, 12) * DAY),
        person.email,
      );
      arrives(story, thread, away.text, away.subject);
    },
  },
  {
    name: 'champion leaves',
    count: 2,
    age: [20, 26],
    tell: story => {
      const thread = talked(story, 19);
      reach(story, 2.2);
      contactWrites(
        story,
        thread,
        replies.championLeaves(
          story.voice,
          dateWords(story.book.now + 16 * DAY, story.person.company.place.zone),
        ),
      );
    },
  },
  {
    name: 'answered yesterday',
    count: 3,
    age: [10, 15],
    tell: story => {
      const thread = opened(story, 9, true);
      reach(story, 3);
      setStatus(story, 'IN_PROGRESS');
      contactWrites(story, thread, replies.asksQuestion(story.voice));
      reach(story, 1.1);
      repWrites(story, thread, answers.answersQuestion(story.voice));
      if (story.person.fixed['phone']) calls(story, 'Left voicemail');
    },
  },
];

export function tellScene(story: Story, scene: Scene, index: number): void {
  arrive(story, 0.6);
  scene.tell(story, index);
}
