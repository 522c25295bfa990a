/** Race: what an experiment is made of, checked before anything is allocated: each rule's trainer, and how the data come to it. */
import { type Device, TooLargeError } from "../gpu/device";
import type { Field } from "../gpu/field";
import { bufferBytes, refuseTooLarge } from "../gpu/memory";
import type { Values } from "../net/optimiser";
import { type DatasetShape, describeShape, fieldsOfData, type Streaming } from "./data";
import type { ExperimentOptions } from "./experiment";
import { fieldsOfPlan, type Plan, planTraining, type TrainerOptions } from "./plan";
import { checkOptimiser, findRule, shareValues } from "./rules";

/** What was told of each rule's parameters. */
export function valuesTold({
  rules,
  optimizer = "momentum",
  values,
}: ExperimentOptions): Map<string, Values> {
  return shareValues(rules.map(findRule), checkOptimiser(optimizer), values);
}

/** The options of each rule's own trainer. @throws for no rules, or one twice */
export function eachRule(options: ExperimentOptions): TrainerOptions[] {
  if (options.rules.length === 0)
    throw new Error("An experiment needs at least one rule, but none was given.");
  const twice = options.rules.find((rule, index) => options.rules.indexOf(rule) !== index);
  if (twice) throw new Error(`The rule ${twice} was given twice; a race has each rule once.`);
  const told = valuesTold(options);
  return options.rules.map((rule) => ({
    ...options,
    metrics: options.metrics ?? false,
    rule,
    values: told.get(rule)!,
    options: options.options?.[rule] ?? {},
  }));
}

export interface Race {
  /** How the data are streamed; undefined where they lie on the device. */
  readonly streaming: Streaming | undefined;
  readonly plans: readonly Plan[];
  /** The fields that hold samples: once where all rules share them, for each rule where they are streamed. */
  readonly samples: readonly Field[];
  /** All other fields, those of each rule. */
  readonly own: readonly Field[];
}

function raceOn(device: Device, data: DatasetShape, options: ExperimentOptions, streaming?: Streaming): Race {
  const described = describeShape(data, streaming);
  const plans = eachRule(options).map((one) => planTraining(one, described));
  const shared = fieldsOfData(described);
  const all = [
    ...shared,
    ...plans
      .flatMap((plan) => fieldsOfPlan(plan, device))
      .filter(({ name }) => !shared.some((field) => field.name === name)),
  ];
  const isSample = ({ home }: Field) => home === "task";
  return {
    streaming,
    plans,
    samples: all.filter(isSample),
    own: all.filter((field) => !isSample(field)),
  };
}

/** Every field of a race, as often as it is allocated. */
export const fieldsOfRace = ({ samples, own }: Race): Field[] => [...samples, ...own];

/** Bytes that fields take, pads and smallest buffers counted. */
export const bytesOfFields = (fields: readonly Field[]): number =>
  fields.reduce((sum, field) => sum + bufferBytes(field), 0);

/** Whether a race fits the device as it is now. */
export function fitsDevice(device: Device, race: Race): boolean {
  try {
    refuseTooLarge(device, fieldsOfRace(race));
    return true;
  } catch (error) {
    if (error instanceof TooLargeError) return false;
    throw error;
  }
}

/**
 * A race as it would run: its data on the device where they fit, else streamed, unless `stream` says which.
 * @throws in one sentence for unknown names, bad values, or layers that don't fit the data
 */
export function planRace(device: Device, data: DatasetShape, options: ExperimentOptions): Race {
  const { stream, streamBytes, batch = 128 } = options;
  const streamed = () => raceOn(device, data, options, { batch, bytes: streamBytes });
  if (stream === true) return streamed();
  const resident = raceOn(device, data, options);
  if (stream === false || fitsDevice(device, resident)) return resident;
  // Neither may fit: then the smaller one says what is really too large.
  const other = streamed();
  return bytesOfFields(fieldsOfRace(other)) < bytesOfFields(fieldsOfRace(resident)) ? other : resident;
}
