import type { ModelCall } from '#lib/core/decision.ts';
import { Disclosure } from '#components/ui/disclosure.tsx';
import { Hash } from '#components/ui/hash.tsx';
import { formatCount, formatMilliseconds } from '#components/ui/number-format.ts';
import { Empty } from '#components/ui/panel.tsx';

const tokens = (n: number | null) => (n === null ? 'unknown' : formatCount(n));

/** Each call to a language model: which prompt, what came back. */
export function ModelCallsPart({ calls }: { calls: readonly ModelCall[] }) {
  if (calls.length === 0) return <Empty>No language model was called.</Empty>;
  return (
    <ol className="space-y-3">
      {calls.map(call => (
        <li key={`${call.request} ${call.milliseconds}`} className="space-y-1">
          <p>
            <span className="font-medium">{call.model}</span> · prompt <Hash value={call.prompt} /> · request{' '}
            <Hash value={call.request} />
          </p>
          <p className="text-xs text-muted">
            Tokens in {tokens(call.inputTokens)}, out {tokens(call.outputTokens)} ·{' '}
            {formatMilliseconds(call.milliseconds)}
          </p>
          <Disclosure summary="Reply, as it came">
            <pre className="rounded border border-line bg-sunken p-2 font-mono text-xs break-words whitespace-pre-wrap">
              {call.reply}
            </pre>
          </Disclosure>
        </li>
      ))}
    </ol>
  );
}
