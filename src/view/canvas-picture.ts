/**
 * CanvasPicture: what a fragment shader makes of buffers, drawn over the whole of a canvas: straight into it, or into a
 * texture whose pixels are then put there. A browser without a GPU composes its pages in software, where a canvas for WebGPU
 * can cost the device; there the copy is memory to memory anyway.
 */
import { type Device, watch } from "../gpu/device";
import { type Binding, parseBindings } from "../gpu/kernel";
import { describeMessages, linkShader } from "../gpu/shader";

/** What stays of the picture before: it moves `shift` pixels to the left, and the last `fresh` columns are drawn anew. */
export interface Kept {
  readonly shift: number;
  readonly fresh: number;
}

/** Shows what is drawn into its view. */
interface Surface {
  readonly format: GPUTextureFormat;
  /** Whether it can keep part of the picture before. */
  readonly keeps: boolean;
  view(): GPUTextureView;
  /** What has to be encoded behind the drawing. @returns what has to be done, once that is submitted, before more is drawn */
  finish(encoder: GPUCommandEncoder, kept: Kept | undefined): (() => Promise<void>) | undefined;
  destroy(): void;
}

export class CanvasPicture {
  private constructor(
    private readonly device: Device,
    private readonly canvas: HTMLCanvasElement,
    private readonly surface: Surface,
    private readonly pipeline: GPURenderPipeline,
    private readonly bindings: readonly Binding[],
  ) {}

  /**
   * @param canvas with the size that it is to have
   * @param shader under shaders/, with the entry points `corner` (three corners of a triangle over all) and `shade`
   * @param sizes constants that it is compiled with
   * @param direct whether it draws straight into the canvas
   * @throws where the shader doesn't compile, or the browser gives no such canvas
   */
  static async create(
    device: Device,
    canvas: HTMLCanvasElement,
    shader: string,
    sizes: Readonly<Record<string, number>>,
    direct: boolean,
  ): Promise<CanvasPicture> {
    const { gpu } = device;
    const surface = direct ? directSurface(device, canvas) : copiedSurface(device, canvas);
    const linked = linkShader(shader);
    const head = Object.entries(sizes).map(([name, value]) => `const ${name} = ${value}u;`);
    const code = [...head, linked.code].join("\n");
    const origin = [...head.map((_, line) => ({ file: "<sizes>", line: line + 1 })), ...linked.origin];
    const { result: module, error } = watch(gpu, () => gpu.createShaderModule({ label: shader, code }));
    const wrong = (await module.getCompilationInfo()).messages.filter(({ type }) => type === "error");
    if (wrong.length > 0) throw new Error(describeMessages({ name: shader, code, origin }, wrong));
    const refused = await error;
    if (refused !== undefined) throw new Error(`${shader}: ${refused}`);
    const bindings = parseBindings(linked);
    const entries = bindings.map(({ binding, type }) => ({
      binding,
      visibility: GPUShaderStage.FRAGMENT,
      buffer: { type },
    }));
    const layout = gpu.createBindGroupLayout({ label: shader, entries });
    const pipeline = await gpu.createRenderPipelineAsync({
      label: shader,
      layout: gpu.createPipelineLayout({ bindGroupLayouts: [layout] }),
      vertex: { module, entryPoint: "corner" },
      fragment: { module, entryPoint: "shade", targets: [{ format: surface.format }] },
    });
    return new CanvasPicture(device, canvas, surface, pipeline, bindings);
  }

  /**
   * @param buffers by the names that the shader gives them
   * @param kept what may stay of the picture before
   * @returns what to wait for before the next picture, if anything
   */
  draw(buffers: Readonly<Record<string, GPUBuffer>>, kept?: Kept): Promise<void> | undefined {
    const { surface } = this;
    const { gpu } = this.device;
    const { width, height } = this.canvas;
    const part = surface.keeps && kept && kept.fresh < width ? kept : undefined;
    const from = part ? width - part.fresh : 0;
    const encoder = gpu.createCommandEncoder();
    const pass = encoder.beginRenderPass({
      colorAttachments: [{ view: surface.view(), loadOp: "clear", storeOp: "store" }],
    });
    pass.setPipeline(this.pipeline);
    pass.setScissorRect(from, 0, width - from, height);
    const group = gpu.createBindGroup({
      layout: this.pipeline.getBindGroupLayout(0),
      entries: this.bindings.map(({ name, binding }) => ({ binding, resource: { buffer: buffers[name]! } })),
    });
    pass.setBindGroup(0, group);
    pass.draw(3);
    pass.end();
    const after = surface.finish(encoder, part);
    gpu.queue.submit([encoder.finish()]);
    return after?.();
  }

  destroy(): void {
    this.surface.destroy();
  }
}

function contextOf<Kind extends "webgpu" | "2d">(canvas: HTMLCanvasElement, kind: Kind) {
  const context = canvas.getContext(kind);
  if (context) return context as Kind extends "webgpu" ? GPUCanvasContext : CanvasRenderingContext2D;
  throw new Error(`A canvas for ${kind} was expected here, but the browser gave none; reload the page.`);
}

function directSurface({ gpu }: Device, canvas: HTMLCanvasElement): Surface {
  const context = contextOf(canvas, "webgpu");
  const format = navigator.gpu.getPreferredCanvasFormat();
  context.configure({ device: gpu, format, alphaMode: "opaque" });
  return {
    format,
    keeps: false,
    view: () => context.getCurrentTexture().createView(),
    finish: () => undefined,
    destroy: () => context.unconfigure(),
  };
}

function copiedSurface(device: Device, canvas: HTMLCanvasElement): Surface {
  const { width, height } = canvas;
  const pen = contextOf(canvas, "2d");
  const format = "rgba8unorm" as const;
  const texture = device.gpu.createTexture({
    size: [width, height],
    format,
    usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
  });
  const rowWords = (columns: number) => 64 * Math.ceil(columns / 64); // rows of a copy start at multiples of 256 bytes
  const pixels = device.gpu.createBuffer({
    label: "picture",
    size: 4 * rowWords(width) * height,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
  });
  let gone = false;
  return {
    format,
    keeps: true,
    view: () => texture.createView(),
    finish(encoder, kept) {
      const columns = kept?.fresh ?? width;
      const row = rowWords(columns);
      const from = { texture, origin: [width - columns, 0] };
      encoder.copyTextureToBuffer(from, { buffer: pixels, bytesPerRow: 4 * row }, [columns, height]);
      const put = (bytes: ArrayBuffer) => {
        if (gone) return;
        if (kept && kept.shift > 0) pen.drawImage(canvas, -kept.shift, 0);
        pen.putImageData(new ImageData(new Uint8ClampedArray(bytes), row, height), width - columns, 0);
      };
      // A lost device is told of by whoever computes on it.
      return () => device.readBuffer(pixels, 4 * row * height).then(put, () => undefined);
    },
    destroy() {
      gone = true;
      texture.destroy();
      pixels.destroy();
    },
  };
}
