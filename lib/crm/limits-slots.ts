/** Requests that Salesforce works on at once: 25 that take long, of which a few are left to others. */
const together = 20;
/** A request of which nothing was heard for so long will not be heard of any more. */
const forgottenMs = 150_000;

/** Places for requests under way, shared evenly by the processes that talk to the CRM at present. */
export function openSlots(now: () => number) {
  let since: number[] = [];
  const waiting: (() => void)[] = [];
  let size = together;

  const letIn = (): void => {
    since = since.filter(at => now() - at < forgottenMs);
    while (since.length < size) {
      const next = waiting.shift();
      if (!next) return;
      since.push(now());
      next();
    }
  };
  return {
    /** Waits for a place, which `leave` gives back. */
    enter(): Promise<void> {
      return new Promise(resolve => {
        waiting.push(resolve);
        letIn();
      });
    },
    leave(): void {
      since.shift();
      letIn();
    },
    /** How many processes share the places. */
    share(processes: number): void {
      size = Math.max(1, Math.floor(together / Math.max(1, processes)));
      letIn();
    },
  };
}
