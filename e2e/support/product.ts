import { randomUUID } from 'node:crypto';
import type { Answer } from '#lib/core/answer.ts';
import type { DecisionView, PipelineView, SubjectView } from '#lib/views/types.ts';
import { productUrl } from './addresses.ts';

export type DemoRole = 'manager' | 'rep' | 'ops' | 'admin' | 'auditor';

/** The product over HTTP, as a script of a user would call it. */
export interface Product {
  subject(contactId: string): Promise<SubjectView>;
  decision(decisionId: string): Promise<DecisionView>;
  pipeline(): Promise<PipelineView>;
  /** Rebuilds the ledger and proves it. */
  verify(): Promise<{ ok: boolean }>;
  answer(decisionId: string, answer: Answer): Promise<DecisionView>;
  /** Jobs that wait or run, of these queues. */
  jobs(...queues: string[]): Promise<number>;
  /** Contacts whose suggestion waits for an answer, best first. */
  open(): Promise<string[]>;
}

/** Throws with the answer's text when it is not 2xx. */
export function productAs(role: DemoRole, base: string = productUrl()): Product {
  const authorization = `Bearer demo-${role}`;
  const text = async (
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ): Promise<string> => {
    const response = await fetch(`${base}${path}`, {
      ...init,
      headers: { authorization, 'content-type': 'application/json', ...init.headers },
    });
    const body = await response.text();
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${body}`);
    return body;
  };
  const json = async <T>(path: string, init?: Parameters<typeof text>[1]): Promise<T> =>
    JSON.parse(await text(path, init)) as T;
  const subject = (contactId: string) =>
    json<SubjectView>(`/api/v1/subjects/hubspot/contacts/${encodeURIComponent(contactId)}`);
  return {
    subject,
    decision: id => json(`/api/v1/decisions/${id}`),
    pipeline: () => json('/api/v1/pipeline'),
    verify: () => json('/api/v1/ledger/verify'),
    answer: (id, answer) =>
      json(`/api/v1/decisions/${id}/answer`, {
        method: 'POST',
        headers: { 'idempotency-key': randomUUID() },
        body: JSON.stringify(answer),
      }),
    jobs: async (...queues) => {
      const lines = [
        ...(await text('/api/metrics')).matchAll(/^sidecard_jobs\{queue="(\w+)",state="(\w+)"\} (\d+)$/gm),
      ];
      return lines
        .filter(([, queue = '', state]) => queues.includes(queue) && state !== 'failed')
        .reduce((sum, [, , , n]) => sum + Number(n), 0);
    },
    open: async () => {
      const ids = [...(await text('/')).matchAll(/href="\/card\/hubspot\/contacts\/(\w+)"/g)].map(
        ([, id]) => id ?? '',
      );
      const views = await Promise.all([...new Set(ids)].map(subject));
      return views.filter(view => view.suggestion?.status === 'open').map(view => view.subject.id);
    },
  };
}
