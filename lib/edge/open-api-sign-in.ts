import { z } from 'zod';
import { HubSpotAnswer, HubSpotRecord } from './hubspot-record.ts';
import { SalesforceLaunch } from './salesforce-launch.ts';

const problem = { description: 'What went wrong, as application/problem+json (RFC 9457).' };
const page = { description: 'text/html: what went wrong, for a person.' };
const json = (description: string, schema?: z.ZodType) => ({
  description,
  content: { 'application/json': schema ? { schema: z.toJSONSchema(schema, { io: 'input' }) } : {} },
});
const body = (schema: z.ZodType) => ({ required: true, ...json('What is asked', schema) });
const crm = {
  name: 'crm',
  in: 'path',
  required: true,
  schema: { type: 'string', enum: ['hubspot', 'salesforce'] },
};
const query = (name: string, values?: string[]) => ({
  name,
  in: 'query',
  schema: { type: 'string', ...(values && { enum: values }) },
});
const url = json('`url`: opens the card once, within a minute', z.object({ url: z.url() }));

/** HubSpot's card: signature v3 stands for a session. */
const signedByHubSpot = (summary: string, ok: object, asked: z.ZodType = HubSpotRecord) => ({
  post: {
    summary: `${summary}; signed by HubSpot (v3), account and user in the query`,
    parameters: [query('portalId'), query('userId'), query('userEmail')],
    requestBody: body(asked),
    responses: { 200: ok, 401: problem, 403: problem },
  },
});

/** How the CRM is connected, and how its people come in. */
export const signInPaths = {
  '/api/oauth/{crm}/start': {
    get: {
      summary: 'Sends a browser to the CRM’s consent page, to connect the account or to sign in',
      parameters: [crm, query('purpose', ['connect', 'sign-in'])],
      responses: { 302: { description: 'To the consent page' }, 401: page, 403: page, 404: page },
    },
  },
  '/api/oauth/{crm}/callback': {
    get: {
      summary: 'Takes the browser back from the consent page and signs its user in',
      parameters: [crm, query('code'), query('state'), query('error')],
      responses: { 302: { description: 'To Sidecard’s pages' }, 403: page, 409: page },
    },
  },
  '/api/hubspot/card/subject': signedByHubSpot(
    'What the card shows of a record',
    json('As /api/v1/subjects'),
  ),
  '/api/hubspot/card/answer': signedByHubSpot(
    'An answer from the card',
    json('The record as it now stands'),
    HubSpotAnswer,
  ),
  '/api/hubspot/card/launch': signedByHubSpot('Where the full card opens', url),
  '/api/canvas': {
    post: {
      summary: 'Salesforce Canvas: a signed request opens the card in its frame',
      responses: { 303: { description: 'To the card' }, 401: { description: 'text/plain, for a person' } },
    },
  },
  '/api/salesforce/launch': {
    post: {
      summary: 'Salesforce’s server says who looks at which record; by the key from Settings',
      security: [{ bearer: [] }],
      requestBody: body(SalesforceLaunch),
      responses: { 200: url, 400: problem, 401: problem },
    },
  },
  '/api/session': {
    post: {
      summary: 'A one-time launch token becomes a session, as a cookie and as a bearer token',
      requestBody: body(z.object({ launch: z.string() })),
      responses: { 200: json('`token`, `expiresAt`, `place`'), 401: problem },
    },
    delete: { summary: 'Signs out', responses: { 204: { description: 'Signed out' }, 401: problem } },
  },
  '/api/session/launch': {
    post: {
      summary: 'Where whoever is signed in goes on in a tab of their own',
      requestBody: body(z.object({ place: z.string() })),
      responses: { 200: json('`path`'), 401: problem },
    },
  },
};
