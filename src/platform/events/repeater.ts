export interface Again {
  /** When to work once more, whether or not anybody calls. */
  inMs: number;
  /** Until then calls are not heard: the work failed, and would again. */
  deaf?: boolean;
}

export interface Repeater {
  /** Asks for the work to be done: at most one at a time; a call meanwhile makes it be done once more. */
  wake(): void;
  /** Waits for what is being done and ends. */
  stop(): Promise<void>;
}

/** Between two times: what many changes in a row bring is read together, and leaves the machine to those who make them. */
const REST_MS = 250;

/** Does the same work over and over when called. */
export function repeater(work: () => Promise<Again | undefined>, restMs = REST_MS): Repeater {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let deafUntil = 0;
  let restUntil = 0;
  let later: { timer: NodeJS.Timeout; at: number } | undefined;

  function wake(): void {
    const now = performance.now();
    if (stopped || now < deafUntil) return;
    if (running) {
      again = true;
      return;
    }
    if (now < restUntil) {
      wakeAt(restUntil);
      return;
    }
    again = false;
    running = work().then((next) => {
      running = null;
      const ended = performance.now();
      restUntil = ended + restMs;
      if (next?.deaf) deafUntil = ended + next.inMs;
      if (next) wakeAt(ended + next.inMs);
      if (again) wake();
    });
  }

  /** One timer is enough: the sooner of what is waited for, unless nothing sooner would be heard. */
  function wakeAt(at: number): void {
    const heard = Math.max(at, deafUntil);
    if (later && later.at <= heard && later.at >= deafUntil) return;
    clearTimeout(later?.timer);
    const timer = setTimeout(
      () => {
        later = undefined;
        deafUntil = 0;
        wake();
      },
      Math.max(0, heard - performance.now()),
    );
    later = { timer: timer.unref(), at: heard };
  }

  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(later?.timer);
      await running;
    },
  };
}
