/**
 * Device: one WebGPU device, the browser's or Dawn's, with its limits, its loss and its error scopes.
 *
 * The two buffer-size limits are asked for at the adapter's own maximum: a limit costs nothing until it is used,
 * and one device then serves every network that the adapter can hold. All else stays at WebGPU's defaults,
 * so that what runs here runs anywhere.
 */

/** Who computes, as shown to people. */
export interface AdapterFacts {
  readonly name: string;
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** True for SwiftShader, lavapipe, WARP and other adapters that are programs. */
  readonly software: boolean;
}

/** The device is gone: lost to the driver, to the system, or destroyed. */
export class DeviceLostError extends Error {
  override name = "DeviceLostError";
}

/** A network, or one of its fields, is larger than this adapter can hold. */
export class TooLargeError extends Error {
  override name = "TooLargeError";
}

export interface Device {
  readonly gpu: GPUDevice;
  readonly facts: AdapterFacts;
  readonly timestamps: boolean;
  /** True where kernels may use subgroup operations. */
  readonly subgroups: boolean;
  /** Bytes that all fields together may take, where the host knows (a software adapter's is the machine's free memory). */
  readonly memory: number | undefined;
  /** Resolves (never rejects) with the sentence that says why the device was lost. */
  readonly lost: Promise<string>;
  /** The reason of the loss once it has happened. */
  lostReason(): string | undefined;
  /** Bytes that fields on this device take so far; `Memory` keeps count. */
  allocated: number;
  /** Makes GPU calls inside error scopes; a validation, memory or internal error becomes a thrown Error. */
  scoped<T>(what: string, work: () => T): Promise<T>;
  /** Reads `bytes` bytes of a buffer from an offset, a multiple of 4. @throws DeviceLostError when the device goes meanwhile */
  readBuffer(buffer: GPUBuffer, bytes?: number, offset?: number): Promise<ArrayBuffer>;
  /** Reads several parts in one go, as each has its price; bytes and offsets are multiples of 4. */
  readBuffers(parts: readonly BufferPart[]): Promise<ArrayBuffer[]>;
  /** Waits until all work submitted so far is done. @throws DeviceLostError */
  settled(): Promise<void>;
  destroy(): void;
}

/** Bytes of a buffer from an offset; all of them by default. */
export interface BufferPart {
  readonly buffer: GPUBuffer;
  readonly bytes?: number | undefined;
  readonly offset?: number | undefined;
}

/** How long after a failed wait a device may take to say that it is lost. */
const noticeMs = 100;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Staging buffers up to this size are kept for the next read, in bytes. */
const largestKept = 65_536;

const softwareNames = /swiftshader|llvmpipe|lavapipe|software|microsoft basic render|warp/i;

/** Adapter names as drivers give them are uneven: this finds the most telling one. */
export function describeAdapter(info: GPUAdapterInfo): AdapterFacts {
  const { vendor, architecture, description, device } = info;
  const told = [description, device, architecture, vendor].find((text) => text && text.length > 3);
  const all = [vendor, architecture, description, device].join(" ");
  const fallback = (info as { isFallbackAdapter?: boolean }).isFallbackAdapter === true;
  return {
    name: (/swiftshader/i.test(all) ? "SwiftShader" : told) || "unnamed adapter",
    vendor,
    architecture,
    description,
    software: fallback || softwareNames.test(all),
  };
}

/**
 * Opens a device on a `GPU` object.
 * @param options.softwareMemory bytes that may be used where the adapter turns out to be software
 * @throws Error in one sentence when there is no adapter
 */
export async function openDevice(
  gpu: GPU | undefined,
  options: { powerPreference?: GPUPowerPreference; softwareMemory?: number } = {},
): Promise<Device> {
  if (!gpu)
    throw new Error(
      "WebGPU was expected in this browser and not found: use Chrome or Edge 113, Safari 26 or Firefox 141, or later, over https or localhost.",
    );
  const adapter = await gpu.requestAdapter({
    powerPreference: options.powerPreference ?? "high-performance",
  });
  if (!adapter)
    throw new Error(
      "WebGPU is here but no adapter answered: turn on hardware acceleration in the browser's settings, or start Chrome with --enable-unsafe-webgpu --use-webgpu-adapter=swiftshader.",
    );
  const wanted: GPUFeatureName[] = ["timestamp-query", "subgroups"];
  const device = await adapter.requestDevice({
    requiredFeatures: wanted.filter((feature) => adapter.features.has(feature)),
    requiredLimits: {
      maxBufferSize: adapter.limits.maxBufferSize,
      maxStorageBufferBindingSize: adapter.limits.maxStorageBufferBindingSize,
    },
  });
  const facts = describeAdapter(adapter.info);
  return wrap(device, facts, facts.software ? options.softwareMemory : undefined);
}

