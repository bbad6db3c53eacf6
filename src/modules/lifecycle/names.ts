/** Names of the jobs, for whoever adds them. */
export const ADVANCE_JOB = 'lifecycle.run';
