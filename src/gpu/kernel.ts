/**
 * Kernel: a compiled shader whose buffers are bound by the names in the WGSL, never by number.
 *
 * The WGSL is the only place where a binding is written. The host reads `@group @binding name` from it and builds
 * an explicit layout, so a buffer that is missing is named in the error.
 */
import { type Device, watch } from "./device";
import { unknownName } from "./name";
import { describeMessages, type LinkedShader, linkShader, type Slot } from "./shader";
import { unroll } from "./unroll";

/** Which shader, with what in its slots and which values for its `override` constants. Plain data: it keys the cache. */
export interface KernelSpec {
  readonly shader: string;
  readonly slots?: Readonly<Record<string, Slot>>;
  /** Values of `override` constants. */
  readonly constants?: Readonly<Record<string, number>>;
  /** Whole numbers that tiles are cut by: each becomes a `const NAME = …u;` line at the top. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Those of the sizes whose loops are written out. */
  readonly unrolled?: readonly string[];
  /** True where the shader uses subgroup operations. */
  readonly subgroups?: boolean;
  /** True where it uses them under a branch that a whole subgroup takes together, which WGSL's analysis can't see. */
  readonly diverging?: boolean;
}

export interface Binding {
  readonly name: string;
  readonly group: number;
  readonly binding: number;
  readonly type: GPUBufferBindingType;
}

const bindingLine =
  /@group\((\d+)\)\s*@binding\((\d+)\)\s*var<(storage|uniform)(?:\s*,\s*(read|read_write))?>\s*(\w+)/g;

/**
 * The bindings that a WGSL text declares.
 * @throws when two of them share a number
 */
export function parseBindings(shader: LinkedShader): Binding[] {
  const text = shader.code.replace(/\/\/[^\n]*/g, "");
  const bindings = [...text.matchAll(bindingLine)].map(([, group, binding, space, access, name]) => ({
    name: name!,
    group: Number(group),
    binding: Number(binding),
    type: (space === "uniform"
      ? "uniform"
      : access === "read_write"
        ? "storage"
        : "read-only-storage") as GPUBufferBindingType,
  }));
  const seen = new Map<string, string>();
  for (const { group, binding, name } of bindings) {
    const other = seen.get(`${group}.${binding}`);
    if (other !== undefined)
      throw new Error(
        `${shader.name}: "${other}" and "${name}" are both at @group(${group}) @binding(${binding}); give one another number.`,
      );
    seen.set(`${group}.${binding}`, name);
  }
  return bindings;
}

/** The group of the repeat's index: one small uniform, chosen by dynamic offset. */
export const turnGroup = 1;

export class Kernel {
  private constructor(
    readonly spec: KernelSpec,
    readonly pipeline: GPUComputePipeline,
    readonly bindings: readonly Binding[],
    private readonly device: Device,
  ) {}

  /** True where the kernel reads the index of the repeat around it. */
  get readsTurn(): boolean {
    return this.bindings.some(({ group }) => group === turnGroup);
  }

  /**
   * Binds buffers by name.
   * @throws when a buffer is missing or a name is not the shader's
   */
  bind(buffers: Readonly<Record<string, GPUBuffer>>): GPUBindGroup {
    const own = this.bindings.filter(({ group }) => group === 0);
    const names = own.map(({ name }) => name);
    for (const name of Object.keys(buffers))
      if (!names.includes(name))
        throw new Error(`${this.spec.shader}: ${unknownName("buffer", name, names)}`);
    return this.device.gpu.createBindGroup({
      label: this.spec.shader,
      layout: this.pipeline.getBindGroupLayout(0),
      entries: own.map(({ name, binding }) => {
        const buffer = buffers[name];
        if (!buffer)
          throw new Error(
            `${this.spec.shader} needs a buffer named "${name}", but only ${Object.keys(buffers).join(", ") || "none"} were bound.`,
          );
        return { binding, resource: { buffer } };
      }),
    });
  }

  static async compile(device: Device, spec: KernelSpec): Promise<Kernel> {
    const shader = headed(linkShader(spec.shader, spec.slots), spec);
    const bindings = parseBindings(shader);
    const gpu = device.gpu;
    const rolled = spec.unrolled === undefined;
    const code = rolled ? shader.code : unroll(shader.code, pick(spec.sizes ?? {}, spec.unrolled));
    const { result: module, error } = watch(gpu, () => gpu.createShaderModule({ label: spec.shader, code }));
    const errors = (await module.getCompilationInfo()).messages.filter(({ type }) => type === "error");
    // Written-out loops have no lines of their own: there the offending text itself must tell.
    if (errors.length > 0)
      throw new Error(describeMessages(rolled ? shader : { ...shader, code, origin: [] }, errors));
    const refused = await error;
    if (refused !== undefined) throw new Error(`${spec.shader}: ${refused}`);
    const groups = bindings.some(({ group }) => group === turnGroup) ? [0, turnGroup] : [0];
    const layout = await device.scoped(`Laying out ${spec.shader}`, () =>
      gpu.createPipelineLayout({
        bindGroupLayouts: groups.map((group) =>
          gpu.createBindGroupLayout({
            label: spec.shader,
            entries: bindings
              .filter((binding) => binding.group === group)
              .map(({ binding, type }) => ({
                binding,
                visibility: GPUShaderStage.COMPUTE,
                buffer: { type, hasDynamicOffset: group === turnGroup },
              })),
          }),
        ),
      }),
    );
    const pipeline = await gpu.createComputePipelineAsync({
      label: spec.shader,
      layout,
      compute: { module, entryPoint: "main", constants: { ...spec.constants } },
    });
    return new Kernel(spec, pipeline, bindings, device);
  }
}

function pick(sizes: Readonly<Record<string, number>>, names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, sizes[name]!]));
}

/** The shader under the lines that its spec puts on top. */
function headed(shader: LinkedShader, { sizes = {}, subgroups, diverging }: KernelSpec): LinkedShader {
  const head = [
    ...(subgroups ? ["enable subgroups;"] : []),
    ...(diverging ? ["diagnostic(off, subgroup_uniformity);"] : []),
    ...Object.entries(sizes).map(([name, value]) => `const ${name} = ${value}u;`),
  ];
  return {
    name: shader.name,
    code: [...head, shader.code].join("\n"),
    origin: [...head.map((_, index) => ({ file: "<sizes>", line: index + 1 })), ...shader.origin],
  };
}

const caches = new WeakMap<Device, Map<string, Promise<Kernel>>>();

/** Compiles a kernel, or returns the one already compiled on this device. */
export function kernelFor(device: Device, spec: KernelSpec): Promise<Kernel> {
  let cache = caches.get(device);
  if (!cache) {
    cache = new Map();
    caches.set(device, cache);
  }
  const key = JSON.stringify(spec);
  let kernel = cache.get(key);
  if (!kernel) {
    kernel = Kernel.compile(device, spec);
    cache.set(key, kernel);
  }
  return kernel;
}
