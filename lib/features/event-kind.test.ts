import { expect, test } from 'vitest';
import { kindOf } from './event-kind.ts';

test.each([
  ['page_viewed', 'page'],
  ['Viewed Page', 'page'],
  ['form_submitted', 'form'],
  ['form_viewed', 'look'],
  ['demo_requested', 'form'],
  ['email_opened', 'open'],
  ['email_clicked', 'click'],
  ['ad_clicked', 'click'],
  ['ad_viewed', 'look'],
  ['email_sent', 'none'],
  ['email_bounced', 'none'],
  ['email_unsubscribed', 'none'],
  ['webinar_attended', 'act'],
  ['constructor', 'act'],
])('%s is %s', (type, kind) => expect(kindOf(type)).toBe(kind));
