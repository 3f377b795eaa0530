import { AppError } from '#lib/core/errors.ts';
import type { Channel } from '#lib/core/fact.ts';
import type { Subject } from '#lib/core/subject.ts';
import type { CrmWriter, Stamp, Written } from '../doors.ts';
import { changeLine } from '../stamp-lines.ts';
import type { CrmSession } from '../session.ts';
import { openSalesforce, type SalesforceRequest } from './api.ts';
import { describing } from './describe.ts';
import { whileLocked } from './locked-rows.ts';
import { changeKey, decisionKey, lastChange, longestLastChange } from './our-fields.ts';
import { optOut } from './opt-out.ts';
import { refusalIn } from './refusal.ts';
import { SaveResults, writeScores } from './scores.ts';
import { select, unlessHidden } from './select.ts';
import { quoted } from './soql.ts';
import { longId } from './subject-of.ts';
import { noteText, taskText } from './task-text.ts';
import { instantOf } from './values.ts';
import { fieldsToRead, fieldsToWrite, sobjectOf, wordsIn } from './write-values.ts';

const subtypes: Partial<Record<Channel, string>> = { email: 'Email', call: 'Call' };
const sleep = (milliseconds: number) => new Promise<void>(resolve => setTimeout(resolve, milliseconds));

/**
 * Writes tasks by upsert on our external id, so that a repeat finds the first. A note is written as a task that is done:
 * Salesforce's notes take no fields of ours, so nothing could keep a repeated note from being a second one; a done task
 * stands in the record's timeline just the same. Field changes are refused by Salesforce when the record changed since
 * it was read here.
 */
