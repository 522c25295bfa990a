/** The workbench: a rule or a neuron is written, compiles as one types, and runs beside a known one once Run is pressed. */
import "../../src/view/style/page.css";
import "./style.css";
import { neuronFiles, ruleFiles } from "../../src/expression/files";
import { parseNeuron } from "../../src/expression/neuron";
import { advanceWgsl } from "../../src/expression/neuron-wgsl";
import { parseRule, seenList } from "../../src/expression/rule";
import { changeWgsl } from "../../src/expression/rule-wgsl";
import type { NeuronProgram, RuleProgram } from "../../src/expression/syntax";
import { byId, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { Facts } from "../../src/view/facts";
import { listenForKeys } from "../../src/view/keys";
import { wantsStill } from "../../src/view/motion";
import { messageOf, Notice } from "../../src/view/notice";
import { pageDevice } from "../../src/view/page-device";
import { webgpuHelp } from "../../src/view/webgpu-help";
import { Editor, showCode } from "./editor";
import { Files } from "./files";
import { Form } from "./form";
import { type Colouring, wgsl } from "./highlight";
import { NeuronBench } from "./neuron-bench";
import { RuleBench } from "./rule-bench";
import { Sliders } from "./sliders";
import { hashOf, modes, readState, type State } from "./state";
import { tellAudit } from "./told";

const page = byId("workbench");
const run = byId("wb-run") as HTMLButtonElement;
const reset = byId("wb-reset") as HTMLButtonElement;
const notice = new Notice(byId("wb-status"));
const facts = new Facts(byId("wb-facts"));
const { state: first, linked, faults } = readState(location.hash);

let state: State = first;
let hasGpu = true;
/** The neuron has been run, so that it runs again whenever it changes. */
let neuronRuns = false;

const hooks = { say: notice.say.bind(notice), changed: () => show() };
const bench = new RuleBench(facts, { ...hooks, changed: () => showBench() });
const neuronBench = new NeuronBench(facts, hooks);

const words = ["param", "let", "in", "start", "when", "dw", "and", "or", "not", "where"];
const colouring: Record<State["mode"], Colouring> = {
  rule: { words: new Set(words), seen: new Set(seenList) },
  neuron: { words: new Set(words), seen: new Set(["I"]) },
};

/** What the text says in the mode at hand, if the last word on it was good. */
let rule: RuleProgram | undefined;
let neuron: NeuronProgram | undefined;

const sliders = new Sliders(byId("wb-params"), "wb-param", (name, value) => {
  const param = editor.program?.params.find((one) => one.name === name);
  if (param) editor.write(param.at, value);
});

const editor = new Editor<RuleProgram | NeuronProgram>(
  byId("wb-text") as HTMLTextAreaElement,
  byId("wb-copy"),
  byId("wb-fault"),
  {
    colouring: () => colouring[state.mode],
    parse: (text) => (state.mode === "rule" ? parseRule(text) : parseNeuron(text)),
    changed: (program, text) => {
      choose({ [state.mode]: text });
      sliders.show(program.params);
      if (program.kind === "rule") takeRule(program);
      else takeNeuron(program);
      files.judge();
      show();
    },
    wrong: () => {
      choose({ [state.mode]: editor.text });
      show();
    },
  },
);

const files = new Files({
  mode: () => state.mode,
  files: (name) => {
    if (byId("wb-text").getAttribute("aria-invalid") === "true") return undefined;
    if (state.mode === "rule") return rule && ruleFiles(rule, name, state.rate);
    return neuron && neuronFiles(neuron, name);
  },
  renamed: (name) => choose({ name }),
});

function takeRule(program: RuleProgram): void {
  rule = program;
  showCode(byId("wb-wgsl"), changeWgsl(program), wgsl);
  byId("wb-rate-field").hidden = program.uses.has("rate");
  tellAudit(program, state);
  void bench.retell(program, state);
}

function takeNeuron(program: NeuronProgram): void {
  neuron = program;
  showCode(byId("wb-wgsl"), advanceWgsl(program), wgsl);
  if (neuronRuns) void neuronBench.run(program, state);
}

let writing = 0;
/** The state changes, and the address with it, once a person has changed something. */
function choose(change: Partial<State>): void {
  const before = hashOf(state);
  state = { ...state, ...change };
  const hash = hashOf(state);
  if (hash === before) return;
  clearTimeout(writing);
  writing = window.setTimeout(() => history.replaceState(null, "", hash), 300);
}

/** What is written: a rule or a neuron. */
function enterMode(): void {
  const { mode } = state;
  const isRule = mode === "rule";
  page.classList.toggle("is-neuron", !isRule);
  for (const part of ["wb-rule-choices", "wb-rule-picture", "wb-seen", "wb-audit-part"])
    byId(part).hidden = !isRule;
  for (const part of ["wb-neuron-choices", "wb-neuron-picture"]) byId(part).hidden = isRule;
  setText(byId("wb-label"), isRule ? "Your rule" : "Your neuron");
  form.offer(mode);
  sliders.show([]);
  facts.show({ Steps: "none yet" });
  notice.clear();
  if (bench.state === "running" && !isRule) bench.toggle();
  if (isRule) bench.redraw(state.show);
  editor.show(state[mode]);
  files.show(state.name);
}

function showBench(): void {
  show();
  if (state.mode === "rule") bench.redraw(state.show);
}

function show(): void {
  const isRule = state.mode === "rule";
  const right = editor.area.getAttribute("aria-invalid") !== "true";
  const running = isRule ? bench.state === "running" : neuronBench.busy;
  page.dataset.state = isRule ? bench.state : neuronBench.busy ? "running" : "idle";
  const goesOn = isRule && (bench.state === "running" || bench.state === "paused");
  setText(run.querySelector(".button-text")!, !goesOn ? "Run" : running ? "Pause" : "Go on");
  run.classList.toggle("is-running", running && isRule);
  run.disabled = !hasGpu || (!goesOn && !right) || (!isRule && running);
  reset.hidden = !isRule;
  reset.disabled = !hasGpu || !right || bench.state === "idle";
  form.show(editor.text);
}

function begin(): void {
  if (state.mode === "neuron") {
    neuronRuns = true;
    if (neuron) void neuronBench.run(neuron, state);
  } else if (rule) void bench.start(rule, state);
}

/** A name that was never chosen goes with what is written. */
function otherName(mode: State["mode"]): Partial<State> {
  const untouched = modes.some((one) => state.name === `my-${one}`);
  return untouched ? { name: `my-${mode}` } : {};
}

const form = new Form({
  state: () => state,
  mode: (mode) => {
    choose({ mode, ...otherName(mode) });
    enterMode();
  },
  text: (text, change) => {
    choose(change);
    editor.show(text);
    show();
  },
  anew: (change) => {
    choose(change);
    if (rule) tellAudit(rule, state);
    if (bench.state !== "idle" && rule) void bench.start(rule, state);
    show();
  },
  shows: (measure) => {
    choose({ show: measure });
    bench.redraw(measure);
  },
  rate: (rate) => {
    choose({ rate });
    if (rule) void bench.retell(rule, state);
    show();
  },
  neuron: (change) => {
    choose(change);
    show();
    if (neuronRuns && neuron) void neuronBench.run(neuron, state);
  },
});

run.addEventListener("click", () => {
  if (state.mode === "rule" && (bench.state === "running" || bench.state === "paused")) bench.toggle();
  else begin();
});
reset.addEventListener("click", begin);
listenForKeys(page, { k: run, r: reset });
addEventListener("hashchange", () => location.reload());

async function open(): Promise<void> {
  state = { ...state, ...otherName(state.mode) };
  form.showAll();
  enterMode();
  setText(byId("wb-link-said"), faults.join(" "));
  byId("wb-link-said").dataset.tone = "bad";
  try {
    await pageDevice();
  } catch (error) {
    hasGpu = false;
    const help =
      "gpu" in navigator && navigator.gpu
        ? messageOf(error)
        : webgpuHelp(navigator.userAgent, isSecureContext);
    notice.say(
      `Texts are checked, audited and made into files here, but to run them takes WebGPU. ${help}`,
      "bad",
    );
    show();
    return;
  }
  show();
  if (linked) notice.say("This came with a link. Nothing runs until you press Run.");
  else if (!wantsStill()) begin();
}

const ready = open();

expose("workbench", {
  ready,
  bench,
  neuronBench,
  editor,
  get state() {
    return state;
  },
});
