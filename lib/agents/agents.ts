import { defaultCadence } from './follow-up/default-cadence.ts';
import { defaultPrompt } from './follow-up/prompt.ts';
import { proposeFollowUp } from './follow-up/agent.ts';
import type { FollowUpInput, Proposed } from './input.ts';

export { Cadence } from './follow-up/default-cadence.ts';
export { FollowUpPrompt } from './follow-up/prompt.ts';

export type AgentInput = FollowUpInput;
export type { Proposed };

/** Bodies of the artifacts that the agents work by, as the product ships them. */
export const defaultArtifacts = {
  prompt: { name: 'follow-up', body: defaultPrompt },
  cadence: { name: 'default', body: defaultCadence },
} as const;

/** Which agent works on which task. An agent proposes and never acts: it gets facts and gives back changes. */
const agents = { 'follow-up': proposeFollowUp } satisfies Record<
  AgentInput['task'],
  (input: AgentInput) => Promise<Proposed>
>;

/** Lets the agent for a task propose. The outcome is a proposal or an abstention with its reason; both are values. */
export const propose = (input: AgentInput): Promise<Proposed> => agents[input.task](input);
