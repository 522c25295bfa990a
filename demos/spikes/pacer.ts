/**
 * Pacer: how many steps one submit may take, so that the page stays smooth. The time they take is told by the GPU's own clock
 * where it has one for us; else by the host, which hears of the end late and takes the time between two ends.
 */
import type { Device } from "../../src/gpu/device";

/** What the steps of a submit should take, ms, or up to twice that: a GPU draws the page as well, a software adapter is aside. */
const targets = { gpu: 7, software: 16 };
/** A host hears of an end a frame late, so less than this says nothing. */
const heardMs = 18;

export class Pacer {
  private size = 4;
  private ended = 0;
  private readonly target: number;
  private readonly clock: { readonly set: GPUQuerySet; readonly ticks: GPUBuffer } | undefined;

  /** @param most steps of a submit */
  constructor(
    private readonly device: Device,
    public most: number,
  ) {
    const { gpu, facts, timestamps } = device;
    this.target = facts.software ? targets.software : targets.gpu;
    const usage = timestamps && GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC;
    this.clock = usage
      ? {
          set: gpu.createQuerySet({ label: "steps", type: "timestamp", count: 2 }),
          ticks: gpu.createBuffer({ label: "steps", size: 16, usage }),
        }
      : undefined;
  }

  /** Steps that the next submit may take. */
  get steps(): number {
    return Math.max(1, Math.min(this.most, Math.floor(this.size)));
  }

  /** Submits what `advance` does, and hears how long it took. */
  async time(steps: number, advance: () => void): Promise<void> {
    const whole = steps >= this.steps;
    const begun = performance.now();
    this.mark(0);
    advance();
    const ms = (await this.mark(1)) ?? (await this.heard(begun));
    if (!whole) return;
    // Little by little, as one that took long may have waited for something else.
    const factor = ms < this.target ? 1.25 : ms > 2 * this.target ? 0.8 : 1;
    this.size = Math.min(this.most, Math.max(1, this.size * factor));
  }

  /** Has the GPU look at its clock. @returns with the second mark, the ms between both; undefined where the clock told none */
  private mark(index: 0 | 1): Promise<number | undefined> | undefined {
    if (!this.clock) return undefined;
    const { set, ticks } = this.clock;
    const encoder = this.device.gpu.createCommandEncoder();
    const timestampWrites = { querySet: set, endOfPassWriteIndex: index };
    encoder.beginComputePass({ timestampWrites }).end();
    if (index === 1) encoder.resolveQuerySet(set, 0, 2, ticks, 0);
    this.device.gpu.queue.submit([encoder.finish()]);
    if (index === 0) return undefined;
    return this.device.readBuffer(ticks).then((bytes) => {
      const [begin, end] = new BigUint64Array(bytes);
      return end! > begin! ? Number(end! - begin!) / 1e6 : undefined;
    });
  }

  private async heard(begun: number): Promise<number> {
    await this.device.settled();
    const now = performance.now();
    const ms = now - Math.max(begun, this.ended);
    this.ended = now;
    return ms < heardMs ? 0 : ms;
  }

  destroy(): void {
    this.clock?.set.destroy();
    this.clock?.ticks.destroy();
  }
}
