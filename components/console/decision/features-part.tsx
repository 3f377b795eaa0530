import type { CrmPages } from '#lib/core/record-url.ts';
import type { FeatureRow } from '#lib/core/score.ts';
import { EvidenceList } from '#components/record/evidence-link.tsx';
import { fieldWords } from '#components/record/record-words.ts';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Hash } from '#components/ui/hash.tsx';
import { countOf } from '#components/ui/number-format.ts';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';

const number = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 3 });
const show = (value: number | string | null): string => {
  if (value === null) return 'unknown';
  return typeof value === 'number' ? number.format(value) : value;
};

/** The numbers that the facts became. */
export function FeaturesPart({ row, crmPages }: { row: FeatureRow; crmPages: CrmPages | null }) {
  const features = Object.values(row.features);
  return (
    <>
      <p className="mb-2">
        Schema <Hash value={row.schema} />
      </p>
      <Disclosure summary={countOf(features.length, 'feature')}>
        <Table caption="Features">
          <thead>
            <tr>
              <HeadCell>Feature</HeadCell>
              <HeadCell numeric>Value</HeadCell>
              <HeadCell>In words</HeadCell>
              <HeadCell>Facts behind it</HeadCell>
            </tr>
          </thead>
          <tbody>
            {features.map(feature => (
              <tr key={feature.name}>
                <RowHead className="font-normal">{fieldWords(feature.name)}</RowHead>
                <Cell numeric>{show(feature.value)}</Cell>
                <Cell>{feature.text}</Cell>
                <Cell>
                  <EvidenceList evidence={feature.evidence} crmPages={crmPages} max={2} />
                </Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      </Disclosure>
    </>
  );
}
