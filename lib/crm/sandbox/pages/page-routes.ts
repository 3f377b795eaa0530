import { readFileSync } from 'node:fs';
import { Hono, type Context } from 'hono';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { Refusal } from '#lib/crm/sandbox/records/refusal.ts';
import { updateRecord } from '#lib/crm/sandbox/records/update-record.ts';
import type { Source } from '#lib/crm/sandbox/store/history.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { listOwners } from '#lib/crm/sandbox/store/owners.ts';
import { loadRecord, type StoredRecord } from '#lib/crm/sandbox/store/records.ts';
import { problemPage } from './layout.ts';
import { recordPath } from './list-queries.ts';
import { companyList, contactList, dealList, type ListQuery } from './lists.ts';
import { logReply } from './log-reply.ts';
import { readPageNumber } from './paging.ts';
import { recordPage } from './record-page.ts';
import { taskList } from './task-list.ts';

const ASSETS = { 'page.css': 'text/css', 'page.js': 'text/javascript', 'icon.svg': 'image/svg+xml' } as const;

const OBJECTS = ['contacts', 'companies', 'deals'] as const;

function readListQuery(c: Context): ListQuery {
  return {
    query: (c.req.query('q') ?? '').trim().slice(0, 200),
    page: readPageNumber(c.req.query('page')),
    stage: c.req.query('stage') ?? '',
  };
}

async function readForm(c: Context): Promise<Record<string, string>> {
  const form = await c.req.parseBody();
  return Object.fromEntries(
    Object.entries(form).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

/** Changes on the pages are a person's: the account's first user. */
function personSource(store: Store): Source {
  const userId = listOwners(store, { limit: 1 })[0]?.userId;
  return { type: 'CRM_UI', ...(userId === undefined ? {} : { userId }) };
}

/** Runs a change and goes `back`; a refusal becomes a page that says why. */
function afterChange(c: Context, back: string, change: () => void): Response | Promise<Response> {
  try {
    change();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const text = error.details.map(({ message }) => message).join(' ') || error.message;
    return c.html(problemPage('That was not saved', text, back), 400);
  }
  return c.redirect(back, 303);
}

/** The pages for people. Forms are taken from these pages only; frames may show the card only. */
export function pageRoutes(store: Store, cardUrl: string): Hono {
  const pages = new Hono();
  const lists = { contacts: contactList, companies: companyList, deals: dealList };
  const cardOrigin = new URL(cardUrl).origin;
  const protect = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameSrc: [cardOrigin],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    crossOriginResourcePolicy: 'same-origin',
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: false,
  });
  for (const path of ['/', ...[...OBJECTS, 'tasks'].flatMap(name => [`/${name}`, `/${name}/*`])]) {
    pages.use(path, protect, csrf());
  }

  const page = (c: Context, show: (record: StoredRecord) => Response | Promise<Response>) => {
    const [, type = '', id = ''] = c.req.path.split('/');
    const object = OBJECTS.find(name => name === type);
    const record = object && loadRecord(store, object, id);
    if (record && record.archivedAt === null) return show(record);
    return c.html(problemPage('No such record', 'It may have been archived.', `/${type}`), 404);
  };

  pages.get('/', c => c.redirect('/contacts'));
  for (const [file, type] of Object.entries(ASSETS)) {
    const content = readFileSync(new URL(file, import.meta.url), 'utf8');
    pages.get(`/assets/${file}`, c =>
      c.body(content, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' }),
    );
  }

  pages.get('/tasks', c =>
    c.html(taskList(store, { ...readListQuery(c), done: c.req.query('show') === 'done' })),
  );
  pages.post('/tasks/:id/status', async c => {
    const { status = '', back = '' } = await readForm(c);
    const safe = /^\/(?![/\\])[\w/?=#-]*$/.test(back) ? back : '/tasks';
    const { id } = c.req.param();
    return afterChange(c, safe, () =>
      updateRecord(store, 'tasks', id, { hs_task_status: status }, personSource(store)),
    );
  });

  for (const object of OBJECTS) {
    pages.get(`/${object}`, c => c.html(lists[object](store, readListQuery(c))));
    pages.get(`/${object}/:id`, c => page(c, record => c.html(recordPage(store, record, cardUrl))));
    pages.post(`/${object}/:id/properties`, async c => {
      const { name = '', value = '' } = await readForm(c);
      return page(c, record =>
        afterChange(c, `${recordPath(record)}#properties`, () =>
          updateRecord(store, object, record.id, { [name]: value.trim() }, personSource(store)),
        ),
      );
    });
  }

  pages.post('/contacts/:id/reply', async c => {
    const { subject = '', text = '' } = await readForm(c);
    return page(c, record => {
      const email = logReply(store, record, { subject, text }, personSource(store));
      return c.redirect(`${recordPath(record)}#emails-${email.id}`, 303);
    });
  });

  return pages;
}
