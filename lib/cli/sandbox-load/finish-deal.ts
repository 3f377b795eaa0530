import type { MadePipeline } from './make-pipeline.ts';
import { fold } from './save-records.ts';
import type { Finish } from './to-items.ts';

interface Known {
  /** Owner id by full name. */
  owners: ReadonlyMap<string, string>;
  /** Company id by folded name. */
  companies: ReadonlyMap<string, string>;
  pipeline: MadePipeline;
}

/**
 * Puts a deal into its stage, with its owner and company and a name to call it by. A deal whose account or agent
 * nobody knows goes in without, and is told to `unlinked`.
 */
export function finishDeal(
  { owners, companies, pipeline }: Known,
  unlinked: (deal: { line: number; reason: string }) => void,
): Finish {
  return item => {
    const {
      dealstage = '',
      maven_account: account = '',
      maven_sales_agent: agent = '',
      product = '',
    } = item.values;
    const stage = pipeline.stages.get(dealstage);
    if (stage === undefined) {
      const stages = [...pipeline.stages.keys()].join(', ');
      return { reason: `deal_stage is "${dealstage}", which is none of ${stages}.` };
    }
    const owner = owners.get(agent.trim());
    const company = companies.get(fold(account));
    if (agent !== '' && owner === undefined)
      unlinked({ line: item.line, reason: `The sales agent "${agent}" is not among the agents.` });
    if (account !== '' && company === undefined)
      unlinked({ line: item.line, reason: `The account "${account}" is not among the accounts.` });
    const values = {
      ...item.values,
      dealname: `${product || 'Deal'}, ${account || item.key}`,
      pipeline: pipeline.id,
      dealstage: stage,
      ...(owner !== undefined && { hubspot_owner_id: owner }),
    };
    return { ...item, values, companies: company === undefined ? [] : [company] };
  };
}
