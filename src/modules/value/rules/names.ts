/** Names of the jobs, for whoever adds them. */
export const COST_JOB = 'value.costs';
