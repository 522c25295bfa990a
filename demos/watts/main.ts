/** Few examples and twenty watts: what `engram compare` measured and estimated, as two pictures. Nothing here needs a GPU. */
import "../../src/view/style/page.css";
import "./style.css";
import { byId, setText } from "../../src/view/dom";
import { expose } from "../../src/view/expose";
import { tables } from "../gap/rows";
import { fewPicture } from "./few";
import { joulesPicture } from "./joules";

const { rows } = tables.mnist!;
const few = byId("watts-few");

new ResizeObserver(() => {
  const width = Math.floor(few.getBoundingClientRect().width);
  if (width > 0) few.replaceChildren(fewPicture(rows, width, 420));
}).observe(few);
byId("watts-joules").replaceChildren(joulesPicture(rows));
setText(
  byId("watts-facts"),
  `Measured by engram compare on ${[...new Set(rows.flatMap((row) => row.adapters))].join("; ")}: bench/results/scoreboard-mnist.md.`,
);
expose("watts", {
  ready: Promise.resolve(),
  told: rows.map(({ name, few: counts, joules }) => ({ name, few: counts.map((one) => one?.mean), joules })),
});
