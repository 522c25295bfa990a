/** Work: what is measured on the page's device, one thing at a time. It knows no element of the page. */
import type { ProfilePlan } from "../../src/experiment/profile-plan";
import {
  type Measured,
  makeReady,
  measuredOf,
  peaksOf,
  type Subject,
  traceSubject,
} from "../../src/experiment/profile-run";
import { type TunedProduct, tuneTiles, useTuned } from "../../src/experiment/tune";
import type { Device } from "../../src/gpu/device";
import { bestOf, type Peaks } from "../../src/gpu/peaks";
import { profileTogether } from "../../src/gpu/profiler";
import type { Trace } from "../../src/gpu/trace";
import { type Cuts, cutsInUse, forgetCuts, useCuts } from "../../src/net/tiles";
import { pageDevice } from "../../src/view/page-device";

/** Hears a share from 0 to 1, and what is done. */
export type Progress = (share: number, what: string) => void;

/** What is measured: a plan, and the tiles that its products are cut in; by default those that the page uses now. */
export interface Entry {
  readonly plan: ProfilePlan;
  readonly cuts?: Cuts;
}

/** One measured plan, with a trace of real steps. */
export interface Run extends Measured {
  readonly cuts: Cuts;
  readonly trace: Trace;
}

/** Rounds of a measurement; a comparison needs more, to tell small differences. */
const rounds = { alone: 9, compared: 15 };

/** Less than in the terminal: somebody is waiting. */
const stepsMs = 60;

/** Of the way that is all getting ready, measuring, and tracing. */
const shares = { peaks: 0.15, ready: 0.45, measured: 0.95 };

const peaks = new WeakMap<Device, Peaks>();

/** Measured before each run, as a machine is busy now and idle then; the best so far are the adapter's. */
async function peaksFor(device: Device): Promise<Peaks> {
  const [before, now] = [peaks.get(device), await peaksOf(device)];
  const best = before ? bestOf(before, now) : now;
  peaks.set(device, best);
  return best;
}

/**
 * Measures plans in the same rounds. All are made ready anew, so that each finds its fields in fresh places.
 * @throws one sentence, or the signal's reason
 */
export async function measureTogether(
  entries: readonly Entry[],
  progress: Progress,
  signal: AbortSignal,
): Promise<Run[]> {
  const device = await pageDevice();
  progress(0, "Measuring what this adapter can do at its best…");
  const roofs = await peaksFor(device);
  const subjects: Subject[] = [];
  const present = cutsInUse(device);
  try {
    for (const [index, { plan, cuts = present }] of entries.entries()) {
      const hears = (done: number, of: number, what: string) => {
        const share = (index + done / of) / entries.length;
        progress(
          shares.peaks + (shares.ready - shares.peaks) * share,
          `Compiling ${what} (${done + 1} of ${of})…`,
        );
      };
      useCuts(device, cuts);
      subjects.push(await makeReady(device, plan, { progress: hears, signal }));
    }
    const profiles = await profileTogether(
      device,
      subjects.map(({ runner }) => runner),
      {
        stepsMs,
        rounds: entries.length > 1 ? rounds.compared : rounds.alone,
        peaks: roofs,
        signal,
        progress: (done, of, what) =>
          progress(shares.ready + ((shares.measured - shares.ready) * done) / of, `Timing: ${what}…`),
      },
    );
    progress(shares.measured, "Tracing a few real steps…");
    const runs: Run[] = [];
    for (const [index, subject] of subjects.entries())
      runs.push({
        ...measuredOf(subject, roofs, profiles[index]!),
        cuts: entries[index]!.cuts ?? present,
        trace: await traceSubject(device, subject),
      });
    return runs;
  } finally {
    useCuts(device, present);
    if (!device.lostReason()) await device.settled().catch(() => undefined);
    for (const subject of subjects) subject.destroy();
  }
}

/** Tries the tiles of a plan's products, and has the page use the best from then on. @throws as `measureTogether` */
export async function tunePlan(
  plan: ProfilePlan,
  progress: Progress,
  signal: AbortSignal,
): Promise<TunedProduct[]> {
  const device = await pageDevice();
  const subject = await makeReady(device, plan, {
    signal,
    progress: (done, of, what) => progress((0.1 * done) / of, `Compiling ${what}…`),
  });
  try {
    const hears = (done: number, of: number, what: string) => progress(0.1 + (0.9 * done) / of, `${what}…`);
    const tuned = await tuneTiles(device, subject, { progress: hears, signal });
    useTuned(device, tuned);
    return tuned;
  } finally {
    if (!device.lostReason()) await device.settled().catch(() => undefined);
    subject.destroy();
  }
}

/** Whether the page cuts products as they were tuned, or as usual; from the next measurement on. */
export async function takeTuned(tuned: readonly TunedProduct[], take: boolean): Promise<void> {
  const device = await pageDevice();
  if (take) useTuned(device, tuned);
  else forgetCuts(device);
}
