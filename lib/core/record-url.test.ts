import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordHref, recordPath, recordUrl, type CrmPages } from './record-url.ts';

const sandbox: CrmPages = { crm: 'hubspot', origin: 'http://crm.test/', account: null };
const hubspot: CrmPages = { crm: 'hubspot', origin: 'https://app.hubspot.com', account: '4711' };
const salesforce: CrmPages = { crm: 'salesforce', origin: 'https://acme.my.salesforce.com', account: '00D' };
const csv: CrmPages = { crm: 'csv', origin: 'https://nowhere.test', account: null };

const lead = '00Q5g00000AbCdEEAV';
const task = '00T5g00000AbCdEEAV';

describe('the address of a place in the CRM', () => {
  it.each([
    [sandbox, '/contacts/7#emails-91', 'http://crm.test/contacts/7#emails-91'],
    [hubspot, '/contacts/7', 'https://app.hubspot.com/contacts/4711/record/0-1/7'],
    [hubspot, '/deals/9#tasks-91', 'https://app.hubspot.com/contacts/4711/record/0-3/9?engagement=91'],
    [hubspot, '/emails/91', null],
    [salesforce, `/leads/${lead}`, `https://acme.my.salesforce.com/lightning/r/Lead/${lead}/view`],
    [
      salesforce,
      `/leads/${lead}#tasks-${task}`,
      `https://acme.my.salesforce.com/lightning/r/Task/${task}/view`,
    ],
    [salesforce, `/emails/${task}`, `https://acme.my.salesforce.com/lightning/r/Task/${task}/view`],
    [salesforce, '/memberships/00v5g00000AbCdEEAV', null],
    [salesforce, 'no path', null],
    [csv, '/contacts/7', null],
    [null, '/contacts/7', null],
    [null, 'https://mail.test/thread', 'https://mail.test/thread'],
    [{ ...sandbox, origin: 'javascript:alert(1)//' }, '/x', null],
  ])('on %j, %s is %s', (pages, path, url) => {
    expect(recordHref(pages, path)).toBe(url);
  });

  it('never leaves the host of the CRM, whatever an id is', () => {
    const odd = fc.oneof(
      fc.string(),
      fc.string().map(text => `00Q${text}`),
      fc.constantFrom(
        '@evil.test/x',
        '//evil.test',
        '\\evil.test',
        '.evil.test',
        'javascript:alert(1)',
        '../..',
      ),
    );
    fc.assert(
      fc.property(fc.constantFrom(sandbox, hubspot, salesforce), odd, odd, (pages, id, activity) => {
        for (const href of [
          recordUrl(pages, { object: 'contacts', id }),
          recordHref(pages, recordPath({ object: 'leads', id }, { object: 'tasks', id: activity })),
        ])
          if (href !== null) expect(new URL(href).host).toBe(new URL(pages.origin).host);
      }),
    );
    for (const path of ['@evil.test/x', '//evil.test', '\\evil.test', '.evil.test', 'javascript:alert(1)'])
      expect(new URL(recordHref(sandbox, path) ?? '').host).toBe('crm.test');
  });

  it('keeps ids from being read as more than an id', () => {
    const subject = { object: 'contacts', id: '../a?b#c' } as const;
    expect(recordUrl(sandbox, subject)).toBe('http://crm.test/contacts/..%2Fa%3Fb%23c');
    expect(recordUrl(hubspot, subject)).toBe(
      'https://app.hubspot.com/contacts/4711/record/0-1/..%2Fa%3Fb%23c',
    );
  });
});
