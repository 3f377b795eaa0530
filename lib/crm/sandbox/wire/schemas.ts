import { z } from 'zod';

const MOST_INPUTS = 100;
const MOST_LINKS = 1_000;

const values = z.record(z.string(), z.string());
const recordRef = z.object({
  id: z.union([z.string().min(1), z.number().int().nonnegative()]).transform(String),
});
const traceId = z.string().optional();

export const linkSpec = z.object({
  associationCategory: z.enum(['HUBSPOT_DEFINED', 'USER_DEFINED', 'INTEGRATOR_DEFINED', 'WORK']),
  associationTypeId: z.number().int(),
});

const inlineLinks = z.array(z.object({ to: recordRef, types: z.array(linkSpec).min(1) })).optional();

function batchOf<T extends z.ZodType>(input: T, most = MOST_INPUTS) {
  return z.array(input).min(1).max(most);
}

export const createBody = z.object({
  properties: values,
  associations: inlineLinks,
  objectWriteTraceId: traceId,
});
export const updateBody = z.object({ properties: values, objectWriteTraceId: traceId });
export const batchCreateBody = z.object({ inputs: batchOf(createBody) });
export const batchReadBody = z.object({
  inputs: batchOf(recordRef),
  idProperty: z.string().optional(),
  properties: z.array(z.string()).optional(),
  propertiesWithHistory: z.array(z.string()).optional(),
});
export const batchWriteBody = z.object({
  inputs: batchOf(
    z.object({
      id: z.string().min(1),
      idProperty: z.string().optional(),
      properties: values,
      objectWriteTraceId: traceId,
    }),
  ),
});
export const batchArchiveBody = z.object({ inputs: batchOf(recordRef) });

const id = z.string().regex(/^\d{1,15}$/, 'a record id');

export const mergeBody = z.object({ primaryObjectId: id, objectIdToMerge: id });
export const eraseBody = z.object({ objectId: z.string().min(1), idProperty: z.string().optional() });
export const restoreBody = z.object({ objectType: z.string(), id });

export const linkReadBody = z.object({
  inputs: batchOf(recordRef.extend({ after: z.string().regex(/^\d+$/).optional() }), MOST_LINKS),
});
export const linkCreateBody = z.object({
  inputs: batchOf(
    z.object({ from: recordRef, to: recordRef, types: z.array(linkSpec).optional() }),
    MOST_LINKS,
  ),
});
export const linkArchiveBody = z.object({
  inputs: batchOf(z.object({ from: recordRef, to: z.array(recordRef).min(1) }), MOST_LINKS),
});

const option = z.object({
  label: z.string().min(1),
  value: z.string().min(1),
  description: z.string().optional(),
  displayOrder: z.number().int().optional(),
  hidden: z.boolean().optional(),
});

export const propertyBody = z.object({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,99}$/, 'lower case letters, digits and underscores, a letter first'),
  label: z.string().min(1),
  groupName: z.string().min(1),
  type: z.enum(['string', 'number', 'date', 'datetime', 'enumeration', 'bool']),
  fieldType: z.enum([
    'text',
    'textarea',
    'date',
    'file',
    'number',
    'select',
    'radio',
    'checkbox',
    'booleancheckbox',
  ]),
  description: z.string().optional(),
  options: z.array(option).optional(),
  hasUniqueValue: z.boolean().optional(),
  displayOrder: z.number().int().optional(),
  formField: z.boolean().optional(),
  hidden: z.boolean().optional(),
});

export const propertyGroupBody = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,99}$/),
  label: z.string().min(1),
  displayOrder: z.number().int().optional(),
});

/** What may change of a property; the rest is settled when it is created. */
export const propertyChangeBody = propertyBody
  .pick({ label: true, groupName: true, description: true, options: true })
  .partial();

export const pipelineBody = z.object({
  label: z.string().min(1),
  displayOrder: z.number().int(),
  stages: z
    .array(
      z.object({
        label: z.string().min(1),
        displayOrder: z.number().int(),
        metadata: z.object({
          probability: z
            .string()
            .regex(/^(0(\.\d+)?|1(\.0+)?)$/, 'a fraction from 0.0 to 1.0')
            .optional(),
          ticketState: z.enum(['OPEN', 'CLOSED']).optional(),
          leadState: z.enum(['NEW', 'IN_PROGRESS', 'QUALIFIED', 'UNQUALIFIED']).optional(),
        }),
      }),
    )
    .min(1),
});

export const ownerBody = z.object({
  firstName: z.string().min(1),
  lastName: z.string().default(''),
  email: z.email().optional(),
  teams: z.array(z.string().min(1)).default([]),
});

export const webhookTargetBody = z.object({
  url: z.url({ protocol: /^https?$/ }),
  secret: z.string().min(1),
});
export const tokenBody = z.object({ token: z.string().min(1).max(200) });
