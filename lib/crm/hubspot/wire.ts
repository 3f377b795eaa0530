import { z } from 'zod';
import type { CrmObject } from '#lib/core/subject.ts';
import { toInstant } from '#lib/core/time.ts';

/** HubSpot's ids of its own objects. */
export const objectByTypeId: Readonly<Record<string, CrmObject>> = {
  '0-1': 'contacts',
  '0-2': 'companies',
  '0-3': 'deals',
  '0-5': 'tickets',
  '0-136': 'leads',
};

/** HubSpot writes times with and without fractions of a second. */
export const Moment = z
  .string()
  .refine(text => !Number.isNaN(Date.parse(text)), 'not a time')
  .transform(toInstant);

/** Values by property. Records have hundreds, most of them empty: looked through, not taken apart and put together. */
const Properties = z.custom<Record<string, string | null>>(isTexts, 'not properties with texts');

function isTexts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  for (const text of Object.values(value)) if (text !== null && typeof text !== 'string') return false;
  return true;
}

const HistoryEntry = z.looseObject({
  value: z.string().nullish(),
  timestamp: Moment,
  sourceType: z.string().nullish(),
  sourceId: z.string().nullish(),
});

/** A record as read. Loose: what we do not know stays in the raw version. */
export const WireRecord = z.looseObject({
  id: z.string().min(1),
  properties: Properties,
  propertiesWithHistory: z.record(z.string(), z.array(HistoryEntry)).optional(),
  createdAt: Moment,
  updatedAt: Moment,
  archived: z.boolean().default(false),
  archivedAt: Moment.nullish(),
});
export type WireRecord = z.infer<typeof WireRecord>;

const BatchError = z.object({
  category: z.string().optional(),
  message: z.string(),
  context: z.record(z.string(), z.array(z.string())).optional(),
});

/** Answer of a batch: 200, 201, or 207 with the inputs that failed. */
export const batchOf = <T extends z.ZodType>(result: T) =>
  z.object({ results: z.array(result), errors: z.array(BatchError).optional() });

const Paging = z.object({ next: z.object({ after: z.string() }).optional() }).optional();

export const pageOf = <T extends z.ZodType>(result: T) =>
  z.object({ results: z.array(result), paging: Paging });

export const WireId = z.looseObject({ id: z.string().min(1) });

/** Far ends of one record's links. */
export const WireLinks = z.object({
  from: z.object({ id: z.string() }),
  to: z.array(
    z.object({
      toObjectId: z.union([z.string(), z.number()]).transform(String),
      associationTypes: z.array(z.object({ typeId: z.number(), label: z.string().nullish() })),
    }),
  ),
  paging: Paging,
});

export const WireOwner = z.looseObject({
  id: z.string(),
  email: z.string().nullish(),
  firstName: z.string().nullish(),
  lastName: z.string().nullish(),
  userId: z.number().nullish(),
  archived: z.boolean().default(false),
  createdAt: Moment,
  updatedAt: Moment,
  teams: z
    .array(z.looseObject({ id: z.string(), name: z.string(), primary: z.boolean().optional() }))
    .optional(),
});

export const WirePipeline = z.looseObject({
  id: z.string(),
  label: z.string(),
  displayOrder: z.number(),
  archived: z.boolean().default(false),
  createdAt: Moment,
  updatedAt: Moment,
  stages: z.array(
    z.looseObject({
      id: z.string(),
      label: z.string(),
      displayOrder: z.number(),
      metadata: z.looseObject({ isClosed: z.string().optional(), probability: z.string().optional() }),
    }),
  ),
});

export const WireProperty = z.looseObject({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string().default(''),
  hasUniqueValue: z.boolean().default(false),
  calculated: z.boolean().default(false),
  archived: z.boolean().default(false),
  options: z.array(z.looseObject({ value: z.string(), label: z.string() })).default([]),
  createdAt: Moment.optional(),
  updatedAt: Moment.optional(),
});

export const WireAccount = z.looseObject({
  portalId: z.number(),
  companyCurrency: z.string(),
  timeZone: z.string(),
});
