import type { Planned } from './route.ts';
import type { Step } from './state.ts';

/** A node of the way as it waits for its turn. */
export function plannedStep(node: Planned, id: string): Step {
  const step: Step = {
    id,
    kind: node.kind,
    node: node.id,
    name: node.kind === 'end' ? '' : node.name,
    mode: node.kind === 'approve' ? node.mode : 'all',
    state: 'waiting',
    seats: [],
  };
  if (node.kind === 'end') step.outcome = node.outcome;
  if (node.kind === 'approve') {
    if (node.editable?.length) step.editable = node.editable;
    if (node.limit) step.limit = node.limit;
    // Managers are asked from below upwards: the higher one wants to know what the lower one said.
    if (node.approvers.some((approver) => approver.kind === 'chain')) step.mode = 'turn';
  }
  return step;
}

/**
 * Gives a person's places at a step to another, with the turn they have.
 * @param back only those that this person had left to him
 * @returns whether there were any
 */
export function replaceIn(
  step: Step,
  from: string,
  to: string,
  back: string | null,
  freshId: () => string,
): boolean {
  const places = step.seats.filter(
    (seat) =>
      seat.person === from &&
      (seat.state === 'open' || seat.state === 'waiting') &&
      (back === null || seat.from === back),
  );
  for (const seat of places) {
    const { state } = seat;
    seat.state = 'dropped';
    seat.to = to;
    if (step.seats.some((each) => each.person === to && each.state !== 'dropped')) continue;
    step.seats.splice(step.seats.indexOf(seat) + 1, 0, {
      id: freshId(),
      person: to,
      state,
      note: 'handed',
      ...(back === null ? { from } : {}),
    });
  }
  const named = back === null && step.seats.length === 0 && step.added?.people.includes(from);
  if (named && step.added)
    step.added.people = [...new Set(step.added.people.map((each) => (each === from ? to : each)))];
  return places.length > 0 || Boolean(named);
}
