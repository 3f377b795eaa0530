import { TextLink } from '#components/ui/text-link.tsx';

/** “ · record”, to the CRM's own page about it; nothing where it has none. */
export function RecordLink({ href }: { href: string | null }) {
  return (
    href && (
      <>
        {' · '}
        <TextLink href={href} opens="tab">
          record
        </TextLink>
      </>
    )
  );
}
