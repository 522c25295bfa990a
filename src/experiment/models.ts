/**
 * Models: spiking networks that run by name, each with its source, what it shows, and how it is measured. One a file in
 * `model/`, found by glob: a file exports `model`. Model files take the interface from `model/common/model.ts`.
 */
import { unknownName } from "../gpu/name";
import type { Model, ModelOptions, Setting, Settings } from "./model/common/model";

export * from "./model/common/model";

const modules = import.meta.glob<{ model: Model }>("./model/*.ts", { eager: true });

/** Every model, by name. */
export const models: readonly Model[] = Object.values(modules)
  .map(({ model }) => model)
  .sort((a, b) => a.name.localeCompare(b.name));

/** @throws when there is none of that name, with the nearest that there is */
export function findModel(name: string): Model {
  const found = models.find((model) => model.name === name);
  if (found) return found;
  throw new Error(
    unknownName(
      "model",
      name,
      models.map((model) => model.name),
    ),
  );
}

/**
 * Options with the model's defaults filled in.
 * @param given settings by name, as text
 * @throws in one sentence for a name or a number that the model can't take
 */
export function modelOptions(
  model: Model,
  given: Partial<Omit<ModelOptions, "settings">> & { readonly settings?: Readonly<Record<string, string>> },
): ModelOptions {
  const { seconds = model.seconds, scale = model.scale?.default ?? 1, seed = 1, record = [] } = given;
  if (model.seconds === 0 && seconds !== 0)
    throw new Error(
      `How long ${model.name} runs is told by its settings (${Object.keys(model.settings ?? {}).join(", ")}); leave the seconds out.`,
    );
  if (model.seconds !== 0 && !(seconds > 0 && Number.isFinite(seconds)))
    throw new Error(`A run must take a number of seconds above 0, but was to take ${seconds}.`);
  const { min, max } = model.scale ?? { min: 1, max: 1 };
  if (!(scale >= min && scale <= max))
    throw new Error(
      min === max
        ? `The model ${model.name} has one size, but a scale of ${scale} was asked for; leave it out.`
        : `The scale of ${model.name} must be a number from ${min} to ${max}, but is ${scale}.`,
    );
  const stray = record.find((what) => !(model.records ?? []).includes(what));
  if (stray !== undefined)
    throw new Error(
      `The model ${model.name} records ${model.records?.join(", ") || "nothing"}, but ${stray} was asked for.`,
    );
  return { ...given, seconds, scale, seed, record, settings: settingsOf(model, given.settings ?? {}) };
}

function settingsOf(model: Model, given: Readonly<Record<string, string>>): Settings {
  const known = model.settings ?? {};
  for (const name of Object.keys(given))
    if (!Object.hasOwn(known, name))
      throw new Error(
        Object.keys(known).length === 0
          ? `The model ${model.name} has no settings, but ${name} was set; leave it out.`
          : unknownName(`setting of ${model.name}`, name, Object.keys(known)),
      );
  return Object.fromEntries(
    Object.entries(known).map(([name, setting]) => [
      name,
      given[name] === undefined ? setting.default : settingValue(name, setting, given[name]),
    ]),
  );
}

function settingValue(name: string, setting: Setting, typed: string): number | string {
  if (typeof setting.default === "string") {
    if (setting.choices === undefined || setting.choices.includes(typed)) return typed;
    throw new Error(unknownName(`${name}`, typed, setting.choices));
  }
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = setting;
  const value = typed.trim() === "" ? Number.NaN : Number(typed);
  if (Number.isFinite(value) && value >= min && value <= max) return value;
  throw new Error(`${name} must be a number from ${min} to ${max}, but is "${typed}".`);
}
