import { erasedText, type Whom } from './erasure.ts';
import { patternOf, redactIn } from './marks.ts';
import { subjectKey, type Subject } from './subject.ts';

/** Takes a person out of a JSON value that is about somebody else. */
export interface Forgetting {
  /** What finds values that may have to change, in the words of JSON; null: none can. */
  pattern: string | null;
  forget: (value: unknown) => unknown;
}

const isRef = (value: object): value is Subject => 'crm' in value && 'object' in value && 'id' in value;

/**
 * What was quoted from the person's records and activities goes, with the sentences that rest on it; what names them is
 * taken out of the rest.
 */
export function forgetting(whom: Pick<Whom, 'subjects' | 'activities' | 'marks'>): Forgetting {
  const gone = new Set([...whom.subjects, ...whom.activities].map(subjectKey));
  const marks = patternOf(whom.marks);
  const ids = [...whom.subjects, ...whom.activities].map(({ id }) =>
    id.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`),
  );
  const quoted = ids.length === 0 ? null : String.raw`"id": ?"(?:${ids.join('|')})"`;
  const walk = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value !== 'object' || value === null) return value;
    const inner = Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one)]));
    if (isGone(value)) return 'snippet' in inner ? { ...inner, snippet: '' } : inner;
    return rests(value) ? silenced(inner) : inner;
  };
  const isGone = (value: object): boolean => isRef(value) && gone.has(subjectKey(value));
  /** Whether it is a sentence, a reason or a feature that rests on what is gone. */
  const rests = (value: object): boolean =>
    'evidence' in value &&
    Array.isArray(value.evidence) &&
    value.evidence.some(one => typeof one === 'object' && one !== null && isGone(one as object));
  return {
    pattern: [quoted, marks].filter(one => one !== null).join('|') || null,
    forget: value => {
      const walked = walk(value);
      return marks === null ? walked : redactIn(walked, marks);
    },
  };
}

/** A claim has to say something; a number stays, it says nothing of anybody. */
const silenced = (value: Record<string, unknown>): Record<string, unknown> => ({
  ...value,
  ...('text' in value && { text: erasedText }),
  ...(typeof value['value'] === 'string' && { value: null }),
});
