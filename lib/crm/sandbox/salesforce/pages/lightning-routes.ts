import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { secureHeaders } from 'hono/secure-headers';
import { problemPage } from '#lib/crm/sandbox/pages/layout.ts';
import { ADMIN_ID, type Org } from '../org.ts';
import { toLongId } from '../ids.ts';
import { convertLead } from '../records/convert-lead.ts';
import { updateRecord } from '../records/write-record.ts';
import { SalesforceRefusal } from '../refusal.ts';
import { loadRow } from '../store/rows.ts';
import { listView, viewPage } from './view-page.ts';

const PERSON = { userId: ADMIN_ID, origin: 'com/salesforce/lightning', allowDuplicates: true };

/** Pages for people, at the addresses that Lightning has. Frames may show the card only. */
export function lightningRoutes(org: Org, cardUrl: string): Hono {
  const pages = new Hono();
  const protect = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      frameSrc: [new URL(cardUrl).origin],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    crossOriginResourcePolicy: 'same-origin',
    referrerPolicy: 'same-origin',
    xFrameOptions: 'DENY',
    strictTransportSecurity: false,
  });
  pages.use('/lightning/*', protect, csrf());
  pages.get('/lightning/o/:type/list', c => {
    const object = org.schema.find(c.req.param('type'));
    if (!object)
      return c.html(
        problemPage('No such object', 'The org does not have it.', '/lightning/o/Lead/list'),
        404,
      );
    return c.html(listView(org, object));
  });
  const path = '/lightning/r/:type/:id/view';
  pages.get(path, c => {
    const row = loadRow(org.store, toLongId(c.req.param('id')) ?? '');
    const object = org.schema.find(c.req.param('type'));
    if (!object || row?.type !== object.name || row.deleted) {
      return c.html(
        problemPage('No such record', 'It may have been deleted.', '/lightning/o/Lead/list'),
        404,
      );
    }
    return c.html(viewPage(org, object, row, cardUrl));
  });
  pages.post(path, async c => {
    const form = await c.req.parseBody();
    const { type, id } = c.req.param();
    const back = `/lightning/r/${type}/${id}/view`;
    const object = org.schema.find(type);
    try {
      if (form['action'] === 'convert') convertLead(org, PERSON, toLongId(id) ?? '');
      else if (object) {
        const { name, value } = form;
        const input = typeof name === 'string' && typeof value === 'string' ? { [name]: value } : {};
        updateRecord(org, PERSON, object, toLongId(id) ?? '', input);
      }
    } catch (error) {
      if (!(error instanceof SalesforceRefusal)) throw error;
      return c.html(problemPage('That was not saved', error.message, back), 400);
    }
    return c.redirect(back, 303);
  });
  return pages;
}