/** What became of GPU calls that were watched: their result at once, their error later. */
interface Watched<T> {
  readonly result: T;
  /** Resolves to the first validation, memory or internal error, or to nothing. */
  readonly error: Promise<string | undefined>;
}

/** Makes calls inside error scopes that are opened and closed at once, so that no other work falls into them. */
export function watch<T>(gpu: GPUDevice, work: () => T): Watched<T> {
  const filters: GPUErrorFilter[] = ["validation", "out-of-memory", "internal"];
  for (const filter of filters) gpu.pushErrorScope(filter);
  try {
    const result = work();
    return { result, error: Promise.all(filters.map(() => gpu.popErrorScope())).then(firstLine) };
  } catch (error) {
    for (const _ of filters) gpu.popErrorScope().catch(() => undefined);
    throw error;
  }
}

function firstLine(errors: readonly (GPUError | null)[]): string | undefined {
  return errors.find((error) => error !== null)?.message.split("\n")[0];
}

function wrap(gpu: GPUDevice, facts: AdapterFacts, memory: number | undefined): Device {
  let reason: string | undefined;
  /** The first error that no scope caught: what was submitted then did not run, so no later result can be trusted. */
  let failure: string | undefined;
  gpu.addEventListener("uncapturederror", ({ error }) => {
    failure ??= `WebGPU on ${facts.name} refused some work: ${error.message.split("\n")[0]}`;
  });
  // Waits under way: each is told of a loss. They are kept apart from `lost`, which would hold on to them for ever.
  const waits = new Set<(error: Error) => void>();
  const lost = gpu.lost.then((info) => {
    reason = `The GPU device "${facts.name}" was lost (${info.message || info.reason || "no reason given"}).`;
    for (const reject of waits) reject(new DeviceLostError(reason));
    waits.clear();
    return reason;
  });
  // After a loss most calls seem to succeed and some promises never settle: every wait ends with the device.
  const orLost = <T>(wait: Promise<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (reason !== undefined) reject(new DeviceLostError(reason));
      waits.add(reject);
      wait.then(
        (value) => {
          waits.delete(reject);
          if (failure === undefined) resolve(value);
          else reject(new Error(failure));
        },
        async (error: unknown) => {
          // Chrome rejects a mapping a little before it says that the device is gone: then `lost` rejects this wait.
          if (reason === undefined) await sleep(noticeMs);
          waits.delete(reject);
          reject(error);
        },
      );
    });

  // Metrics are read after every submit, several at a time: their staging buffers are used again.
  const idle = new Map<number, GPUBuffer[]>();
  const device: Device = {
    gpu,
    facts,
    timestamps: gpu.features.has("timestamp-query"),
    subgroups: gpu.features.has("subgroups"),
    memory,
    allocated: 0,
    lost,
    lostReason: () => reason,
    async scoped(what, work) {
      if (reason !== undefined) throw new DeviceLostError(reason);
      const { result, error } = watch(gpu, work);
      const message = await orLost(error);
      if (message !== undefined) throw new Error(`${what} failed on ${facts.name}: ${message}`);
      return result;
    },
    readBuffer: async (buffer, bytes, offset) => (await device.readBuffers([{ buffer, bytes, offset }]))[0]!,
    async readBuffers(parts) {
      const sizes = parts.map(({ buffer, bytes = buffer.size }) => bytes);
      const total = sizes.reduce((sum, bytes) => sum + bytes, 0);
      if (total === 0) return sizes.map(() => new ArrayBuffer(0));
      const staging =
        idle.get(total)?.pop() ??
        gpu.createBuffer({
          label: `read ${total} bytes`,
          size: total,
          usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ,
        });
      const encoder = gpu.createCommandEncoder();
      let at = 0;
      const places = sizes.map((bytes) => {
        at += bytes;
        return at - bytes;
      });
      for (const [index, { buffer, offset = 0 }] of parts.entries())
        encoder.copyBufferToBuffer(buffer, offset, staging, places[index]!, sizes[index]!);
      gpu.queue.submit([encoder.finish()]);
      await orLost(staging.mapAsync(GPUMapMode.READ)).catch((error: unknown) => {
        staging.destroy();
        throw error;
      });
      const mapped = staging.getMappedRange();
      const results = places.map((place, index) => mapped.slice(place, place + sizes[index]!));
      if (total > largestKept) {
        staging.destroy();
      } else {
        staging.unmap();
        idle.set(total, [...(idle.get(total) ?? []), staging]);
      }
      return results;
    },
    settled: () => orLost(gpu.queue.onSubmittedWorkDone()).then(() => undefined),
    destroy: () => gpu.destroy(),
  };
  return device;
}
