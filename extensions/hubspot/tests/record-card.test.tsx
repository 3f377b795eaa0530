import React from 'react';
import {
  Alert,
  Button,
  EmptyState,
  ErrorState,
  Heading,
  LoadingButton,
  LoadingSpinner,
  StatusTag,
  Text,
  TextArea,
  hubspot,
} from '@hubspot/ui-extensions';
import { createRenderer } from '@hubspot/ui-extensions/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Place } from '../src/app/cards/ask-sidecard.ts';
import { RecordCard } from '../src/app/cards/record-card.tsx';
import { suggestionIn, viewWith } from './view.ts';

const place: Place = { base: 'https://sidecard.example', record: { object: 'contacts', id: '7' } };
type Sent = { url: string; body: Record<string, unknown> };

let sent: Sent[];
let answers: (() => Promise<Response>)[];
const says =
  (body: unknown, status = 200) =>
  () =>
    Promise.resolve(Response.json(body, { status }));
const isSilent = () => Promise.reject(new Error('timed out'));

beforeEach(() => {
  sent = [];
  answers = [];
  vi.spyOn(hubspot, 'fetch').mockImplementation((url, options) => {
    sent.push({ url: String(url), body: options?.body ?? {} });
    const next = answers.length > 1 ? answers.shift() : answers[0];
    return next ? next() : new Promise(() => undefined);
  });
});
afterEach(() => void vi.restoreAllMocks());

function show(...replies: (() => Promise<Response>)[]) {
  answers = replies;
  const page = createRenderer('crm.record.sidebar');
  const onOpen = vi.fn();
  const onChanged = vi.fn();
  page.render(<RecordCard place={place} onOpen={onOpen} onChanged={onChanged} />);
  const button = (label: string) =>
    page.maybeFind(LoadingButton, node => node.text === label) ??
    page.maybeFind(Button, node => node.text === label);
  const press = (label: string) => {
    const found = button(label);
    if (!found) throw new Error(`no button ${label}`);
    found.trigger('onClick');
  };
  const text = () => page.getRootNode().toString();
  const until = (words: string) => page.waitFor(() => expect(text()).toContain(words));
  return { ...page, button, press, text, until, onOpen, onChanged };
}

