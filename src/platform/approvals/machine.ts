import { problem } from '../errors/problem.ts';
import type { Planned } from './route.ts';
import { administratorsFor, withoutSelf } from './self.ts';
import type { Action, Mark, Seat, State, Step, Turn, World } from './state.ts';
import { plannedStep, replaceIn } from './steps.ts';

/** More than this no approval needs; it keeps added approvers from growing without end. */
const MOST_STEPS = 200;

/** Begins an approval on its way. */
export function begin(route: readonly Planned[], world: World): Turn {
  const fresh: State = { status: 'running', round: 0, steps: [], at: 0, copies: [], counter: 0 };
  if (world.self) fresh.self = world.self;
  const work = new Work(fresh, world);
  work.submit(route);
  return work.turn();
}

/**
 * What an action makes of an approval. Pure: the same state, action and people give the same answer, and a refused action
 * throws and leaves everything as it was. Every decision is bound to an open seat, which it closes: nothing is decided twice.
 */
export function act(state: State, action: Action, world: World): Turn {
  const work = new Work(structuredClone(state), world);
  switch (action.kind) {
    case 'approve':
      work.approve(action.seat);
      break;
    case 'reject':
      work.reject(action.seat, action.to);
      break;
    case 'hand':
      work.hand(action.seat, action.to);
      break;
    case 'add':
      work.add(action);
      break;
    case 'replace':
      work.replace(action);
      break;
    case 'withdraw':
      work.withdraw();
      break;
    case 'resubmit':
      if (state.status !== 'returned') throw problem('approval_not_returned', { status: 409 });
      work.submit(action.route);
      break;
    case 'expire':
      work.expire(action.step);
      break;
  }
  return work.turn();
}

/** The seats people are asked at now. */
export const openSeats = (state: State): { step: Step; seat: Seat }[] => {
  const step = state.status === 'running' ? state.steps[state.at] : undefined;
  return step?.state === 'open'
    ? step.seats.flatMap((seat) => (seat.state === 'open' ? [{ step, seat }] : []))
    : [];
};

/** Earlier steps at which people decided: where an approval may be sent back to. */
export const earlierSteps = (state: State): Step[] =>
  state.steps.slice(0, state.at).filter((step) => step.kind === 'approve' && step.state === 'done');

class Work {
  readonly #state: State;
  readonly #world: World;
  readonly #marks: Mark[] = [];

  constructor(state: State, world: World) {
    this.#state = state;
    this.#world = world;
  }

