/**
 * A dataset on the GPU, shared by all rules that race on it: uploaded once, never touched again. Or, where it is streamed,
 * fields that hold only the samples of the next steps: each rule then has its own, and `Stream` fills them.
 */
import type { Device } from "../gpu/device";
import { byteLength, type Field } from "../gpu/field";
import { Memory } from "../gpu/memory";
import type { SplitFields } from "../net/builder";
import type { Dataset } from "../task/dataset";
import { metricsRows } from "./schedules";

/** One split without its samples. */
export interface SplitShape {
  readonly count: number;
  readonly type: "u8" | "f32";
}

/** What of a dataset decides what a network on it looks like, and how much memory it takes. */
export interface DatasetShape extends Pick<Dataset, "name" | "inputs" | "classes"> {
  readonly train: SplitShape;
  readonly test: SplitShape;
}

/** The fields of a dataset's samples. */
export interface SampleFields {
  readonly dataset: Pick<Dataset, "name" | "inputs" | "classes">;
  readonly train: SplitFields;
  readonly test: SplitFields;
}

/** A dataset and the fields that hold it. */
export interface DataFields extends SampleFields {
  readonly dataset: Dataset;
}

export interface DataOnDevice extends DataFields {
  /** Holds the fields of a dataset that is not streamed. */
  readonly memory: Memory;
}

/** How a dataset is to be streamed. */
export interface Streaming {
  /** Samples of a training step. */
  readonly batch: number;
  /** About how many bytes of training samples each rule holds on the device. Default 32 MiB. */
  readonly bytes?: number | undefined;
}

/** Bytes of a stream's ring, unless told. */
const ringBytes = 2 ** 25;

/** Samples at a time when testing. */
export const testBatch = (count: number): number => Math.min(500, count);

/** The fields that all rules share, each once: none where the dataset is streamed. */
export function fieldsOfData({ train, test }: SampleFields): Field[] {
  return train.ring === undefined ? [train.data, train.labels, test.data, test.labels] : [];
}

export function shapeOf(dataset: Dataset): DatasetShape {
  const split = ({ count, data }: Dataset["train"]): SplitShape => ({
    count,
    type: data instanceof Uint8Array ? "u8" : "f32",
  });
  const { name, inputs, classes, train, test } = dataset;
  return { name, inputs, classes, train: split(train), test: split(test) };
}

function splitFields(name: string, { count, type }: SplitShape, inputs: number, ring?: number): SplitFields {
  const base = { site: "neuron", home: "task" } as const;
  const held = ring ?? count;
  return {
    data: { ...base, name: `task/${name}`, shape: [held, inputs], type, role: "input" },
    labels: { ...base, name: `task/${name}-labels`, shape: [held], type: "u32", role: "target" },
    count,
    ...(ring !== undefined && { ring }),
  };
}

/** Training steps that half a ring has room for: a submit takes no more of them. */
export function stepsOfRing({ ring }: SplitFields, batch: number): number {
  return ring! / 2 / batch;
}

/** Two halves, so that one fills while the steps of the other run; an epoch, or a submit, needs no more. */
function trainRing({ count, type }: SplitShape, inputs: number, { batch, bytes }: Streaming): number {
  const sample = byteLength({ shape: [inputs], type }) + 4;
  const fits = Math.floor((bytes ?? ringBytes) / 2 / (batch * sample));
  return 2 * batch * Math.max(1, Math.min(fits, metricsRows, Math.ceil(count / batch)));
}

/** The fields of a dataset of this shape. */
export function describeShape(shape: DatasetShape, streaming?: Streaming): SampleFields {
  const { train, test, inputs } = shape;
  return {
    dataset: shape,
    train: splitFields("train", train, inputs, streaming && trainRing(train, inputs, streaming)),
    test: splitFields("test", test, inputs, streaming && 2 * testBatch(test.count)),
  };
}

/** The fields of a dataset. @throws when a label is not one of its classes */
export function describeDataset(dataset: Dataset, streaming?: Streaming): DataFields {
  for (const [name, { labels }] of Object.entries({ train: dataset.train, test: dataset.test })) {
    const bad = labels.findIndex((label) => label >= dataset.classes);
    if (bad >= 0)
      throw new Error(
        `${dataset.title} has ${dataset.classes} classes, but label ${bad} of its ${name} samples is ${labels[bad]}; mend the data.`,
      );
  }
  return { ...describeShape(shapeOf(dataset), streaming), dataset };
}

/** Uploads both splits, unless they are to be streamed. @throws TooLargeError where they don't fit the adapter */
export async function uploadDataset(
  device: Device,
  dataset: Dataset,
  streaming?: Streaming,
): Promise<DataOnDevice> {
  const fields = describeDataset(dataset, streaming);
  const { train, test } = fields;
  const memory = new Memory(device);
  await memory.allocate(fieldsOfData(fields));
  if (!streaming)
    for (const [{ data, labels }, split] of [
      [train, dataset.train],
      [test, dataset.test],
    ] as const) {
      memory.write(data.name, split.data);
      memory.write(labels.name, Uint32Array.from(split.labels));
    }
  return { ...fields, memory };
}
