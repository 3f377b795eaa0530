import type { ReleasesView } from '#lib/views/types.ts';
import { fieldWords } from '#components/record/record-words.ts';
import { Definitions } from '#components/ui/definitions.tsx';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Hash } from '#components/ui/hash.tsx';
import { countOf, formatCount, formatPercent } from '#components/ui/number-format.ts';
import { Panel } from '#components/ui/panel.tsx';
import { ShareBar } from '#components/ui/share-bar.tsx';
import { Cell, HeadCell, RowHead, Table } from '#components/ui/table.tsx';
import { Time } from '#components/ui/time.tsx';

type Model = NonNullable<ReleasesView['model']>;

/** Up to this much of the AUC is a fair price for a score that can be read. */
const priceOfReading = 0.003;

const measure = (value: number | null): string => (value === null ? 'not measured' : value.toFixed(3));

function Importance({ importance }: { importance: Model['importance'] }) {
  return (
    <Table caption="What the model looks at, as a share of its total effect" showCaption>
      <thead>
        <tr>
          <HeadCell>Feature</HeadCell>
          <HeadCell numeric>Share</HeadCell>
        </tr>
      </thead>
      <tbody>
        {importance.map(({ feature, share }) => (
          <tr key={feature}>
            <RowHead className="font-normal">{fieldWords(feature)}</RowHead>
            <Cell numeric>
              <ShareBar share={share} /> <span className="inline-block w-12">{formatPercent(share, 1)}</span>
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** What a model that nobody can read would have done on the same records. */
function Challenger({ model: { auc, challenger } }: { model: Model }) {
  if (auc === null || challenger === null) return null;
  const ahead = challenger.auc - auc;
  const verdict =
    ahead > priceOfReading
      ? `That is ${ahead.toFixed(3)} better than the scores that you see: readable scores cost more here than they should. Ask which feature is missing.`
      : ahead > 0
        ? `Readable scores cost ${ahead.toFixed(3)} here.`
        : 'Readable scores cost nothing here.';
  return (
    <p className="text-xs text-muted">
      Beside it, gradient-boosted trees, which nobody can read, were tried on the same records: AUC{' '}
      {challenger.auc.toFixed(3)}, log loss {challenger.logLoss.toFixed(3)}. {verdict}
    </p>
  );
}

/** The scoring model: what it learnt from, how good it is on records it had not seen, and what it may not see. */
export function ModelPanel({ model }: { model: Model }) {
  return (
    <Panel title="Scoring model" id="model" aside={<Hash value={model.hash} />}>
      <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <div className="space-y-3">
          <Definitions
            entries={[
              ['Predicts', model.label],
              ['Trained', <Time key="at" at={model.trainedAt} />],
              [
                'Learnt from',
                `${formatCount(model.rows)} records, ${formatCount(model.positives)} of them positive`,
              ],
              ['Own history', `${formatPercent(model.ownHistory)}; the rest is general rules`],
              ['Features', formatCount(model.features)],
              ['AUC', measure(model.auc)],
              ['Log loss', measure(model.logLoss)],
              ['Brier score', measure(model.brier)],
              ['Calibration error (ECE)', measure(model.ece)],
            ]}
          />
          <p className="text-xs text-muted">
            Measured out of fold: on records that the measured model had not seen. AUC: higher is better, 0.5
            is chance. The others: lower is better.
          </p>
          <Challenger model={model} />
          {model.quarantined.length > 0 && (
            <Disclosure
              summary={`${countOf(model.quarantined.length, 'property', 'properties')} kept out of training`}
            >
              <ul className="space-y-1">
                {model.quarantined.map(({ property, why }) => (
                  <li key={property}>
                    <span className="font-medium">{property}</span>: {why}
                  </li>
                ))}
              </ul>
            </Disclosure>
          )}
        </div>
        <Importance importance={model.importance} />
      </div>
    </Panel>
  );
}