  turn(): Turn {
    return { state: this.#state, marks: this.#marks };
  }

  submit(route: readonly Planned[]): void {
    const state = this.#state;
    state.status = 'running';
    state.round += 1;
    state.at = 0;
    const past = state.steps.filter((step) => step.state !== 'waiting');
    if (past.length)
      state.former = { ...state.former, ...Object.fromEntries(past.map(({ id, name }) => [id, name])) };
    state.steps = route.map((node) => plannedStep(node, this.#id('s')));
    this.#mark({ kind: 'submitted' });
    this.#go(0);
  }

  approve(id: string): void {
    const { step, seat } = this.#open(id);
    seat.state = 'approved';
    this.#mark({ kind: 'approved', step: step.id, people: [seat.person] });
    this.#settle(step);
  }

  reject(id: string, to: 'end' | 'starter' | { step: string }): void {
    const { step, seat } = this.#open(id);
    const state = this.#state;
    if (to === 'end') {
      this.#mark({ kind: 'rejected', step: step.id, people: [seat.person] });
      this.#finish('rejected');
    } else if (to === 'starter') {
      this.#mark({ kind: 'returned', step: step.id, people: [seat.person] });
      this.#closeAll();
      state.status = 'returned';
    } else {
      const target = state.steps.findIndex((each) => each.id === to.step);
      const there = state.steps[target];
      if (!there || !earlierSteps(state).includes(there))
        throw problem('approval_bad_target', { status: 422 });
      this.#mark({ kind: 'sentBack', step: step.id, people: [seat.person], note: there.id });
      for (const each of state.steps.slice(target, state.at + 1)) {
        each.state = 'waiting';
        each.seats = [];
      }
      this.#go(target, true);
    }
  }

  hand(id: string, to: string): void {
    const { step, seat } = this.#open(id);
    this.#requireNew(step, [to]);
    this.#requireOther([to]);
    this.#replace(step, seat, to, 'handed');
    this.#mark({ kind: 'handed', step: step.id, people: [seat.person, to] });
  }

  add({ seat: id, by, where, people, mode }: Extract<Action, { kind: 'add' }>): void {
    const { step } = this.#open(id);
    const state = this.#state;
    const asked = [...new Set(people)];
    if (asked.length === 0) throw problem('approval_nobody_named', { status: 422 });
    if (where === 'before') this.#requireNew(step, asked);
    this.#requireOther(asked);
    if (state.steps.length >= MOST_STEPS) throw problem('approval_too_long', { status: 422 });
    const added: Step = {
      id: this.#id('s'),
      kind: 'approve',
      node: null,
      name: step.name,
      mode,
      state: 'waiting',
      seats: [],
      added: { by, where, people: asked },
    };
    this.#mark({ kind: 'added', step: step.id, people: asked, note: where });
    if (where === 'after') {
      state.steps.splice(state.at + 1, 0, added);
      return;
    }
    step.state = 'waiting';
    for (const seat of step.seats) if (seat.state === 'open') seat.state = 'waiting';
    state.steps.splice(state.at, 0, added);
    this.#go(state.at);
  }

  /** Puts another person wherever this one would still be asked; whoever is asked there anyway is asked once. */
  replace({ from, to: wanted, back }: Extract<Action, { kind: 'replace' }>): void {
    const { status, steps, at } = this.#state;
    if (status !== 'running') throw ended();
    const to = this.#other(wanted) as string;
    let any = false;
    for (const step of steps.filter((each) => each.state !== 'done')) {
      any = replaceIn(step, from, to, back ? wanted : null, () => this.#id('p')) || any;
    }
    if (!any) throw problem('approval_decided', { status: 409 });
    const step = steps[at] as Step;
    this.#mark({ kind: 'handed', step: step.id, people: [from, to] });
    this.#settle(step);
  }

  withdraw(): void {
    const state = this.#state;
    if (state.status !== 'running' && state.status !== 'returned') throw ended();
    this.#mark({ kind: 'withdrawn' });
    this.#closeAll();
    state.status = 'withdrawn';
  }

  expire(id: string): void {
    const state = this.#state;
    const step = state.steps[state.at];
    if (state.status !== 'running' || step?.id !== id || step.state !== 'open' || !step.limit)
      throw problem('approval_not_due', { status: 409 });
    const { limit } = step;
    step.limit = undefined;
    const left = step.seats.filter((seat) => seat.state === 'open' || seat.state === 'waiting');
    this.#mark({
      kind: 'timeout',
      step: step.id,
      people: left.map((seat) => seat.person),
      note: limit.effect,
    });
    if (limit.effect === 'reject') this.#finish('rejected');
    else if (limit.effect === 'approve') {
      for (const seat of left) Object.assign(seat, { state: 'passed', note: 'timeout' });
      this.#settle(step);
    } else {
      for (const seat of left.filter((each) => each.state === 'open')) {
        const to = this.#other(
          limit.effect === 'handTo'
            ? limit.to
            : (this.#world.managers?.get(seat.person) ?? this.#world.administrators[0]),
        );
        // Whoever is asked here already is not asked twice.
        if (!to || step.seats.some((each) => each.person === to && each.state !== 'dropped')) continue;
        this.#replace(step, seat, to, limit.effect === 'handTo' ? 'handed' : 'escalated');
        this.#mark({ kind: 'handed', step: step.id, people: [seat.person, to], note: limit.effect });
      }
    }
  }

  /** Goes on from a step until someone is asked, or the approval has ended. */
  #go(from: number, anew = false): void {
    const state = this.#state;
    for (let at = from; ; at += 1) {
      state.at = at;
      const step = state.steps[at];
      if (!step) {
        this.#finish('approved');
        return;
      }
      if (step.kind === 'end') {
        step.state = 'done';
        this.#finish(step.outcome ?? 'approved');
        return;
      }
      if (step.kind === 'cc') {
        this.#copy(step);
        continue;
      }
      this.#enter(step, anew && at === from);
      if (this.#isSettled(step)) {
        this.#close(step);
        continue;
      }
      return;
    }
  }

  #copy(step: Step): void {
    const people = [...(this.#world.cast.get(step.node ?? '') ?? [])];
    step.state = 'done';
    step.seats = people.map((person) => ({ id: this.#id('p'), person, state: 'passed' }));
    this.#state.copies = [...new Set([...this.#state.copies, ...people])];
    if (people.length) this.#mark({ kind: 'copied', step: step.id, people });
  }

  /** @param anew sent back to this step on purpose: who decided before is asked again */
  #enter(step: Step, anew: boolean): void {
    step.state = 'open';
    if (step.seats.length === 0) this.#seat(step, anew);
    this.#openNext(step);
    const people = step.seats.flatMap((seat) => (seat.state === 'open' ? [seat.person] : []));
    if (people.length) this.#mark({ kind: 'opened', step: step.id, people });
  }

  #seat(step: Step, anew: boolean): void {
    let people = [...new Set(step.added?.people ?? this.#world.cast.get(step.node ?? '') ?? [])];
    const empty = people.length === 0;
    if (empty) {
      people = administratorsFor(this.#state.self, this.#world.administrators);
      step.mode = 'any';
      if (people.length === 0) throw problem('approval_nobody', { status: 409 });
      this.#mark({ kind: 'empty', step: step.id, people });
    }
    const replaced = withoutSelf(people, step.mode, this.#state.self, this.#world);
    if (replaced) {
      people = replaced.people;
      step.mode = replaced.mode;
      if (replaced.instead.length) this.#mark({ kind: 'self', step: step.id, people: replaced.instead });
    }
    const decided = anew || step.added ? new Set<string>() : this.#decided(step);
    step.seats = people.map((person): Seat => {
      const seat: Seat = { id: this.#id('p'), person, state: 'waiting' };
      if (decided.has(person)) Object.assign(seat, { state: 'passed', note: 'repeated' });
      else if (person === this.#state.self) seat.note = 'alone';
      else if (empty) seat.note = 'empty';
      else if (replaced?.instead.includes(person)) seat.note = 'self';
      return seat;
    });
    const repeated = step.seats.flatMap((seat) => (seat.state === 'passed' ? [seat.person] : []));
    if (repeated.length) this.#mark({ kind: 'passed', step: step.id, people: repeated, note: 'repeated' });
  }

  /** Who has agreed at an earlier step of this round. */
  #decided(step: Step): Set<string> {
    const { steps } = this.#state;
    return new Set(
      steps
        .slice(0, steps.indexOf(step))
        .flatMap((each) => each.seats.flatMap((seat) => (seat.state === 'approved' ? [seat.person] : []))),
    );
  }

  #openNext(step: Step): void {
    if (this.#isSettled(step)) return;
    const waiting = step.seats.filter((seat) => seat.state === 'waiting');
    for (const seat of step.mode === 'turn' ? waiting.slice(0, 1) : waiting) seat.state = 'open';
  }

  #isSettled(step: Step): boolean {
    const asked = step.seats.filter((seat) => seat.state !== 'dropped');
    const agreed = asked.filter((seat) => seat.state === 'approved' || seat.state === 'passed');
    return step.mode === 'any' ? agreed.length > 0 : agreed.length === asked.length;
  }

  #settle(step: Step): void {
    if (this.#isSettled(step)) {
      this.#close(step);
      this.#go(this.#state.at + 1);
    } else if (step.mode === 'turn' && !step.seats.some((seat) => seat.state === 'open')) {
      this.#openNext(step);
      const people = step.seats.flatMap((seat) => (seat.state === 'open' ? [seat.person] : []));
      this.#mark({ kind: 'opened', step: step.id, people });
    }
  }

  #close(step: Step): void {
    step.state = 'done';
    for (const seat of step.seats)
      if (seat.state === 'open' || seat.state === 'waiting') seat.state = 'dropped';
  }

  #closeAll(): void {
    for (const step of this.#state.steps) if (step.state === 'open') this.#close(step);
  }

  #finish(outcome: 'approved' | 'rejected'): void {
    this.#closeAll();
    this.#state.status = outcome;
    this.#mark({ kind: 'ended', note: outcome });
  }

  #replace(step: Step, seat: Seat, to: string, note: 'handed' | 'escalated'): void {
    seat.state = 'dropped';
    seat.to = to;
    step.seats.splice(step.seats.indexOf(seat) + 1, 0, {
      id: this.#id('p'),
      person: to,
      state: 'open',
      note,
    });
  }

  #open(id: string): { step: Step; seat: Seat } {
    if (this.#state.status !== 'running') throw ended();
    const found = openSeats(this.#state).find(({ seat }) => seat.id === id);
    if (!found) throw problem('approval_decided', { status: 409 });
    return found;
  }

  #requireNew(step: Step, people: string[]): void {
    if (step.seats.some((seat) => seat.state !== 'dropped' && people.includes(seat.person)))
      throw problem('approval_asked_already', { status: 422 });
  }

  /** The person who began is not brought in by others either. */
  #requireOther(people: string[]): void {
    const { self } = this.#state;
    if (self && people.includes(self)) throw problem('approval_self', { status: 422 });
  }

  /** This person, or in place of the one who began whoever is asked for him. */
  #other(person: string | undefined): string | undefined {
    const { self } = this.#state;
    if (!person || person !== self) return person;
    return withoutSelf([person], 'all', self, this.#world)?.people[0];
  }

  #mark(mark: Mark): void {
    this.#marks.push(mark);
  }

  #id(prefix: string): string {
    this.#state.counter += 1;
    return `${prefix}${this.#state.counter}`;
  }
}

const ended = () => problem('approval_ended', { status: 409 });
