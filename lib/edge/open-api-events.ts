import { z } from 'zod';
import { EventInput, mostEvents } from '#lib/core/event-input.ts';

const problem = (description: string) => ({ description: `${description}, as application/problem+json.` });

const answered = {
  type: 'object',
  required: ['accepted', 'duplicate', 'parked', 'rejected'],
  properties: {
    accepted: { type: 'integer', description: 'Taken, the parked ones among them.' },
    duplicate: { type: 'integer', description: 'Taken before, with the same content.' },
    parked: { type: 'integer', description: 'Waiting until their subject is known.' },
    rejected: {
      type: 'array',
      items: {
        type: 'object',
        required: ['index', 'reason'],
        properties: {
          index: { type: 'integer', description: 'Place in the batch, counted from 0.' },
          reason: { type: 'string', description: 'A sentence for people.' },
        },
      },
    },
  },
};

/** Marketing and product events. */
export const eventPaths = {
  '/api/v1/events': {
    post: {
      summary: 'Takes marketing and product events about CRM records; by an events key from Settings',
      security: [{ bearer: [] }],
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: {
              type: 'array',
              maxItems: mostEvents,
              items: z.toJSONSchema(EventInput, { io: 'input' }),
            },
          },
        },
      },
      responses: {
        200: {
          description: 'What became of the events, once they are durable',
          content: { 'application/json': { schema: answered } },
        },
        400: problem('Nothing could be read: no JSON array, more than 1,000 events, more than 16 MB'),
        401: problem('No key, or one that is not in force'),
        403: problem('This person may not send events'),
        429: problem('More than the account may send; Retry-After says when to come again'),
      },
    },
  },
};
