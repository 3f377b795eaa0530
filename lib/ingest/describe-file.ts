import { z } from 'zod';
import type { CrmRecord } from '#lib/core/record.ts';
import { isOwnField, type ReadRecord, type Survey } from '#lib/crm/crm.ts';
import type { RowSource } from './merge-row.ts';

const Stages = z.array(z.looseObject({ id: z.string(), displayOrder: z.number() }));

const types: Readonly<Record<string, string>> = {
  date: 'date',
  number: 'number',
  money: 'number',
  boolean: 'bool',
};

/** The fields that are the file's own, as a CRM would describe them. */
export const ownFieldsOf = ({ mapping }: Survey, source: RowSource): ReadRecord[] =>
  mapping.columns.flatMap(({ column, field, type }) =>
    field === undefined || !isOwnField(mapping.object, field)
      ? []
      : describe('properties', `${mapping.object}.${field}`.slice(0, 128), source, {
          object: mapping.object,
          name: field,
          label: column,
          type: types[type] ?? 'string',
          groupName: 'file',
          options: '[]',
          custom: 'true',
        }),
  );

/** Names of the pipelines that its deals are in, as ids. */
export const pipelineIdsOf = ({ stages }: Survey): string[] =>
  [...new Set(stages.map(({ pipeline }) => pipeline.trim()))].filter(
    id => id.length <= 128 && !/\p{Cc}/u.test(id),
  );

/** Its pipelines with the stages that deals were seen in; `known` are those of earlier files, whose stages stay. */
export const pipelinesOf = (
  survey: Survey,
  source: RowSource,
  known: ReadonlyMap<string, CrmRecord>,
): ReadRecord[] =>
  pipelineIdsOf(survey).map(id => {
    const before = Stages.parse(JSON.parse(known.get(id)?.fields['stages'] ?? '[]'));
    const fresh = survey.stages.filter(
      ({ pipeline, stage }) => pipeline.trim() === id && !before.some(one => one.id === stage.trim()),
    );
    const stages = [
      ...before,
      ...fresh.map(({ stage, closed, won }, i) => ({
        id: stage.trim(),
        label: stage.trim(),
        displayOrder: before.length + i,
        probability: won ? 1 : closed ? 0 : null,
        isClosed: closed,
      })),
    ];
    return describe('pipelines', id, source, {
      object: survey.mapping.object,
      label: id,
      displayOrder: '0',
      stages: JSON.stringify(stages),
    });
  });

const describe = (
  object: 'properties' | 'pipelines',
  id: string,
  { fileName, fileHash, startedAt }: RowSource,
  fields: CrmRecord['fields'],
): ReadRecord => ({
  record: {
    ref: { crm: 'csv', object, id },
    version: `${fileHash.slice(0, 16)}:0`,
    createdAt: startedAt,
    updatedAt: startedAt,
    archived: false,
    fields,
    history: [],
    links: [],
  },
  raw: { file: fileName, hash: fileHash },
});
