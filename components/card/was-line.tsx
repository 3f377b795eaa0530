import type { SubjectView } from '#lib/views/types.ts';
import { objectWord } from '#components/record/record-words.ts';
import { TextLink } from '#components/ui/text-link.tsx';

/** What the record was before it was this one, each with its old place in the CRM. */
export function WasLine({ subject, was }: Pick<SubjectView, 'subject' | 'was'>) {
  const merged = was.filter(one => one.subject.object === subject.object);
  const converted = was.filter(one => one.subject.object !== subject.object);
  return (
    <>
      <Line words="Merged from" was={merged} />
      <Line words="Converted from" was={converted} />
    </>
  );
}

function Line({ words, was }: { words: string; was: SubjectView['was'] }) {
  if (was.length === 0) return null;
  return (
    <p className="border-b border-line px-4 py-1 text-xs text-muted">
      {words}{' '}
      {was.map(({ subject, name, url }, i) => (
        <span key={`${subject.object} ${subject.id}`}>
          {i > 0 && ', '}
          {url === null ? (
            name
          ) : (
            <TextLink href={url} opens="top">
              {name}
            </TextLink>
          )}{' '}
          ({objectWord[subject.object].toLowerCase()} {subject.id})
        </span>
      ))}
    </p>
  );
}
