import { Hono } from 'hono';
import { notFound } from '#lib/crm/sandbox/records/refusal.ts';
import { findDocument, listDocuments, saveDocument } from '#lib/crm/sandbox/store/documents.ts';
import type { Store } from '#lib/crm/sandbox/store/open-store.ts';
import { readPage } from '#lib/crm/sandbox/wire/read-query.ts';
import { renderPage } from './render-page.ts';

/** A step of a workflow; `actionTypeId` "0-11" rotates records between users, "0-5" sets a property. */
type WorkflowAction = { actionTypeId: string; fields: Record<string, unknown> };

/** A workflow: records of `objectTypeId` that meet `enrols` go through `actions`. */
export type Workflow = {
  id: string;
  name: string;
  isEnabled: boolean;
  objectTypeId: string;
  createdAt: string;
  updatedAt: string;
  actions: WorkflowAction[];
  /** The property and value that let a record in. */
  enrols: { property: string; value: string };
};

export function saveWorkflow(store: Store, workflow: Workflow): void {
  saveDocument(store, 'workflow', workflow.id, workflow);
}

function renderListed({ id, name, isEnabled, objectTypeId, createdAt, updatedAt }: Workflow) {
  return { id, name, isEnabled, objectTypeId, flowType: 'WORKFLOW', revisionId: '1', createdAt, updatedAt };
}

function renderWhole(workflow: Workflow) {
  const { actions, enrols, objectTypeId } = workflow;
  const last = String(actions.length);
  return {
    ...renderListed(workflow),
    type: objectTypeId === '0-1' ? 'CONTACT_FLOW' : 'PLATFORM_FLOW',
    startActionId: actions.length > 0 ? '1' : undefined,
    nextAvailableActionId: String(actions.length + 1),
    actions: actions.map(({ actionTypeId, fields }, i) => ({
      type: 'SINGLE_CONNECTION',
      actionId: String(i + 1),
      actionTypeId,
      actionTypeVersion: 0,
      fields,
      ...(String(i + 1) !== last && {
        connection: { edgeType: 'STANDARD', nextActionId: String(i + 2) },
      }),
    })),
    enrollmentCriteria: {
      type: 'LIST_BASED',
      shouldReEnroll: false,
      listFilterBranch: {
        filterBranchType: 'OR',
        filterBranches: [
          {
            filterBranchType: 'AND',
            filterBranches: [],
            filters: [
              {
                filterType: 'PROPERTY',
                property: enrols.property,
                operation: {
                  operationType: 'ENUMERATION',
                  operator: 'IS_ANY_OF',
                  values: [enrols.value],
                },
              },
            ],
          },
        ],
        filters: [],
      },
    },
    timeWindows: [],
    blockedDates: [],
    customProperties: {},
    suppressionListIds: [],
    canEnrollFromSalesforce: false,
  };
}

/** Workflows: `/automation/v4/flows`, which has no dated path outside a beta. */
export function workflowRoutes(store: Store): Hono {
  const routes = new Hono();

  routes.get('/', c => {
    const page = readPage(c, { most: 100, standard: 100 });
    const { total: _total, ...answer } = renderPage(
      listDocuments<Workflow>(store, 'workflow'),
      page,
      renderListed,
    );
    return c.json(answer);
  });

  routes.get('/:id', c => {
    const workflow = findDocument<Workflow>(store, 'workflow', c.req.param('id'));
    if (!workflow) throw notFound(c.req.param('id'));
    return c.json(renderWhole(workflow));
  });

  return routes;
}