export function openSalesforceWriter(session: CrmSession, { wait = sleep } = {}): CrmWriter {
  const salesforce = openSalesforce(session);
  const describe = describing(salesforce);
  const readAt = new Map<string, string>();

  const read = async (subject: Subject, words: readonly string[]): Promise<Written | null> => {
    const sobject = sobjectOf(subject);
    const times = ['SystemModstamp', 'LastModifiedDate'];
    const [row] = await select(salesforce, {
      sobject,
      fields: [...new Set(['Id', ...times, ...fieldsToRead(sobject, words)])],
      where: `Id = ${quoted(subject.id)}`,
      doing: `reading ${subject.object} before writing`,
    });
    if (row === undefined) return null;
    const modified = instantOf(row['LastModifiedDate']);
    if (modified !== null) readAt.set(subject.id, modified);
    return {
      ref: subject,
      version: instantOf(row['SystemModstamp']) ?? modified ?? '',
      values: wordsIn(sobject, row, words, await describe(sobject)),
    };
  };

  const findByChange = async (_: 'tasks' | 'notes', changeId: string): Promise<Written | null> => {
    const [row] = await select(salesforce, {
      sobject: 'Task',
      fields: ['Id'],
      where: `${changeKey} = ${quoted(changeId)}`,
      doing: 'looking for what was written before',
    });
    const id = row?.['Id'];
    return typeof id === 'string' ? read(taskRef(id), ['sidecard_change_id']) : null;
  };

  /** Our key makes a second request find what the first one made. */
  const upsertTask = async (changeId: string, fields: Record<string, unknown>, doing: string) => {
    const record = { attributes: { type: 'Task' }, [changeKey]: changeId, ...fields };
    const request: SalesforceRequest = {
      method: 'PATCH',
      path: `/composite/sobjects/Task/${changeKey}`,
      body: { allOrNone: false, records: [record] },
      doing,
    };
    const id = await whileLocked(async () => {
      const [result] = await salesforce.send(request, SaveResults);
      if (result?.success !== true || !result.id) throw refusalIn(doing, result?.errors ?? []);
      return result.id;
    }, wait).catch(async (error: unknown) => {
      // A task's kind cannot be written twice, and of two at once the second is refused: the first is the answer.
      const mayExist = error instanceof AppError && ['conflict', 'refused'].includes(error.code);
      const earlier = mayExist ? await findByChange('tasks', changeId) : null;
      if (earlier === null) throw error;
      return earlier.ref.id;
    });
    const written = await read(taskRef(longId(id)), [
      'hs_task_subject',
      'hubspot_owner_id',
      'sidecard_change_id',
    ]);
    if (written === null)
      throw new AppError('unavailable', `Salesforce does not show the task ${id} that was just written.`);
    return written;
  };

  return {
    ownerField: 'hubspot_owner_id',
    findByChange,
    read,

    createTask: (change, stamp) =>
      upsertTask(
        change.id,
        {
          ...aboutFields(change.subject),
          ...keyOf(stamp),
          Subject: change.title,
          Description: taskText(change, stamp),
          TaskSubtype: subtypes[change.channel] ?? 'Task',
          ActivityDate: change.dueAt.slice(0, 10),
          IsReminderSet: true,
          ReminderDateTime: change.dueAt,
          ...(change.ownerId === null ? {} : { OwnerId: change.ownerId }),
        },
        'creating a task',
      ),

    createNote: async (change, stamp, at) =>
      upsertTask(
        change.id,
        {
          ...aboutFields(change.subject),
          ...keyOf(stamp),
          Subject: titleOf(change.body),
          Description: noteText(change, stamp),
          Status: await closedStatus(),
          ActivityDate: at.slice(0, 10),
        },
        'creating a note',
      ),

    updateFields: async (subject, values, stamp) => {
      const sobject = sobjectOf(subject);
      const described = await describe(sobject);
      const stampable = described.fields.some(field => field.name === lastChange);
      const body = {
        ...fieldsToWrite(sobject, values, described),
        ...(stampable
          ? { [lastChange]: changeLine(stamp, Object.keys(values)).slice(0, longestLastChange) }
          : {}),
      };
      const since = readAt.get(subject.id);
      await whileLocked(
        () =>
          salesforce.exchange({
            method: 'PATCH',
            path: pathOf(sobject, subject.id),
            body,
            ...(since === undefined ? {} : { headers: { 'if-unmodified-since': httpTime(since) } }),
            doing: `changing ${Object.keys(values).join(', ')}`,
          }),
        wait,
      );
      const written = await read(subject, Object.keys(values));
      if (written === null) throw gone(subject);
      return written;
    },

    writeScores: rows => writeScores(salesforce, rows),

    optOut: email => optOut(salesforce, email),

    archive: async ref => {
      const sobject = sobjectOf(ref);
      const doing = `taking back ${ref.object} ${ref.id}`;
      await whileLocked(
        () => salesforce.exchange({ method: 'DELETE', path: pathOf(sobject, ref.id), doing }),
        wait,
      ).catch((error: unknown) => {
        if (!(error instanceof AppError && error.code === 'not_found')) throw error;
      });
    },
  };

  /** The account's own word for a task that is done. */
  async function closedStatus(): Promise<string> {
    const rows = await unlessHidden(() =>
      select(salesforce, {
        sobject: 'TaskStatus',
        fields: ['ApiName'],
        where: 'IsClosed = true',
        doing: 'reading the states of tasks',
      }),
    );
    const names = (rows ?? []).flatMap(row => (typeof row['ApiName'] === 'string' ? row['ApiName'] : []));
    return names.find(name => name === 'Completed') ?? names[0] ?? 'Completed';
  }
}

const taskRef = (id: string): Subject => ({ crm: 'salesforce', object: 'tasks', id });
const keyOf = ({ decisionId }: Stamp) => ({ [decisionKey]: decisionId });
const pathOf = (sobject: string, id: string): string => `/sobjects/${sobject}/${encodeURIComponent(id)}`;
const titleOf = (body: string): string => `Note: ${body.split('\n')[0]?.slice(0, 200) ?? ''}`;

/** People are whom a task is with; everything else is what it is about. */
const aboutFields = ({ object, id }: Subject) =>
  object === 'contacts' || object === 'leads' ? { WhoId: id } : { WhatId: id };

/** Such a header knows seconds: the next whole one, so that the version which was read is never itself too new. */
const httpTime = (at: string): string => new Date(Math.ceil(Date.parse(at) / 1000) * 1000).toUTCString();

const gone = ({ object, id }: Subject): AppError =>
  new AppError('not_found', `The record ${object} ${id} is no longer in Salesforce.`);
