import type { Mapping } from './mapping.ts';

/** A stage that deals of a file are in, as far as the file says what it is. */
export interface StageSeen {
  pipeline: string;
  stage: string;
  closed: boolean;
  won: boolean;
}

/** The pipeline of deals whose file names none. */
export const onlyPipeline = 'default';

/** More than this are no stages but free text. */
const most = 200;
const wonName = /\b(?:won|gewonnen|ganad[oa]|gagnée?)\b/i;
const closedName = /\b(?:closed|lost|abgeschlossen|verloren|perdid[oa]|perdue?)\b/i;
const yes = /^(?:true|yes|y|1|ja|oui|si|sí)$/i;

/**
 * Notes in which stages the deals of a file are, in the order in which they appear. Whether one is closed, and won, is told
 * by the columns for that where the file has them, else by its name.
 */
export function stageSpotter(columns: readonly string[], mapping: Mapping) {
  const at = (field: string) => {
    const found = mapping.columns.find(column => column.field === field);
    return found ? columns.indexOf(found.column) : -1;
  };
  const [pipelineAt, stageAt] = [at('pipeline'), at('dealstage')];
  const [closedAt, wonAt] = [at('hs_is_closed'), at('hs_is_closed_won')];
  const seen = new Map<string, StageSeen>();
  const spot = (cells: readonly string[]): void => {
    if (mapping.object !== 'deals' || seen.size >= most) return;
    const stage = cells[stageAt] ?? '';
    if (stage.trim() === '') return;
    const pipeline = (cells[pipelineAt] ?? '').trim() ? (cells[pipelineAt] ?? '') : onlyPipeline;
    const key = `${pipeline}\n${stage}`;
    if (seen.has(key)) return;
    const says = (i: number, name: boolean) => (i === -1 ? name : yes.test((cells[i] ?? '').trim()));
    const won = says(wonAt, wonName.test(stage));
    const closed = won || says(closedAt, closedName.test(stage));
    seen.set(key, { pipeline, stage, closed, won });
  };
  return { spot, stages: (): StageSeen[] => [...seen.values()] };
}
