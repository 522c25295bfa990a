/** A dataset on the GPU, shared by all rules that race on it: uploaded once, never touched again. */
import type { Device } from "../gpu/device";
import type { Field } from "../gpu/field";
import { Memory } from "../gpu/memory";
import type { SplitFields } from "../net/builder";
import type { Dataset, Split } from "../task/dataset";

/** A dataset and the fields that hold it. */
export interface DataFields {
  readonly dataset: Dataset;
  readonly train: SplitFields;
  readonly test: SplitFields;
}

/** The fields themselves, each once. */
export function fieldsOfData({ train, test }: DataFields): Field[] {
  return [train.data, train.labels, test.data, test.labels];
}

export interface DataOnDevice extends DataFields {
  readonly memory: Memory;
}

function splitFields(name: string, split: Split, inputs: number): SplitFields {
  const base = { site: "neuron", home: "task" } as const;
  const data: Field = {
    ...base,
    name: `task/${name}`,
    shape: [split.count, inputs],
    type: split.data instanceof Uint8Array ? "u8" : "f32",
    role: "input",
  };
  const labels: Field = {
    ...base,
    name: `task/${name}-labels`,
    shape: [split.count],
    type: "u32",
    role: "target",
  };
  return { data, labels, count: split.count };
}

/** The fields of a dataset. @throws when a label is not one of its classes */
export function describeDataset(dataset: Dataset): DataFields {
  for (const [name, { labels }] of Object.entries({ train: dataset.train, test: dataset.test })) {
    const bad = labels.findIndex((label) => label >= dataset.classes);
    if (bad >= 0)
      throw new Error(
        `${dataset.title} has ${dataset.classes} classes, but label ${bad} of its ${name} samples is ${labels[bad]}; mend the data.`,
      );
  }
  return {
    dataset,
    train: splitFields("train", dataset.train, dataset.inputs),
    test: splitFields("test", dataset.test, dataset.inputs),
  };
}

/** Uploads both splits. @throws TooLargeError where they don't fit the adapter */
export async function uploadDataset(device: Device, dataset: Dataset): Promise<DataOnDevice> {
  const fields = describeDataset(dataset);
  const { train, test } = fields;
  const memory = new Memory(device);
  await memory.allocate(fieldsOfData(fields));
  for (const [{ data, labels }, split] of [
    [train, dataset.train],
    [test, dataset.test],
  ] as const) {
    memory.write(data.name, split.data);
    memory.write(labels.name, Uint32Array.from(split.labels));
  }
  return { ...fields, memory };
}
