import { z } from 'zod';
import { Answer } from '#lib/core/answer.ts';
import { Score } from '#lib/core/score.ts';
import { Subject } from '#lib/core/subject.ts';
import { eventPaths } from './open-api-events.ts';
import { signInPaths } from './open-api-sign-in.ts';

const problem = { description: 'What went wrong, as application/problem+json (RFC 9457).' };
const json = (description: string, schema?: object) => ({
  description,
  content: { 'application/json': schema ? { schema } : {} },
});
const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const secured = [{ bearer: [] }];

/** The HTTP interface as OpenAPI 3.1; its schemas are those that requests are parsed by. */
export const openApi = (): object => ({
  openapi: '3.1.0',
  info: { title: 'Sidecard', version: '0.1.0' },
  components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  paths: {
    '/api/v1/subjects/{crm}/{object}/{id}': {
      get: {
        summary: 'Score, reasons, suggestion and history of a CRM record',
        parameters: (Object.keys(Subject.shape) as (keyof typeof Subject.shape)[]).map(path),
        security: secured,
        responses: {
          200: json('What the card shows', {
            type: 'object',
            properties: { score: { anyOf: [z.toJSONSchema(Score, { io: 'input' }), { type: 'null' }] } },
          }),
          403: problem,
          404: problem,
        },
      },
    },
    '/api/v1/decisions/{id}': {
      get: {
        summary: 'A decision with its whole lineage',
        parameters: [path('id')],
        security: secured,
        responses: { 200: json('The decision'), 403: problem, 404: problem },
      },
    },
    '/api/v1/decisions/{id}/answer': {
      post: {
        summary: 'Approve, edit, reject, ask about or snooze a suggestion',
        parameters: [
          path('id'),
          { name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string' } },
        ],
        security: secured,
        requestBody: { required: true, ...json('The answer', z.toJSONSchema(Answer, { io: 'input' })) },
        responses: {
          200: json('The decision as it now stands'),
          400: problem,
          403: problem,
          409: {
            description: 'The changes are others than those answered; `decision` holds the current ones.',
          },
        },
      },
    },
    '/api/v1/pipeline': {
      get: {
        summary: 'The pipeline page as JSON',
        security: secured,
        responses: { 200: json('Pipeline'), 403: problem },
      },
    },
    '/api/v1/ledger/verify': {
      get: {
        summary: 'Rebuilds the ledger and proves it',
        security: secured,
        responses: { 200: json('Result') },
      },
    },
    ...eventPaths,
    '/api/webhooks/hubspot': {
      post: {
        summary: 'HubSpot webhooks, signature v3',
        responses: { 200: json('Counts, once durable'), 401: problem },
      },
    },
    '/api/webhooks/salesforce': {
      post: {
        summary: 'Outbound messages of Salesforce, as SOAP',
        responses: { 200: { description: 'text/xml: acknowledged, once durable' }, 401: problem },
      },
    },
    ...signInPaths,
    '/api/health': {
      get: { summary: 'How the service is', responses: { 200: json('Up'), 503: json('Down') } },
    },
    '/api/ready': {
      get: { summary: 'Whether set-up is over', responses: { 200: json('Yes'), 503: json('Not yet') } },
    },
    '/api/metrics': {
      get: { summary: 'Prometheus metrics', responses: { 200: { description: 'text/plain' } } },
    },
  },
});
