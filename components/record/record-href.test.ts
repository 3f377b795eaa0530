import { describe, expect, it } from 'vitest';
import { recordHref, subjectHref } from './record-href.ts';

describe('recordHref', () => {
  it('joins base and path with one slash', () => {
    expect(recordHref('http://crm.test/', '/contacts/7#emails-91')).toBe(
      'http://crm.test/contacts/7#emails-91',
    );
  });

  it('never leaves the host of the CRM for what is a path', () => {
    for (const path of ['@evil.test/x', '//evil.test', '\\evil.test', '.evil.test', 'javascript:alert(1)'])
      expect(new URL(recordHref('http://crm.test', path) ?? '').host).toBe('crm.test');
  });

  it('gives no link where the base is not a web address', () => {
    expect(recordHref('javascript:alert(1)//', '/x')).toBeNull();
    expect(recordHref('', '/contacts/7')).toBeNull();
  });

  it('keeps ids from being read as more than an id', () => {
    const subject = { crm: 'csv', object: 'contacts', id: '../a?b#c' } as const;
    expect(subjectHref('http://crm.test', subject)).toBe('http://crm.test/contacts/..%2Fa%3Fb%23c');
  });
});
