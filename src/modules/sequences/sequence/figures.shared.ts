/** How far one step of a sequence goes. */
export interface StepFigures {
  step: string;
  subject: string;
  action: string;
  wait: number;
  unit: string;
  /** Runs it was done for; of these, those answered after it and before the next, and those that won with it as their last. */
  reached: number;
  replied: number;
  won: number;
}

/** How many runs of a sequence stand how. */
export interface SequenceCounts {
  sequence: string;
  active: number;
  paused: number;
  finished: number;
  stopped: number;
  replied: number;
}

/** A step of a playbook, as it would be told the person it is for. */
export interface OfferedStep {
  action: string;
  wait: number;
  unit: string;
  subject: string;
  text: string | null;
}

/** A sequence that is offered in the stage a piece of business stands in. */
export interface Offer {
  id: string;
  name: string;
  /** The run it has here, if it was begun. */
  run: string | null;
  steps: OfferedStep[];
}

/** What a stage recommends. */
export interface Playbook {
  stage: string | null;
  text: string | null;
  offers: Offer[];
}

/** A task that is a step: what to say, and of which run. */
export interface TaskStep {
  run: string | null;
  action: string;
  email: string | null;
}
