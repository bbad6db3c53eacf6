/** An expected failure: a stable code, the HTTP status it becomes, and what its message needs. Not a bug, never a 500. */
export class ProblemError extends Error {
  readonly code: string;
  readonly status: number;
  readonly params: Record<string, unknown>;
  readonly errors: FieldProblem[];
  /** Further members of the problem document, for example `current` of a version conflict. */
  readonly extra: Record<string, unknown>;

  constructor(code: string, options: ProblemOptions = {}) {
    super(code);
    this.code = code;
    this.status = options.status ?? 422;
    this.params = options.params ?? {};
    this.errors = options.errors ?? [];
    this.extra = options.extra ?? {};
  }
}

/** A failure at one field; `path` is the field's name, with `.` and indexes inside structured values. */
export interface FieldProblem {
  path: string;
  code: string;
  params?: Record<string, unknown>;
}

interface ProblemOptions {
  status?: number;
  params?: Record<string, unknown>;
  errors?: FieldProblem[];
  extra?: Record<string, unknown>;
}

/** Makes an expected failure; the message is the translation `error.<code>`. */
export function problem(code: string, options?: ProblemOptions): ProblemError {
  return new ProblemError(code, options);
}

/** A failure of one or more fields. */
export function invalid(errors: FieldProblem[]): ProblemError {
  return new ProblemError('invalid', { status: 422, errors });
}

export const notFound = (entity?: string) => problem('not_found', { status: 404, params: { entity } });

export const forbidden = (code = 'forbidden', params?: Record<string, unknown>) =>
  problem(code, { status: 403, params: params ?? {} });
