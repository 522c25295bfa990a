/** Connection: a rule of connectivity as the numbers that shaders/spiking/connect.wgsl and scatter.wgsl read. */
import { streamOf } from "../../gpu/random";
import { dealOut } from "./binomial";
import { drawValues } from "./draw";
import type { PopulationSpec, ProjectionSpec } from "./model";
import { nameOf } from "./spec";
import type { ProjectionRow } from "./tables";

/** Names of the two shaders. */
const kinds = {
  allToAll: 0,
  oneToOne: 1,
  probability: 2,
  outDegree: 3,
  rowCounts: 4,
  distance: 5,
  inDegree: 6,
  distinctTotal: 7,
} as const;

type Connection = Pick<
  ProjectionRow,
  "connect" | "chunks" | "autapses" | "repeats" | "degree" | "c0" | "c1" | "c2" | "data" | "postData"
>;

/** As many chunks as a workgroup has lanes at the most, of some dozens of candidates or a few synapses each. */
function chunksFor(span: number, each: number): number {
  return Math.max(1, Math.min(64, Math.ceil(span / each)));
}

/** @param take puts numbers where kernels find them and tells where that is */
export function connectionOf(
  spec: ProjectionSpec,
  pre: PopulationSpec,
  post: PopulationSpec,
  seed: number,
  take: (values: ArrayLike<number>) => number,
): Connection {
  const { connect } = spec;
  const apart = pre.name !== post.name; // no neuron can reach itself then
  const plain: Connection = {
    connect: kinds.allToAll,
    chunks: chunksFor(post.size, 16),
    autapses: apart || ("self" in connect && connect.self) ? 1 : 0,
    repeats: "repeats" in connect && connect.repeats ? 1 : 0,
    degree: 0,
    c0: 0,
    c1: 0,
    c2: 0,
    data: 0,
    postData: 0,
  };
  switch (connect.kind) {
    case "all-to-all":
      return plain;
    case "one-to-one":
      return { ...plain, connect: kinds.oneToOne, chunks: 1 };
    case "fixed-probability": {
      const { probability } = connect;
      if (probability === 1) return plain;
      if (probability === 0) return { ...plain, connect: kinds.outDegree };
      const chunks = chunksFor(post.size * probability, 8);
      return { ...plain, connect: kinds.probability, chunks, c0: 1 / Math.log1p(-probability) };
    }
    case "fixed-out-degree":
      return {
        ...plain,
        connect: kinds.outDegree,
        degree: connect.count,
        chunks: chunksFor(connect.count, 4),
      };
    case "fixed-in-degree":
      return { ...plain, connect: kinds.inDegree, degree: connect.count };
    case "fixed-total": {
      if (!connect.repeats) return { ...plain, connect: kinds.distinctTotal, degree: connect.count };
      const counts = dealOut(connect.count, pre.size, seed, streamOf(`${nameOf(spec)}/rows`));
      const chunks = chunksFor(connect.count / pre.size, 4);
      return { ...plain, connect: kinds.rowCounts, degree: connect.count, data: take(counts), chunks };
    }
    case "distance":
      return {
        ...plain,
        connect: kinds.distance,
        c0: connect.peak,
        c1: connect.width,
        c2: connect.wrap ? 1 : 0,
        data: take(positionsOf(pre, seed)),
        postData: take(positionsOf(post, seed)),
      };
    case "list":
      return plain; // the host writes it out
  }
}

/** Places in the unit square: those given, or drawn for the population. */
export function positionsOf({ positions, size, name }: PopulationSpec, seed: number): ArrayLike<number> {
  return positions ?? drawValues({ uniform: [0, 1] }, 2 * size, seed, `${name}/positions`);
}