describe('the card', () => {
  it('says that it is reading, then what it read, in words', async () => {
    const page = show(says(viewWith()));
    expect(page.find(LoadingSpinner).props.label).toBe('Reading from Sidecard');
    await page.until('Score 82 of 100');
    expect(sent[0]).toEqual({
      url: 'https://sidecard.example/api/hubspot/card/subject',
      body: { object: 'contacts', id: '7' },
    });
    expect(page.findAll(StatusTag).map(tag => tag.text)).toEqual(['Hot', 'Waits for you']);
    expect(page.text()).toContain('80 % interval 74 to 88');
    expect(page.findAll(Text).map(node => node.text)).toEqual(
      expect.arrayContaining([
        '+21 points: Asked for a price',
        '+9 points: Decides this month',
        '−5 points: No call yet',
      ]),
    );
    expect(page.text()).not.toContain('Fleet manager');
    expect(page.text()).toContain('How much would it be for 40 vans?');
    expect(page.findAll(Heading).map(node => node.text)).toContain('Answer Ada about 40 vans');
    expect(page.text()).toContain('Written without a language model.');
  });

  it('approves exactly what it shows', async () => {
    const done = viewWith({
      suggestion: suggestionIn({ status: 'applied', can: { answer: false, why: '' } }),
    });
    const page = show(says(viewWith()), says(done));
    await page.until('Waits for you');
    page.press('Approve');
    await page.until('Written to HubSpot');
    expect(sent[1]?.url).toBe('https://sidecard.example/api/hubspot/card/answer');
    expect(sent[1]?.body).toMatchObject({
      decisionId: 'dec_1',
      object: 'contacts',
      id: '7',
      answer: { kind: 'approve', changesHash: 'hash-1' },
    });
    await vi.waitFor(() => expect(page.onChanged).toHaveBeenCalledOnce());
    expect(page.button('Approve')).toBeNull();
  });

  it('sends an answer of which nobody knows whether it arrived again as the same', async () => {
    const page = show(says(viewWith()), isSilent, says(viewWith()));
    await page.until('Waits for you');
    page.press('Approve');
    await page.until('Nothing was lost');
    page.press('Approve');
    await vi.waitFor(() => expect(sent).toHaveLength(3));
    expect(sent[2]?.body['idempotencyKey']).toBe(sent[1]?.body['idempotencyKey']);
    await page.waitFor(() => expect(page.maybeFind(Alert)).toBeNull());
    page.press('Approve');
    await vi.waitFor(() => expect(sent).toHaveLength(4));
    expect(sent[3]?.body['idempotencyKey']).not.toBe(sent[1]?.body['idempotencyKey']);
  });

  it('rejects with a reason, and not without', async () => {
    const page = show(
      says(viewWith()),
      says(viewWith({ suggestion: suggestionIn({ status: 'rejected', can: { answer: false, why: '' } }) })),
    );
    await page.until('Waits for you');
    page.press('Reject');
    await page.until('Why not?');
    expect(page.find(LoadingButton, node => node.text === 'Reject').props.disabled).toBe(true);
    page.find(TextArea).props.onInput?.('She is away');
    await page.waitFor(() =>
      expect(page.find(LoadingButton, node => node.text === 'Reject').props.disabled).toBe(false),
    );
    page.press('Reject');
    await page.until('Rejected');
    expect(sent[1]?.body['answer']).toEqual({ kind: 'reject', changesHash: 'hash-1', reason: 'She is away' });
  });

  it('shows HubSpot’s own words when HubSpot refused, and lets the person try again', async () => {
    const parked = suggestionIn({ status: 'parked', statusReason: 'Region is required.' });
    const page = show(says(viewWith({ suggestion: parked })));
    await page.until('Region is required.');
    expect(page.find(Alert).props.title).toBe('HubSpot did not take it');
    expect(page.button('Approve again')).not.toBeNull();
  });

  it('says what changed meanwhile instead of answering something else', async () => {
    const page = show(
      says(viewWith()),
      says({ detail: 'The suggestion has changed since you saw it.' }, 409),
    );
    await page.until('Waits for you');
    page.press('Approve');
    await page.until('The suggestion has changed since you saw it.');
  });

  it('opens the full card where Sidecard says, and reads again when it is closed', async () => {
    const url = 'https://sidecard.example/launch#launch=lau.a.b';
    const page = show(says(viewWith()), says({ url }), says(viewWith({ score: null })));
    await page.until('Waits for you');
    page.press('Open full card');
    await vi.waitFor(() => expect(page.onOpen).toHaveBeenCalledWith(url, expect.any(Function)));
    (page.onOpen.mock.calls[0]?.[1] as () => void)();
    await page.until('no score yet');
  });

  it.each([
    ['offline', isSilent, 'Sidecard cannot be reached'],
    ['down', says({ detail: 'Down.' }, 503), 'Sidecard cannot be reached'],
    [
      'forbidden',
      says({ detail: 'This record belongs to another rep.' }, 403),
      'Sidecard cannot show this record',
    ],
    [
      'without words',
      () => Promise.resolve(new Response('<html>', { status: 502 })),
      'Sidecard cannot be reached',
    ],
  ])('says why there is nothing when it is %s, and tries again', async (_, reply, title) => {
    const page = show(reply, says(viewWith()));
    await page.waitFor(() => expect(page.find(ErrorState).props.title).toBe(title));
    page.press('Try again');
    await page.until('Score 82 of 100');
  });

  it('says that a record is not known yet', async () => {
    const page = show(says({ detail: 'Nothing is known of this record.' }, 404));
    await page.until('Nothing is known of this record.');
    expect(page.maybeFind(EmptyState)).not.toBeNull();
  });

  it('says why nothing is suggested, and why a person may not answer', async () => {
    const page = show(
      says(
        viewWith({
          suggestion: suggestionIn({
            kind: 'abstain',
            status: 'abstained',
            reason: 'Ada has just been called.',
            draft: null,
            sendAt: null,
            why: [],
            changes: [],
            can: { answer: false, why: 'This record belongs to another rep.' },
          }),
          states: [{ name: 'crm', level: 'problem', text: 'The CRM cannot be reached.' }],
        }),
      ),
    );
    await page.until('Ada has just been called.');
    expect(page.text()).toContain('This record belongs to another rep.');
    expect(page.text()).toContain('The CRM cannot be reached.');
    expect(page.button('Approve')).toBeNull();
  });
});
