/** Names of the jobs, for whoever adds them. */
export const GRADE_JOB = 'grades.run';
export const MAIN_JOB = 'grades.main';
export const PREVIEW_JOB = 'grades.preview';
