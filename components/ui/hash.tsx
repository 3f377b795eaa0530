'use client';
import { useState } from 'react';

/** A hash or id: short, whole on hover, copied by a click. */
export function Hash({ value, length = 10 }: { value: string; length?: number }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    // Without permission (some iframes) the whole value still stands in the title.
    navigator.clipboard?.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <button
      type="button"
      title={copied ? 'Copied' : `${value} (click to copy)`}
      aria-label={`Copy ${value}`}
      onClick={copy}
      onBlur={() => setCopied(false)}
      className="rounded bg-sunken px-1 font-mono text-xs text-ink hover:underline print:break-all print:text-left"
    >
      <span className="print:hidden">
        {copied ? 'copied'.padEnd(length, '\u00a0').slice(0, length) : value.slice(0, length)}
      </span>
      <span className="hidden print:inline">{value}</span>
    </button>
  );
}
