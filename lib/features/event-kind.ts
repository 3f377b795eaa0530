/**
 * What an event of marketing says that somebody did, by the words of its type: `look` is a look at something else than a
 * page, `act` any other deed, and `none` what they did not do themselves (it was sent to them) or what ends it.
 */
export type EventKind = 'form' | 'page' | 'open' | 'click' | 'look' | 'act' | 'none';

const KINDS: [EventKind, RegExp][] = [
  ['form', /form.*(submit|fill|sent)|(submit|fill|sent).*form|conversion|(demo|meeting).*request/],
  ['none', /mail.*(sent|deliver)|bounce|unsubscri|complain|spam/],
  ['click', /click/],
  ['open', /mail.*open|open.*mail/],
  ['page', /page.*(view|visit|read)|(view|visit|read).*page/],
  ['look', /view|seen|impression/],
];

/** Few types are in use, and each stands on many events. */
const known = new Map<string, EventKind>();
const MOST_KNOWN = 1000;

export function kindOf(type: string): EventKind {
  let kind = known.get(type);
  if (kind === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    const words = type.slice(0, 200).toLowerCase();
    kind = KINDS.find(([, rule]) => rule.test(words))?.[0] ?? 'act';
    known.set(type, kind);
  }
  return kind;
}
