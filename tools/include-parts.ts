/**
 * Parts of pages: `<!-- include demos/hebb/figure.html -->` in a page stands for that file, so that a figure or the
 * navigation has one home and still is in the page before any script runs. In a part, `%ROOT%` is the way to the front page; a link to the page itself is
 * marked as such.
 */
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Plugin } from "vite";

const include = /^( *)<!-- include (\S+) -->$/gm;

/** @param root the folder that the paths of parts start from */
export function includeParts(root: string): Plugin {
  const fill = (html: string, page: string): string =>
    html.replace(include, (_, indent: string, path: string) => {
      const part = readFileSync(join(root, path), "utf8").trimEnd().replaceAll("%ROOT%", wayHome(page));
      return fill(markOwn(part, page), page).replace(/^(?=.)/gm, indent);
    });
  const wayHome = (page: string) => {
    const way = relative(dirname(page), root);
    return way === "" ? "./" : `${way}/`;
  };
  const markOwn = (part: string, page: string) =>
    part.replaceAll(
      `href="${wayHome(page)}${relative(root, dirname(page))}/"`,
      (link) => `${link} aria-current="page"`,
    );
  return {
    name: "include-parts",
    transformIndexHtml: { order: "pre", handler: (html, { filename }) => fill(html, filename) },
    handleHotUpdate({ file, server }) {
      if (file.endsWith(".html")) server.ws.send({ type: "full-reload" });
    },
  };
}
