/**
 * Jets and Sharks: two gangs of 27 people, each with an age, an education, a marital state and an occupation. The table of
 * McClelland 1981, as the PDP handbook (McClelland & Rumelhart 1988) has it.
 */

/** What is known of a person, a pool of alternatives each; in the order of the table's columns. */
export const properties = {
  gang: ["Jets", "Sharks"],
  age: ["20s", "30s", "40s"],
  education: ["JH", "HS", "COL"],
  marital: ["single", "married", "divorced"],
  occupation: ["pusher", "burglar", "bookie"],
} as const;

export interface Person {
  readonly name: string;
  /** One of each pool of properties, in their order. */
  readonly properties: readonly string[];
}

const table = `
Art Jets 40s JH single pusher
Al Jets 30s JH married burglar
Sam Jets 20s COL single bookie
Clyde Jets 40s JH single bookie
Mike Jets 30s JH single bookie
Jim Jets 20s JH divorced burglar
Greg Jets 20s HS married pusher
John Jets 20s JH married burglar
Doug Jets 30s HS single bookie
Lance Jets 20s JH married burglar
George Jets 20s JH divorced burglar
Pete Jets 20s HS single bookie
Fred Jets 20s HS single pusher
Gene Jets 20s COL single pusher
Ralph Jets 30s JH single pusher
Phil Sharks 30s COL married pusher
Ike Sharks 30s JH single bookie
Nick Sharks 30s HS single pusher
Don Sharks 30s COL married burglar
Ned Sharks 30s COL married bookie
Karl Sharks 40s HS married bookie
Ken Sharks 20s HS single burglar
Earl Sharks 40s HS married burglar
Rick Sharks 30s HS divorced burglar
Ol Sharks 30s COL married pusher
Neal Sharks 30s HS single bookie
Dave Sharks 30s HS divorced pusher`;

export const people: readonly Person[] = table
  .trim()
  .split("\n")
  .map((line) => {
    const [name = "", ...known] = line.split(" ");
    return { name, properties: known };
  });
