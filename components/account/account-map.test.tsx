import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { AccountGraphView } from '#lib/views/account-graph-types.ts';
import { AccountMap } from './account-map.tsx';
import { flowEdges, flowNodes, marked } from './flow-parts.ts';
import { groupsWith } from './groups.ts';
import { layOut } from './layout.ts';
import { nearTo, type Selection } from './selection.ts';
import { SidePanel } from './side-panel.tsx';
import { deal, mail, mapOf, person, relation, user } from './testing.ts';
import { tiesOf } from './ties.ts';

const ada = { ...user('ada'), name: 'Ada' };
const boss = { ...person('boss', 'decision_maker'), name: 'Boss', title: 'Head of IT' };
const quiet = { ...person('quiet'), name: 'Quiet', lastAt: null };
const offer = { ...deal('offer'), name: 'Offer', title: 'Proposal' };
const nodes = [ada, boss, quiet, offer];
const relations = [relation(ada, 'knows', boss, 0.8), relation(boss, 'involved_in', offer)];
const view = mapOf({ nodes, relations, missing: ['champion'] });
const ties = tiesOf(nodes, relations);
const nothing = () => undefined;

const page = (over: Partial<AccountGraphView> = {}) =>
  renderToStaticMarkup(<AccountMap view={{ ...view, ...over }} onDays={nothing} onResolve={nothing} />);
const panel = (selection: Selection | null) =>
  renderToStaticMarkup(
    <SidePanel
      view={view}
      ties={ties}
      selection={selection}
      nameOf={key => nodes.find(node => node.key === key)?.name ?? ''}
      headingRef={{ current: null }}
      onClose={nothing}
    />,
  );

describe('the page of an account', () => {
  it('says in words all that the drawing shows, without a drawing', () => {
    const html = page();
    expect(html).not.toContain('react-flow');
    expect(html).toContain('1 of 2 people here is in touch with one of us. No champion is known.');
    expect(html).toMatch(/Decide and pay.*Boss.*Head of IT.*Decision maker.*Ada \(strong\)/s);
    expect(html).toMatch(/Role not known.*Quiet.*nobody.*none known/s);
    expect(html).toContain('No champion known');
    expect(html).toMatch(/2 e-mails.*since.*href="http:\/\/crm.test\/contacts\/7#emails/s);
  });

  it('says how much there is that its reader may not open', () => {
    expect(page({ hidden: { people: 3, deals: 1 } })).toContain(
      'There are 3 more people and 1 more deal that you may not open.',
    );
    expect(page()).not.toContain('may not open');
  });

  it('shows both sides of a contradiction', () => {
    const html = page({
      contradictions: [
        {
          about: { key: offer.key, name: 'Offer' },
          text: 'It is on hold, but the close date is in March.',
          said: mail('1', 'On hold until Q2'),
          field: { ...mail('2', '2027-03-01'), object: 'deals', field: 'closedate' },
        },
      ],
    });
    expect(html).toMatch(/It is on hold, but.*On hold until Q2.*2027-03-01.*Deal: close date/s);
  });

  it('offers what may be said of a duplicate, and to whom', () => {
    const life = (id: string) => ({
      subject: { crm: 'hubspot', object: 'contacts', id } as const,
      name: `P${id}`,
    });
    const duplicate = { pair: [life('1'), life('2')] as [ReturnType<typeof life>, ReturnType<typeof life>] };
    const rule = {
      ...duplicate,
      state: 'suggested' as const,
      why: 'The same phone',
      confidence: 0.8,
      by: null,
      mayNot: null,
    };
    const html = page({ duplicates: [rule, { ...rule, state: 'same', by: 'Ada' }] });
    expect(html).toMatch(/aria-label="Same: P1 and P2".*aria-label="Different: P1 and P2"/s);
    expect(html).toContain('aria-label="Take apart: P1 and P2"');
    const read = page({ duplicates: [{ ...rule, mayNot: 'An auditor changes nothing.' }] });
    expect(read).not.toContain('aria-label="Same');
    expect(read).toContain('An auditor changes nothing.');
  });

  it('stands when nothing is known', () => {
    const html = page({ nodes: [], relations: [], missing: [] });
    expect(html).toContain('Nobody of this account is known yet.');
    expect(html).toContain('No part in buying is known');
    const others = page({ nodes: [], relations: [], hidden: { people: 2, deals: 0 } });
    expect(others).toContain('Everybody who is known here belongs to others.');
  });
});

describe('the evidence beside the drawing', () => {
  it('of a line: why, how strong, since when, and where it stands', () => {
    const html = panel({ kind: 'tie', id: ties.find(tie => tie.from === ada.key)?.id ?? '' });
    expect(html).toMatch(/Ada and Boss.*knows.*2 e-mails.*strong \(80%\).*since.*2 Nov 2026/s);
    expect(html).toContain('#emails-');
  });

  it('of a person: the part in buying with its evidence, and every relation', () => {
    const html = panel({ kind: 'node', id: boss.key });
    expect(html).toMatch(
      /Boss.*Head of IT.*href="\/card\/hubspot\/contacts\/boss".*Decision maker.*as the CRM says/s,
    );
    expect(html).toMatch(/knows.*is involved in/s);
  });

  it('says what to do while nothing is selected', () => {
    expect(panel(null)).toContain('Select a person, a deal or a line');
  });
});

describe('the drawing', () => {
  const layout = layOut(nodes, ties, groupsWith(['champion']), { users: 'Our people', deals: 'Deals' });
  const boxes = flowNodes(layout, nodes);
  const lines = flowEdges(ties, nodes);

  it('names people and lines for those who hear it', () => {
    expect(boxes.map(box => box.ariaLabel)).toEqual(
      expect.arrayContaining([
        'Boss, Decision maker, Head of IT, last touch 2 Nov 2026',
        'Quiet, no touch known',
        'Offer, deal, Proposal, last touch 2 Nov 2026',
      ]),
    );
    expect(new Set(lines.map(line => line.ariaLabel))).toEqual(
      new Set(['Ada knows Boss, strong: 2 e-mails', 'Boss is involved in Offer: 2 e-mails']),
    );
  });

  it('lets only people, deals and lines be come to, not titles and gaps', () => {
    const dead = boxes.filter(box => box.focusable === false);
    expect(dead.map(box => box.type)).toEqual(
      dead.map(box => (box.id.startsWith('missing') ? 'missing' : 'title')),
    );
  });

  it('marks what is selected and what has to do with it, and touches nothing else', () => {
    const selection: Selection = { kind: 'node', id: ada.key };
    const near = nearTo(selection, ties);
    const now = marked(boxes, selection, near);
    expect(now.filter(box => box.selected).map(box => box.id)).toEqual([ada.key]);
    expect(now.filter(box => box.className === 'near').map(box => box.id)).toEqual([ada.key, boss.key]);
    expect(now.filter((box, i) => box !== boxes[i])).toHaveLength(2);
    expect(marked(lines, selection, near).filter(line => line.className === 'near')).toHaveLength(1);
    expect(marked(boxes, null, nearTo(null, ties))).toEqual(boxes);
  });
});
