/** A dataset on the GPU, shared by all rules that race on it: uploaded once, never touched again. */
import type { Device } from "../gpu/device";
import type { Field } from "../gpu/field";
import { Memory } from "../gpu/memory";
import type { SplitFields } from "../net/builder";
import type { Dataset, Split } from "../task/dataset";

export interface DataOnDevice {
  readonly dataset: Dataset;
  readonly memory: Memory;
  readonly train: SplitFields;
  readonly test: SplitFields;
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

/** Uploads both splits. @throws TooLargeError where they don't fit the adapter */
export async function uploadDataset(device: Device, dataset: Dataset): Promise<DataOnDevice> {
  const memory = new Memory(device);
  const train = splitFields("train", dataset.train, dataset.inputs);
  const test = splitFields("test", dataset.test, dataset.inputs);
  await memory.allocate([train.data, train.labels, test.data, test.labels]);
  for (const [fields, split] of [
    [train, dataset.train],
    [test, dataset.test],
  ] as const) {
    memory.write(fields.data.name, split.data);
    memory.write(fields.labels.name, Uint32Array.from(split.labels));
  }
  return { dataset, memory, train, test };
}
